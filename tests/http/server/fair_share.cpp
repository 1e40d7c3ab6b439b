#include "http/server/fair_share.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <vector>

using pulse::http::server::fair_share;
using answer = fair_share::answer;

namespace {

std::size_t take_all(fair_share& from, const char* holder) {
  std::size_t taken = 0;
  while (from.take(holder, 1) == answer::granted) ++taken;
  return taken;
}

}  // namespace

TEST_CASE("one holder gets half, and something is left for each that comes later") {
  fair_share share{1200, 0};
  CHECK(take_all(share, "first") == 600);
  CHECK(take_all(share, "second") == 300);
  CHECK(take_all(share, "third") == 150);
  CHECK(share.take("first", 1) == answer::share_used_up);
  share.give_back("first", 600);
  CHECK(share.held() == 450);
  CHECK(share.take("second", 75) == answer::granted);
}

TEST_CASE("a holder gets what is assured while anything is left, and nobody more than there is") {
  fair_share share{100, 10};
  CHECK(take_all(share, "first") == 50);
  for (const auto* holder : {"a", "b", "c", "d"}) take_all(share, holder);
  CHECK(share.held() <= 100);
  CHECK(take_all(share, "e") <= 10);
  CHECK(take_all(share, "") == 0);
  CHECK(share.take("", 1) == answer::used_up);
  CHECK(share.take("f", 1) == answer::used_up);
}

TEST_CASE("a claim grows and shrinks, keeps what it has when it may not grow, and gives all back") {
  fair_share share{100, 0};
  auto one = std::make_unique<fair_share::claim>(share, "one");
  CHECK(one->hold(30) == answer::granted);
  CHECK(one->hold(51) == answer::share_used_up);
  CHECK(one->amount() == 30);
  CHECK(one->hold(10) == answer::granted);
  CHECK(share.held() == 10);
  CHECK(one->hold(0) == answer::granted);
  one->pass_to("two");
  CHECK(one->hold(200) == answer::used_up);
  CHECK(one->hold(5) == answer::granted);
  one.reset();
  CHECK(share.held() == 0);
  CHECK(take_all(share, "one") == 50);
}

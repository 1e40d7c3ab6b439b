#include "http/auth/standings.hpp"

#include <catch2/catch.hpp>

using namespace pulse;
using namespace std::chrono_literals;

namespace {

http::principal principal_of(const std::string& session) {
  return {base::uuid_from_name("tenant"), base::uuid_from_name("member"), base::uuid_from_name(session)};
}
const http::standings::standing live{.role = domain::role::admin, .is_active = true, .is_session_live = true};
const http::standings::time_point now = std::chrono::steady_clock::now();

}  // namespace

TEST_CASE("what is kept of a member is found for some seconds, under that member alone") {
  http::standings known;
  const auto who = principal_of("one");
  known.keep(who, live, known.changes(), now);
  CHECK(known.find(who, now) == live);
  CHECK(known.find(who, now + http::standings::kept_max) == live);
  CHECK_FALSE(known.find(who, now + http::standings::kept_max + 1ms));
  auto other = who;
  other.member_id = base::uuid_from_name("somebody else");
  CHECK_FALSE(known.find(other, now));
  CHECK_FALSE(known.find(principal_of("two"), now));
}

TEST_CASE("a change of a session, a member or a company is heard of at once") {
  for (const auto* what : {"one", "member", "tenant"}) {
    http::standings known;
    known.keep(principal_of("one"), live, known.changes(), now);
    known.keep(principal_of("two"), live, known.changes(), now);
    known.forget(base::uuid_from_name(what));
    CHECK_FALSE(known.find(principal_of("one"), now));
    CHECK(known.find(principal_of("two"), now).has_value() == (std::string{what} == "one"));
  }
}

TEST_CASE("what was read before a change and comes after it is not kept") {
  http::standings known;
  const auto before = known.changes();
  known.forget(base::uuid_from_name("anybody"));
  known.keep(principal_of("one"), live, before, now);
  CHECK_FALSE(known.find(principal_of("one"), now));
}

TEST_CASE("while nobody hears of changes nothing is believed, and nothing of before is when somebody does again") {
  http::standings known;  // asvs: 16.5.3
  known.keep(principal_of("one"), live, known.changes(), now);
  known.set_hearing(false);
  CHECK_FALSE(known.find(principal_of("one"), now));
  known.set_hearing(true);
  CHECK_FALSE(known.find(principal_of("one"), now));
}

TEST_CASE("a crowd of sessions takes no more than its room") {
  http::standings known;
  for (std::size_t i = 0; i < 2 * http::standings::sessions_max; ++i)
    known.keep(principal_of(std::to_string(i)), live, known.changes(), now);
  const auto last = principal_of(std::to_string(2 * http::standings::sessions_max - 1));
  CHECK(known.find(last, now) == live);
}

#include "domain/publishing/publication_change.hpp"

#include <catch2/catch.hpp>

namespace pulse::domain {
namespace {

using namespace std::chrono_literals;

constexpr base::timestamp asked{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29} + 8h};

publication_change some(publication_change_kind kind) {
  return begin_change({.kind = kind, .requested_at = asked, .not_before = asked, .deadline_at = {}}, asked);
}

TEST_CASE("an attempt at a publication has a deadline that is later than its call") {
  const auto begun = some(publication_change_kind::remove);
  CHECK(begun.state == publication_change_state::sending);
  CHECK(begun.attempt == 1);
  CHECK(begun.deadline_at > asked + change_call_timeout);
}

TEST_CASE("what is not there any more is deleted, and cannot be edited") {
  const auto removed = settle_change(some(publication_change_kind::remove), change_answer::missing, {}, asked + 1s);
  CHECK(removed.state == publication_change_state::done);
  const auto edited = settle_change(some(publication_change_kind::edit), change_answer::missing, {}, asked + 1s);
  CHECK(edited.state == publication_change_state::failed);
}

TEST_CASE("a refusal is final, and so is success") {
  for (const auto kind : {publication_change_kind::remove, publication_change_kind::edit}) {
    CHECK(settle_change(some(kind), change_answer::refused, {}, asked).state == publication_change_state::failed);
    CHECK(settle_change(some(kind), change_answer::done, {}, asked).state == publication_change_state::done);
  }
}

TEST_CASE("what is not known is asked again, never before the deadline of the attempt that may still arrive") {
  const auto begun = some(publication_change_kind::edit);
  const auto after = settle_change(begun, change_answer::later, asked + 1s, asked + 1s);
  CHECK(after.state == publication_change_state::waiting);
  CHECK(after.not_before == begun.deadline_at);
  CHECK(after.failures == 0);  // the platform's own word for when is no failure
}

TEST_CASE("attempts come further and further apart, and end") {
  auto change = publication_change{.requested_at = asked, .not_before = asked, .deadline_at = {}};
  auto now = asked;
  auto pause = 0ms;
  int attempts = 0;
  while (change.state != publication_change_state::failed) {
    REQUIRE(++attempts <= most_change_failures);
    change = begin_change(change, now);
    change = settle_change(change, change_answer::later, {}, now);
    if (change.state == publication_change_state::failed) break;
    const auto next = std::chrono::duration_cast<std::chrono::milliseconds>(change.not_before - now);
    CHECK(next >= pause);
    CHECK(next <= longest_change_pause);
    pause = next;
    now = change.not_before;
  }
  CHECK(attempts == most_change_failures);
}

TEST_CASE("a platform that puts it off for ever is asked for three days") {
  auto change = publication_change{.requested_at = asked, .not_before = asked, .deadline_at = {}};
  auto now = asked;
  while (change.state != publication_change_state::failed) {
    change = begin_change(change, now);
    change = settle_change(change, change_answer::later, now + 1h, now);
    now += 1h;
    REQUIRE(now < asked + longest_change + 3h);
  }
  CHECK(now >= asked + longest_change);
}

TEST_CASE(
    "a comment of which nobody knows is in doubt until a look has told, and is made again at once when it is not "
    "there") {
  const auto lost = settle_change(some(publication_change_kind::comment), change_answer::unknown, {}, asked + 1s);
  CHECK(lost.state == publication_change_state::waiting);
  CHECK(lost.is_in_doubt);
  CHECK(lost.not_before >= lost.deadline_at);
  const auto looking = begin_change(lost, lost.not_before);
  CHECK(settle_change(looking, change_answer::later, {}, lost.not_before).is_in_doubt);  // the look itself failed
  const auto absent = settle_change(looking, change_answer::absent, {}, lost.not_before + 1s);
  CHECK(absent.state == publication_change_state::waiting);
  CHECK_FALSE(absent.is_in_doubt);
  CHECK(absent.not_before == lost.not_before + 1s);
  CHECK(settle_change(looking, change_answer::done, {}, asked + 1min).state == publication_change_state::done);
  const auto gone = settle_change(some(publication_change_kind::comment), change_answer::missing, {}, asked + 1s);
  CHECK(gone.state == publication_change_state::failed);  // there is no post to comment on
}

}  // namespace
}  // namespace pulse::domain

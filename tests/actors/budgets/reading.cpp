// Reads at a limiter: posts go first, at the account's budget and at the app's.
#include "domain/budgets/reading.hpp"

#include "tests/actors/budgets/limiter_fixture.hpp"

namespace pulse::actors {
namespace {

struct reading_fixture : limiter_fixture {
  read_permit_answer look(const limiter_actor& whom, const std::string& account = "one") {
    auto answer = std::make_shared<std::optional<read_permit_answer>>();
    system.spawn([whom, account, answer](caf::event_based_actor* self) {
      self->request(whom, 5s, read_permit_request{channel_type::linkedin, base::uuid_from_name(account)})
          .then([answer](const read_permit_answer& said) { *answer = said; });
    });
    settle();
    REQUIRE(answer->has_value());
    return **answer;
  }
  limiter_actor linkedin(domain::budget_rates rates, std::vector<persistence::past_start> starts = {}) {
    return spawn(rates, std::move(starts), channel_type::linkedin);
  }
};

}  // namespace

TEST_CASE_METHOD(reading_fixture, "a read uses the account's budget, but never the part that posts may need") {
  const auto its = linkedin({.account = few(8, 8), .app = few(1'000, 500), .tenant = std::nullopt});
  CHECK(look(its).is_granted);
  CHECK(look(its).is_granted);
  const auto refused = look(its);
  CHECK_FALSE(refused.is_granted);
  CHECK(refused.not_before > clock.now());
  CHECK(refused.words.starts_with("the account's budget of 8 posts in "));
  for (int i = 0; i < 6; ++i) CHECK(ask(its, "one").granted);
  CHECK_FALSE(ask(its, "one").granted);
  CHECK(look(its, "two").is_granted);
}

TEST_CASE_METHOD(reading_fixture, "reads and posts of a previous limiter count") {
  std::vector<persistence::past_start> starts;
  for (int i = 0; i < 2; ++i)
    starts.push_back({channel_type::linkedin, base::uuid_from_name("one"), clock.now() - 1s, true});
  const auto its = linkedin({.account = few(8, 8), .app = few(1'000, 500), .tenant = std::nullopt}, starts);
  CHECK_FALSE(look(its).is_granted);
  CHECK(look(its, "two").is_granted);
}

TEST_CASE_METHOD(reading_fixture, "reads leave three quarters of the app's burst to posts") {
  const auto its = linkedin({.account = few(1'000, 900), .app = few(8, 8), .tenant = std::nullopt});
  CHECK(look(its).is_granted);
  CHECK(look(its, "two").is_granted);
  const auto refused = look(its, "three");
  CHECK_FALSE(refused.is_granted);
  CHECK(refused.words.starts_with("the app's budget of 8 posts in "));
  for (int i = 0; i < 6; ++i) CHECK(ask(its, "one").granted);
  CHECK_FALSE(ask(its, "one").granted);
}

TEST_CASE_METHOD(reading_fixture, "a tenant's own budget counts posts, and reads use none of it") {
  const auto its = linkedin({.account = few(100, 50), .app = few(1'000, 500), .tenant = few(10, 1)});
  for (int i = 0; i < 5; ++i) CHECK(look(its).is_granted);
  CHECK(ask(its, "one").granted);
  CHECK_FALSE(ask(its, "two").granted);
}

TEST_CASE_METHOD(reading_fixture, "a platform's report to a read holds for posts, and vice versa") {
  const auto its = linkedin({.account = few(100, 50), .app = few(1'000, 500), .tenant = std::nullopt});
  CHECK(look(its).is_granted);
  tell(its, budget_seen{base::uuid_from_name("one"), {}, clock.now() + 30s});
  CHECK(look(its).not_before == clock.now() + 30s);
  CHECK_FALSE(ask(its, "one").granted);
  CHECK(look(its, "two").is_granted);
}

TEST_CASE_METHOD(reading_fixture, "a waiting post goes before a read that comes later") {
  const auto its = linkedin({.account = few(60, 4), .app = few(1'000, 500), .tenant = std::nullopt});
  for (int i = 0; i < 4; ++i) REQUIRE(ask(its, "one").granted);
  const auto waits = ask(its, "one");
  REQUIRE_FALSE(waits.granted);
  CHECK(look(its).not_before > waits.not_before);
}

}  // namespace pulse::actors

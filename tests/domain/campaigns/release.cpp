#include "domain/campaigns/release.hpp"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <catch2/catch.hpp>

namespace pulse::domain::campaigns {

namespace {

const auto morning = *base::parse_timestamp("2026-11-22T08:00:00Z");
const auto noon = *base::parse_timestamp("2026-11-22T12:00:00Z");

judgement of(verdict_kind kind) { return {.kind = kind, .at = kind == verdict_kind::move_to ? noon : morning}; }

}  // namespace

TEST_CASE("content goes out when it is approved, or when nothing asks for an approval") {
  const approval_policy none;
  const approval_policy one{.steps = {{.name = "Editors"}}};
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<content_state>>([&](auto each) {
    CAPTURE(each.name);
    const bool is_approved = each.value == content_state::approved;
    CHECK(is_cleared(each.value, true, none) == is_approved);
    CHECK(is_cleared(each.value, false, one) == is_approved);
    CHECK(is_cleared(each.value, false, none) == (is_approved || each.value == content_state::draft));
  });
}

TEST_CASE("what the guardrails allow goes out at its time") {
  const auto made = decide_release(of(verdict_kind::allow), {.at = morning});
  CHECK(made.at == morning);
  CHECK_FALSE(made.is_held);
  CHECK_FALSE(made.is_overridden);
}

TEST_CASE("a caller who accepts another time gets it, and all others are held") {
  const auto taken = decide_release(of(verdict_kind::move_to), {.at = morning, .takes_other_time = true});
  CHECK(taken.at == noon);
  CHECK_FALSE(taken.is_held);
  CHECK(decide_release(of(verdict_kind::move_to), {.at = morning}).is_held);
}

TEST_CASE("an override publishes at the wanted time, and is recorded as one") {
  for (const auto kind : {verdict_kind::move_to, verdict_kind::needs_approval, verdict_kind::block}) {
    const auto made = decide_release(of(kind), {.at = morning, .overrides = true});
    CHECK(made.at == morning);
    CHECK_FALSE(made.is_held);
    CHECK(made.is_overridden);
    CHECK(decide_release(of(kind), {.at = morning}).is_held);
  }
  // Another time that is taken is no override, whatever reason was given.
  const release_wish both{.at = morning, .takes_other_time = true, .overrides = true};
  CHECK_FALSE(decide_release(of(verdict_kind::move_to), both).is_overridden);
}

}  // namespace pulse::domain::campaigns

// Whether an act uses the API or a browser, and the outcome of an act in a browser.
#include "domain/engagement/acting_way.hpp"

#include <vector>

#include <catch2/catch.hpp>

#include "base/describe.hpp"
#include "domain/engagement/browser_act.hpp"

using namespace pulse;
using namespace pulse::domain;
using engagement::act_failure;

TEST_CASE("the API goes first, a browser goes only where operator and member both want it, and else nobody goes") {
  for (int bits = 0; bits < 16; ++bits) {
    const open_ways of{.has_account = (bits & 1) != 0,
                       .has_permission = (bits & 2) != 0,
                       .has_session = (bits & 4) != 0,
                       .is_browser_operated = (bits & 8) != 0};
    const auto way = choose_way(of);
    CAPTURE(bits);
    if (of.has_account && of.has_permission) CHECK(way == act_way::api);
    if (way == act_way::browser) CHECK((of.has_session && of.is_browser_operated));
    if (way == act_way::api) CHECK(of.has_account);
    if (!of.has_account && !(of.has_session && of.is_browser_operated)) CHECK_FALSE(way);
  }
  CHECK(choose_way({.has_account = true, .has_session = true, .is_browser_operated = true}) == act_way::browser);
  CHECK(choose_way({.has_account = true}) == act_way::api);
}

TEST_CASE("an account may act when its scope says so, or nobody has told its scope") {
  CHECK(may_engage(""));
  CHECK(may_engage("openid profile w_member_social"));
  CHECK(may_engage("openid,w_member_social_feed"));
  CHECK_FALSE(may_engage("openid profile email"));
}

TEST_CASE("before the press nothing is unknown; after it only LinkedIn's own no is believed") {
  std::vector<act_failure> believed;
  base::for_each_enumerator<act_failure>([&](std::string_view, act_failure why) {
    CAPTURE(base::to_name(why));
    for (const auto kind : {engagement_kind::like, engagement_kind::comment}) {
      const auto before = engagement::outcome_of(why, kind, false);
      CHECK(before.kind != outcome_kind::unknown);
      CHECK(before.kind != outcome_kind::published);
      CHECK_FALSE(before.reason.empty());
    }
    const auto after = engagement::outcome_of(why, engagement_kind::comment, true);
    if (after.kind != outcome_kind::unknown) believed.push_back(why);
    CHECK(engagement::look_of(why).kind != reconciliation_kind::absent);
    CHECK(engagement::look_of(why).kind != reconciliation_kind::live);
  });
  CHECK(believed == std::vector{act_failure::signed_out, act_failure::gone, act_failure::not_allowed,
                                act_failure::refused, act_failure::rate_limited});
}

TEST_CASE("a session that is of no use is its member's to mend, and a refusal is final") {
  const auto kind_of = [](act_failure why) { return engagement::outcome_of(why, engagement_kind::like, false).kind; };
  CHECK(kind_of(act_failure::signed_out) == outcome_kind::auth_expired);
  CHECK(kind_of(act_failure::asks_person) == outcome_kind::auth_expired);
  CHECK(kind_of(act_failure::gone) == outcome_kind::invalid);
  CHECK(kind_of(act_failure::not_allowed) == outcome_kind::permission);
  CHECK(kind_of(act_failure::other_language) == outcome_kind::permission);
  CHECK(kind_of(act_failure::timed_out) == outcome_kind::transient);
  CHECK(engagement::look_of(act_failure::signed_out).is_unauthorized);
  CHECK(engagement::look_of(act_failure::asks_person).is_unauthorized);
  CHECK(engagement::look_of(act_failure::gone).kind == reconciliation_kind::cannot_know);
}

#include "domain/campaigns/approval.hpp"

#include <catch2/catch.hpp>

namespace pulse::domain::campaigns {

namespace {

const auto morning = *base::parse_timestamp("2026-11-22T08:00:00Z");
const auto anna = base::uuid_from_name("anna");
const auto bert = base::uuid_from_name("bert");
const auto carla = base::uuid_from_name("carla");

approver member(const base::uuid& id, role as = role::member) { return {id, as}; }
approver guest() { return {}; }

approval given(approver by, int step = 0, base::timestamp at = morning) { return {step, by, at}; }

approval_question question(std::vector<approval> approvals, std::vector<base::uuid> authors = {anna}) {
  return {.author_ids = std::move(authors), .submitted_at = morning, .approvals = std::move(approvals)};
}

approval_policy one_step(approval_need needs, approvers who) { return {.steps = {{"Review", needs, std::move(who)}}}; }

}  // namespace

TEST_CASE("without a policy anybody else than the author is enough") {
  const approval_policy none;
  CHECK(waiting_step(none, question({})) == 0);
  CHECK(waiting_step(none, question({given(member(bert))})) == 1);
  CHECK(waiting_step(none, question({given(member(anna))})) == 0);
  CHECK(refusal(none, question({}), member(anna), morning).value().find("somebody else") != std::string::npos);
  CHECK_FALSE(refusal(none, question({}), member(bert), morning));
  CHECK(refusal(none, question({}), member(bert, role::analyst), morning));
}

TEST_CASE("one of: any of the named is enough, and nobody else") {
  const auto policy = one_step(approval_need::one_of, {.roles = {role::admin}, .member_ids = {bert}});
  CHECK(waiting_step(policy, question({given(member(bert))})) == 1);
  CHECK(waiting_step(policy, question({given(member(carla, role::admin))})) == 1);
  CHECK(waiting_step(policy, question({given(member(carla))})) == 0);
  CHECK(refusal(policy, question({}), member(carla), morning));
  CHECK(refusal(policy, question({}), guest(), morning));
}

TEST_CASE("all of: every member that is named, and one of each role") {
  const auto policy = one_step(approval_need::all_of, {.roles = {role::admin}, .member_ids = {anna, bert}});
  CHECK(waiting_step(policy, question({given(member(anna)), given(member(bert))})) == 0);
  CHECK(waiting_step(policy, question({given(member(anna)), given(member(bert)), given(member(carla, role::admin))})) ==
        1);
}

TEST_CASE("the author may be one of all, and never the only one unless the policy says so") {
  auto policy = one_step(approval_need::all_of, {.member_ids = {anna}});
  CHECK_FALSE(refusal(policy, question({}), member(anna), morning));
  CHECK(waiting_step(policy, question({given(member(anna))})) == 0);
  policy.author_is_enough = true;
  CHECK(waiting_step(policy, question({given(member(anna))})) == 1);
  auto one_of = one_step(approval_need::one_of, {.member_ids = {anna}});
  CHECK(refusal(one_of, question({}), member(anna), morning));
  one_of.author_is_enough = true;
  CHECK_FALSE(refusal(one_of, question({}), member(anna), morning));
  CHECK(waiting_step(one_of, question({given(member(anna))})) == 1);
}

TEST_CASE("steps are taken in their order: first editors, then the client by a link") {
  const approval_policy policy{.steps = {{"Editors", approval_need::one_of, {.roles = {role::team_leader}}},
                                         {"Client", approval_need::one_of, {.by_link = true}}}};
  CHECK(refusal(policy, question({}), guest(), morning).value().find("Editors") != std::string::npos);
  const auto by_editor = question({given(member(bert, role::team_leader))});
  CHECK(waiting_step(policy, by_editor) == 1);
  CHECK_FALSE(refusal(policy, by_editor, guest(), morning));
  CHECK(refusal(policy, by_editor, member(bert, role::team_leader), morning));
  CHECK(waiting_step(policy, question({given(member(bert, role::team_leader)), given(guest(), 1)})) == 2);
  // What was approved for a later step does not count for an earlier one.
  CHECK(waiting_step(policy, question({given(guest(), 1)})) == 0);
}

TEST_CASE("after a time others may approve instead") {
  auto policy = one_step(approval_need::all_of, {.member_ids = {bert, carla}});
  policy.escalate_after_hours = 24;
  policy.escalate_to = {.roles = {role::owner}};
  const auto boss = member(base::uuid_from_name("boss"), role::owner);
  const auto later = morning + std::chrono::hours{24};
  CHECK(refusal(policy, question({}), boss, later - std::chrono::seconds{1}));
  CHECK_FALSE(refusal(policy, question({}), boss, later));
  CHECK(waiting_step(policy, question({given(boss, 0, later)})) == 1);
  CHECK(waiting_step(policy, question({given(boss, 0, morning)})) == 0);
}

TEST_CASE("an impossible policy is refused by name") {
  CHECK_FALSE(check(approval_policy{}));
  CHECK(check(one_step(approval_need::one_of, {}))->pointer == "/steps/0/approvers");
  CHECK(check({.steps = {{"", approval_need::one_of, {.by_link = true}}}})->pointer == "/steps/0/name");
  CHECK(check({.steps = std::vector<approval_step>(6, {"A", approval_need::one_of, {.by_link = true}})})->pointer ==
        "/steps");
  CHECK(check({.remind_after_hours = 0})->pointer == "/remind_after_hours");
  CHECK(check({.escalate_after_hours = 2})->pointer == "/escalate_to");
}

TEST_CASE("a reminder is for those who may decide and have not; an escalation for those who may because of it") {
  auto policy = one_step(approval_need::all_of, {.roles = {role::team_leader}, .member_ids = {bert}});
  policy.remind_after_hours = 1;
  policy.escalate_after_hours = 2;
  policy.escalate_to.roles = {role::admin};
  const auto later = morning + std::chrono::hours{3};
  const auto told = [&](const approver& who, approval_notice what) {
    return is_told(policy, question({given(member(bert))}), who, what, later);
  };
  CHECK(told(member(carla, role::team_leader), approval_notice::reminder));
  CHECK_FALSE(told(member(bert), approval_notice::reminder));  // has approved
  CHECK_FALSE(told(member(carla), approval_notice::reminder));
  CHECK_FALSE(told(guest(), approval_notice::reminder));
  CHECK(told(member(carla, role::admin), approval_notice::escalation));
  CHECK_FALSE(told(member(carla, role::team_leader), approval_notice::escalation));
  CHECK(hours_until(policy, approval_notice::escalation) == 2);
  CHECK_FALSE(hours_until(approval_policy{}, approval_notice::reminder));
}

}  // namespace pulse::domain::campaigns

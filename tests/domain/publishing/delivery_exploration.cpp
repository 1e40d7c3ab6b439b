// Every interleaving of a delivery's life, within bounds: crashes at every step, lost replies, silent databases,
// takeovers and commands, played against the real domain::decide.
#include <cstdlib>
#include <iostream>
#include <limits>
#include <sstream>

#include "base/describe.hpp"
#include "tests/domain/publishing/delivery_world.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::domain::model {

BOOST_DESCRIBE_ENUM(mistake, none, no_fence, old_rows, any_claim_again, late_claim_calls, early_reconciliation,
                    no_lease_check, retry_when_unknown, intent_after_call, miss_overwrites, wait_is_lost, retry_adopts)

namespace {

using namespace std::chrono_literals;

/// Small figures, so that few moments are different: a call of 2 s, a deadline 2 s after it, two attempts.
rules_of_world small_rules(mistake made = mistake::none) {
  rules_of_world by;
  by.retry = {.max_attempts = 2, .strategy = backoff_strategy::linear, .retry_delay_seconds = 1};
  by.rules.call_timeout = 2s;
  by.rules.deadline_margin = 2s;
  by.rules.interruptions = 2;
  by.made = made;
  return by;
}

/// What the platform refused is tried again, and a crash is the end of it: together with the next, smaller than both in
/// one.
rules_of_world retries_only(rules_of_world by = small_rules()) {
  by.rules.interruptions = 1;
  return by;
}

/// What a crash broke off is sent again, and a refusal is the end of it.
rules_of_world interruptions_only(rules_of_world by = small_rules()) {
  by.retry.max_attempts = 1;
  return by;
}

constexpr std::size_t most_states = 6'000'000;

support::findings explore(const budgets& allowed, const rules_of_world& by, std::size_t most = most_states) {
  support::world_to_explore<world> what;
  what.next = [&by](const world& from, std::string& broken) { return next_steps(from, by, broken); };
  what.key = key_of;
  what.is_end = [](const world& at) { return is_settled(at.stored.state); };
  return support::exploration<world>{{beginning(allowed)}, what}.explore(most);
}

void check_sound(const std::string& name, const budgets& allowed, const rules_of_world& by,
                 std::size_t most = most_states) {
  const auto found = explore(allowed, by, most);
  std::cout << "domain/publishing/delivery explored, " << name << ": " << found.states << " states, " << found.steps
            << " steps\n";
  INFO(name);
  INFO(found.stuck_story);
  CHECK_FALSE(found.is_too_large);
  CHECK(found.broken == "");
  CHECK(found.stuck == 0);
  CHECK(found.states > 1'000);
}

}  // namespace

TEST_CASE("no interleaving publishes twice, loses a delivery or leaves one stuck: a crash at every step") {
  budgets allowed;
  allowed.crashes = 1;
  check_sound("a crash, and refusals are tried again", allowed, retries_only());
  check_sound("a crash, and what it broke off is sent again", allowed, interruptions_only());
}

TEST_CASE("no interleaving publishes twice, loses a delivery or leaves one stuck: a silent database") {
  budgets allowed;
  allowed.silences = 1;
  check_sound("a silence of the database", allowed, retries_only());
}

TEST_CASE("no interleaving publishes twice, loses a delivery or leaves one stuck: a takeover") {
  budgets allowed;
  allowed.takeovers = 1;
  check_sound("a takeover, and refusals are tried again", allowed, retries_only());
  check_sound("a takeover, and what it broke off is sent again", allowed, interruptions_only());
}

TEST_CASE("no interleaving publishes twice, loses a delivery or leaves one stuck: refusals, looks and commands") {
  budgets allowed;
  allowed.refusals = allowed.held = allowed.looks = allowed.commands = 1;
  check_sound("refusals and commands", allowed, retries_only());
  auto late = retries_only();
  late.lateness = {.action = lateness_action::skip, .after = 2s};
  check_sound("refusals and commands, too late is missed", allowed, late);
}

TEST_CASE("a deeper exploration, with what may happen given in PULSE_EXPLORE", "[.]") {
  // For example PULSE_EXPLORE="2 1 1 1 1 1 1": crashes, takeovers, silences, refusals, held permits, looks, commands.
  const char* given = std::getenv("PULSE_EXPLORE");
  REQUIRE(given != nullptr);
  budgets allowed;
  std::istringstream figures{given};
  figures >> allowed.crashes >> allowed.takeovers >> allowed.silences >> allowed.refusals >> allowed.held >>
      allowed.looks >> allowed.commands;
  REQUIRE(figures);
  check_sound(given, allowed, small_rules(), std::numeric_limits<std::uint32_t>::max());
}

TEST_CASE("the exploration finds every mistake that is made on purpose") {
  const auto each =
      GENERATE(mistake::no_fence, mistake::old_rows, mistake::any_claim_again, mistake::late_claim_calls,
               mistake::early_reconciliation, mistake::no_lease_check, mistake::retry_when_unknown,
               mistake::intent_after_call, mistake::miss_overwrites, mistake::wait_is_lost, mistake::retry_adopts);
  auto by = small_rules(each);
  budgets allowed;
  allowed.crashes = 1;
  if (each == mistake::no_lease_check) {
    allowed = {};
    allowed.takeovers = 1;
  }
  if (each == mistake::wait_is_lost) allowed.refusals = 1;
  if (each == mistake::miss_overwrites) {
    by.lateness = {.action = lateness_action::skip, .after = 2s};
    allowed = {};
    allowed.commands = 1;
  }
  const auto found = explore(allowed, by);
  INFO(base::to_name(each));
  CHECK((!found.broken.empty() || found.stuck > 0 || found.is_cut_short));
}

}  // namespace pulse::domain::model

// Every interleaving of a tenant's ownership, within bounds: rival nodes, renewals, restarts, zombies, waiting
// transactions, COMMITs in doubt and different clocks, played with the program's own decisions.
#include <cstdlib>
#include <iostream>
#include <limits>
#include <sstream>

#include "base/describe.hpp"
#include "tests/domain/engine/takeover_world.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::domain::takeover {

BOOST_DESCRIBE_ENUM(mistake, none, no_margin, counted_from_answer, renewal_revives, take_without_burial, fence_stays,
                    claim_without_owner, record_without_owner, record_without_attempt, no_lease_check,
                    early_reconciliation, starts_anew, same_node_id, buries_the_stopped, doubt_is_done,
                    takes_before_entering, old_calls_leave, hands_over_any_fence, hands_over_and_keeps)

namespace {

using namespace std::chrono_literals;

/// Small figures, so that few moments are different: a lease of 2 s that is believed in for 1, a call of 1 s, a
/// deadline 2 s after it.
rules_of_world small_rules(mistake made = mistake::none) {
  rules_of_world by;
  by.retry = {.max_attempts = 2, .strategy = backoff_strategy::linear, .retry_delay_seconds = 1};
  by.delivery.call_timeout = 1s;
  by.delivery.deadline_margin = 2s;
  by.delivery.interruptions = 2;
  by.lease = {.length = 2s, .margin = 1s};
  by.made = made;
  return by;
}

/// What the platform refused, or did not answer, is tried again, and a crash is the end of it: together with the next,
/// smaller than both in one.
rules_of_world retries_only(rules_of_world by = small_rules()) {
  by.delivery.interruptions = 1;
  return by;
}

/// What a crash or a lost lease broke off is sent again, and a refusal is the end of it.
rules_of_world interruptions_only(rules_of_world by = small_rules()) {
  by.retry.max_attempts = 1;
  return by;
}

support::findings explore(std::vector<world> beginnings, const rules_of_world& by, std::size_t most) {
  support::world_to_explore<world> what;
  what.next = [&by](const world& from, std::string& broken) { return next_steps(from, by, broken); };
  what.key = [&by](const world& of) { return key_of(of, by); };
  what.is_end = [&by](const world& at) { return is_end(at, by); };
  return support::exploration<world>{std::move(beginnings), what}.explore(most);
}

constexpr std::size_t most_states = 6'000'000;

/// What a world of two nodes with one thing after the other comes to.
struct small_world {
  std::string name;
  budgets left{};
  int nodes = 2;
  int gap = 0;  // by which the first node's calendar is ahead of the others'
  rules_of_world by = interruptions_only();
};

/// Bytes arrive within what the margin of the deadline leaves when the clocks are apart.
std::vector<world> beginnings_of(small_world& of) {
  of.by.travel = of.gap > 0 ? 0 : 1;
  return {beginning(of.nodes, of.left, {static_cast<std::int8_t>(of.gap), 0, 0})};
}

void check_sound(small_world of, std::size_t most = most_states) {
  const auto found = explore(beginnings_of(of), of.by, most);
  std::cout << "takeovers explored, " << of.name << ": " << found.states << " states, " << found.steps << " steps\n";
  INFO(of.name);
  INFO(found.stuck_story);
  CHECK_FALSE(found.is_too_large);
  CHECK(found.broken == "");
  CHECK(found.stuck == 0);
  CHECK(found.states > 1'000);
}

/// The smallest world in which a mistake shows.
small_world world_of(mistake made) {
  small_world of{.name = std::string{base::to_name(made)}, .by = small_rules(made)};
  switch (made) {
    case mistake::none:
    case mistake::same_node_id:
    case mistake::buries_the_stopped:
    case mistake::renewal_revives:
    case mistake::take_without_burial:
    case mistake::claim_without_owner:
    case mistake::record_without_owner:
    case mistake::record_without_attempt:
    case mistake::no_lease_check: break;
    case mistake::no_margin: of.gap = 1; break;
    case mistake::counted_from_answer:
    case mistake::fence_stays: of.left.slow = 1; break;
    case mistake::early_reconciliation:
    case mistake::starts_anew: of.nodes = 1, of.left.crashes = 1; break;
    case mistake::doubt_is_done: of.nodes = 1, of.left.silences = 1; break;
    case mistake::takes_before_entering: of.left.notices = 1; break;
    case mistake::old_calls_leave: of.by.delivery.call_timeout = 3s; break;
    case mistake::hands_over_any_fence: of.left.gifts = of.left.slow = 1; break;
    case mistake::hands_over_and_keeps: of.left.gifts = 1; break;
  }
  return of;
}

}  // namespace

TEST_CASE("no interleaving of takeovers publishes twice, lets a zombie act or leaves a delivery stuck") {
  check_sound({.name = "two nodes, a crash", .left = {.crashes = 1}});
  check_sound({.name = "two nodes, one stops for ever", .left = {.stops = 1}});
  check_sound(
      {.name = "two nodes, lost and refused calls", .left = {.lost_calls = 1, .refusals = 1}, .by = retries_only()});
  check_sound({.name = "two nodes, one is told of the tenant", .left = {.notices = 1}});
  check_sound({.name = "two nodes, clocks apart", .gap = 1});
  check_sound({.name = "three nodes", .nodes = 3, .by = [] {
                 auto by = interruptions_only();
                 by.most_takings = 2;
                 return by;
               }()});
}

TEST_CASE("no interleaving of takeovers publishes twice: a tenant that is handed over") {
  check_sound({.name = "two nodes, handed over once", .left = {.gifts = 1}});
  auto two = interruptions_only();
  two.most_takings = 2;
  check_sound({.name = "two nodes, handed over while a transaction takes its time",
               .left = {.slow = 1, .gifts = 1},
               .by = two});
  check_sound({.name = "two nodes, handed over, a crash", .left = {.crashes = 1, .gifts = 1}, .by = two});
}

TEST_CASE("no interleaving of takeovers publishes twice: locks that are met, answers that are lost, COMMITs in doubt") {
  auto one = interruptions_only();
  one.most_takings = 1;
  check_sound({.name = "two nodes, a transaction that takes its time", .left = {.slow = 1}, .by = one});
  check_sound({.name = "one node, a crash and a transaction that takes its time",
               .left = {.crashes = 1, .slow = 1},
               .nodes = 1});
  auto two = interruptions_only();
  two.most_takings = 2;
  check_sound({.name = "two nodes, a silence of the database", .left = {.silences = 1}, .by = two});
}

TEST_CASE(
    "no interleaving of takeovers publishes twice: calls that outlast the lease, and platforms that cannot be looked "
    "up") {
  auto by = interruptions_only();
  by.delivery.call_timeout = 3s;
  check_sound({.name = "two nodes, calls that outlast the lease", .by = by});
  by.most_takings = 2;
  check_sound({.name = "two nodes, calls that outlast the lease, clocks apart", .gap = 1, .by = by});
  auto blind = interruptions_only();
  blind.cannot_look = true;
  check_sound({.name = "one node, a crash, no looks", .left = {.crashes = 1}, .nodes = 1, .by = blind});
}

TEST_CASE("a deeper exploration of a tenant's ownership, with the possible events in PULSE_EXPLORE", "[.]") {
  // For example PULSE_EXPLORE="2 1 1 0 1 0 0 0 0 3 1": nodes, clock gap, crashes, stops, slow transactions, silences,
  // lost calls, notices, refusals, takings, handings-over.
  const char* given = std::getenv("PULSE_EXPLORE");
  REQUIRE(given != nullptr);
  small_world of{.name = given};
  std::array<int, 11> all{};
  std::istringstream figures{given};
  for (auto& each : all) figures >> each;
  REQUIRE(figures);
  of.nodes = all[0], of.gap = all[1];
  std::int8_t* const left[]{&of.left.crashes,    &of.left.stops,   &of.left.slow,    &of.left.silences,
                            &of.left.lost_calls, &of.left.notices, &of.left.refusals};
  for (std::size_t i = 0; i < std::size(left); ++i) *left[i] = static_cast<std::int8_t>(all.at(i + 2));
  of.by.most_takings = all[9];
  of.left.gifts = static_cast<std::int8_t>(all[10]);
  check_sound(of, std::numeric_limits<std::uint32_t>::max());
}

TEST_CASE("the exploration of takeovers finds every mistake that is made on purpose") {
  const auto each = GENERATE(mistake::no_margin, mistake::counted_from_answer, mistake::renewal_revives,
                             mistake::take_without_burial, mistake::fence_stays, mistake::claim_without_owner,
                             mistake::record_without_owner, mistake::record_without_attempt, mistake::no_lease_check,
                             mistake::early_reconciliation, mistake::starts_anew, mistake::same_node_id,
                             mistake::buries_the_stopped, mistake::doubt_is_done, mistake::takes_before_entering,
                             mistake::old_calls_leave, mistake::hands_over_any_fence, mistake::hands_over_and_keeps);
  auto of = world_of(each);
  auto begin = beginnings_of(of);
  // It starts on the machine of the first, which is stopped, and not gone.
  if (each == mistake::same_node_id) begin[0].processes[1].id = 0;
  if (each == mistake::buries_the_stopped) begin[0].processes[1].dead = 1 << 0;
  const auto found = explore(begin, of.by, most_states);
  INFO(of.name);
  CHECK((!found.broken.empty() || found.stuck > 0 || found.is_cut_short));
}

TEST_CASE("no protocol can prevent a double post from bytes that arrive after the attempt's deadline") {
  small_world of{.name = "late bytes"};
  auto begin = beginnings_of(of);
  of.by.travel = 3;
  const auto found = explore(begin, of.by, most_states);
  CHECK((found.broken.starts_with("published twice") || found.is_cut_short));
}

}  // namespace pulse::domain::takeover

// Every interleaving of a delivery's life, within bounds: crashes at every step, lost replies, silent databases, takeovers and
// commands, played against the real domain::decide.
#include <cstdlib>
#include <deque>
#include <iostream>
#include <limits>
#include <sstream>
#include <unordered_map>

#include "base/describe.hpp"
#include "tests/domain/delivery_world.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::domain::model {

BOOST_DESCRIBE_ENUM(mistake, none, no_fence, old_rows, any_claim_again, late_claim_calls, early_look, no_lease_check,
                    retry_when_unknown, intent_after_call, miss_overwrites, retry_adopts)

namespace {

using namespace std::chrono_literals;

/// Breadth first, so that what it finds has the shortest story.
class exploration {
 public:
  struct findings {
    std::size_t states = 0;
    std::size_t steps = 0;
    std::string broken;     // and the story that leads to it
    std::size_t stuck = 0;  // states from which no undisturbed way leads to an end
    std::string stuck_story;
  };

  exploration(const budgets& allowed, const rules_of_world& by) : by_(by) { reach(beginning(allowed), 0, "it begins"); }

  findings explore(std::size_t most) {
    findings found;
    for (std::size_t at = 0; !open_.empty() && found.broken.empty(); ++at) {
      if (index_.size() > most) FAIL("the world is larger than it may be: " << index_.size() << " states");
      const auto here = std::move(open_.front());
      open_.pop_front();
      is_end_.push_back(is_settled(here.stored.state));
      std::string broken;
      auto steps = next_steps(here, by_, broken);
      if (!broken.empty()) found.broken = broken + story_of(at);
      for (auto& each : steps) {
        const auto to = reach(std::move(each.after), at, std::move(each.what));
        if (each.is_progress && to != at)
          ways_.emplace_back(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(to));
        ++found.steps;
      }
    }
    found.states = index_.size();
    if (found.broken.empty()) find_stuck(found);
    return found;
  }

 private:
  std::size_t reach(world to, std::size_t from, std::string what) {
    const auto [known, is_new] = index_.try_emplace(key_of(to), index_.size());
    if (is_new) {
      open_.push_back(std::move(to));
      stories_.emplace_back(static_cast<std::uint32_t>(from), std::move(what));
    }
    return known->second;
  }

  std::string story_of(std::size_t at) const {
    std::vector<std::string> lines;
    for (; at != 0; at = stories_[at].first) lines.push_back(stories_[at].second);
    std::string text;
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) text += "\n  " + *line;
    return text;
  }

  /// Backwards from the ends over the steps that nobody has to hope for.
  void find_stuck(findings& found) const {
    std::vector<std::vector<std::uint32_t>> back(index_.size());
    for (const auto& [from, to] : ways_) back[to].push_back(from);
    std::vector<bool> leads(index_.size());
    std::vector<std::uint32_t> open;
    for (std::uint32_t at = 0; at < index_.size(); ++at) {
      if (!is_end_[at]) continue;
      leads[at] = true;
      open.push_back(at);
    }
    while (!open.empty()) {
      const auto at = open.back();
      open.pop_back();
      for (const auto from : back[at]) {
        if (leads[from]) continue;
        leads[from] = true;
        open.push_back(from);
      }
    }
    for (std::size_t at = 0; at < index_.size(); ++at) {
      if (leads[at]) continue;
      if (found.stuck++ == 0) found.stuck_story = story_of(at);
    }
  }

  rules_of_world by_;
  std::unordered_map<std::string, std::size_t> index_;
  std::deque<world> open_;  // reached, and not looked at yet
  std::vector<std::pair<std::uint32_t, std::string>> stories_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ways_;
  std::vector<bool> is_end_;
};

/// Small figures, so that few moments are different: a call of 2 s, a deadline 2 s after it, three attempts.
rules_of_world small_rules(mistake made = mistake::none) {
  rules_of_world by;
  by.retry = {.max_attempts = 2, .strategy = backoff_strategy::linear, .retry_delay_seconds = 1};
  by.rules.call_timeout = 2s;
  by.rules.deadline_margin = 2s;
  by.made = made;
  return by;
}

constexpr std::size_t most_states = 6'000'000;

exploration::findings explore(const budgets& allowed, const rules_of_world& by, std::size_t most = most_states) {
  return exploration{allowed, by}.explore(most);
}

void check_sound(const std::string& name, const budgets& allowed, const rules_of_world& by,
                 std::size_t most = most_states) {
  const auto found = explore(allowed, by, most);
  std::cout << "domain/delivery explored, " << name << ": " << found.states << " states, " << found.steps << " steps\n";
  INFO(name);
  INFO(found.stuck_story);
  CHECK(found.broken == "");
  CHECK(found.stuck == 0);
  CHECK(found.states > 1'000);
}

}  // namespace

TEST_CASE("no interleaving publishes twice, loses a delivery or leaves one stuck: a crash at every step") {
  budgets allowed;
  allowed.crashes = 1;
  check_sound("a crash", allowed, small_rules());
}

TEST_CASE("no interleaving publishes twice, loses a delivery or leaves one stuck: a silent database") {
  budgets allowed;
  allowed.silences = 1;
  check_sound("a silence of the database", allowed, small_rules());
}

TEST_CASE("no interleaving publishes twice, loses a delivery or leaves one stuck: a takeover") {
  budgets allowed;
  allowed.takeovers = 1;
  check_sound("a takeover", allowed, small_rules());
}

TEST_CASE("no interleaving publishes twice, loses a delivery or leaves one stuck: refusals, looks and commands") {
  budgets allowed;
  allowed.refusals = allowed.held = allowed.looks = allowed.commands = 1;
  check_sound("refusals and commands", allowed, small_rules());
  auto late = small_rules();
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
  const auto each = GENERATE(mistake::no_fence, mistake::old_rows, mistake::any_claim_again, mistake::late_claim_calls,
                             mistake::early_look, mistake::no_lease_check, mistake::retry_when_unknown,
                             mistake::intent_after_call, mistake::miss_overwrites, mistake::retry_adopts);
  auto by = small_rules(each);
  budgets allowed;
  allowed.crashes = 1;
  if (each == mistake::no_lease_check) {
    allowed = {};
    allowed.takeovers = 1;
  }
  if (each == mistake::miss_overwrites) {
    by.lateness = {.action = lateness_action::skip, .after = 2s};
    allowed = {};
    allowed.commands = 1;
  }
  const auto found = explore(allowed, by);
  INFO(base::to_name(each));
  CHECK((!found.broken.empty() || found.stuck > 0));
}

}  // namespace pulse::domain::model

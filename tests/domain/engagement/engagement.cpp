// The life of an engagement: its paths by name, and a world that loses answers, processes and bytes at random.
#include <deque>

#include <catch2/catch.hpp>

#include "domain/engagement/engagement.hpp"
#include "tests/support/random_case.hpp"

using namespace pulse;
using namespace pulse::domain;
using namespace std::chrono_literals;
using base::timestamp;
namespace event = engagement_event;
namespace effects = engagement_effect;

namespace {

const timestamp noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 30} + 12h};
const engagement_rules rules{};

engagement_act queued_at(timestamp at) {
  engagement_act made;
  made.state = engagement_state::queued;
  made.not_before = at;
  made.expires_at = at + 24h;
  return made;
}

template <class Effect>
const Effect* effect_of(const engagement_decision& made) {
  for (const auto& each : made.effects) {
    if (const auto* found = std::get_if<Effect>(&each)) return found;
  }
  return nullptr;
}

engagement_act sent(timestamp at) {
  auto now = decide(queued_at(at), event::due{}, at, rules).next;
  return decide(now, event::claimed{}, at, rules).next;
}

engagement_act after_answer(outcome result) {
  return decide(sent(noon), event::answered{std::move(result)}, noon + 1s, rules).next;
}

/// LinkedIn and the process, at random: requests arrive or do not, answers are lost, processes die with all that is not
/// committed.
class world {
 public:
  explicit world(support::random_source& random) : random_(random), row_(queued_at(noon)), memory_(row_) {}

  /// How many acts LinkedIn has at the end; the engagement's state beside it.
  std::pair<int, engagement_state> play() {
    feed(event::due{});
    for (int i = 0; i < 400 && !is_settled(row_.state) && !row_.is_asked; ++i) {
      if (random_.between(0, 9) == 0) restart();
      if (events_.empty()) {
        now_ = std::max(now_ + 1ms, wake_.value_or(now_ + 10s));
        wake_.reset();
        wakes();
        continue;
      }
      auto next = events_.front();
      events_.pop_front();
      now_ += std::chrono::milliseconds{random_.between(0, 700)};
      deliver(next);
    }
    arrive_all();
    return {at_platform_, row_.state};
  }

  int sends = 0;

 private:
  void wakes() {
    if (memory_.state == engagement_state::sending || memory_.state == engagement_state::unknown)
      feed(event::adopted{});
    feed(event::due{});
  }
  void feed(engagement_input input) { events_.push_back(std::move(input)); }

  void restart() {
    events_.clear();
    memory_ = row_;
    memory_.step = engagement_step::resting;
    memory_.looks = 0;
    memory_.is_interrupted = false;
    wake_.reset();
    now_ += std::chrono::milliseconds{random_.between(0, 20'000)};
    wakes();
  }

  void deliver(const engagement_input& input) {
    auto made = decide(memory_, input, now_, rules);
    memory_ = made.next;
    for (const auto& each : made.effects) std::visit([&](const auto& effect) { perform(effect); }, each);
  }

  void perform(const effects::commit_intent&) {
    const bool fits = (row_.state == engagement_state::queued && row_.attempt == memory_.attempt - 1) ||
                      (row_.state == engagement_state::sending && row_.attempt == memory_.attempt);
    if (!fits) return feed(event::not_claimed{});
    const int luck = random_.between(0, 9);
    if (luck == 0) return feed(event::claim_failed{});
    if (luck == 1) return feed(event::held{now_ + 30s});
    row_ = memory_;
    row_.state = engagement_state::sending;
    row_.way = random_.between(0, 1) == 0 ? act_way::api : act_way::browser;
    row_.deadline_at = deadline_of(row_.way, row_.started_at, rules);
    if (luck == 2) return feed(event::claim_failed{});
    feed(event::claimed{row_.way});
  }

  void perform(const effects::call& what) {
    REQUIRE(row_.state == engagement_state::sending);
    REQUIRE(now_ + what.timeout <= row_.deadline_at);
    REQUIRE(now_ < row_.expires_at);
    ++sends;
    switch (random_.between(0, 5)) {
      case 0: return feed(event::answered{{.kind = outcome_kind::transient, .reason = "no"}});
      case 1: return feed(event::answered{{.kind = outcome_kind::rate_limited, .reason = "slow"}});
      case 2:
        underway_.push_back(now_ + what.timeout);  // arrives late, answered by nobody
        return feed(event::answered{{.kind = outcome_kind::unknown}});
      case 3: return feed(event::answered{{.kind = outcome_kind::unknown}});
      default:
        ++at_platform_;
        if (random_.between(0, 2) == 0) return feed(event::answered{{.kind = outcome_kind::unknown}});
        return feed(event::answered{{.kind = outcome_kind::published, .external_id = "1"}});
    }
  }

  void perform(const effects::look&) {
    arrive_all();
    if (random_.between(0, 4) == 0) return feed(event::looked{{.kind = reconciliation_kind::try_again}});
    if (at_platform_ > 0) return feed(event::looked{{.kind = reconciliation_kind::live, .external_id = "1"}});
    feed(event::looked{{.kind = reconciliation_kind::absent}});
  }

  void perform(const effects::wake& what) { wake_ = what.at; }
  void perform(const effects::forget&) { memory_ = row_; }

  void perform(const effects::commit_change&) {
    if (row_.attempt != memory_.attempt) return feed(event::not_recorded{});
    row_ = memory_;
    feed(event::recorded{});
  }

  void arrive_all() {
    for (auto it = underway_.begin(); it != underway_.end();) {
      if (*it <= now_) {
        ++at_platform_;
        it = underway_.erase(it);
      } else {
        ++it;
      }
    }
  }

  support::random_source& random_;
  timestamp now_ = noon;
  engagement_act row_;
  engagement_act memory_;
  std::deque<engagement_input> events_;
  std::optional<timestamp> wake_;
  std::vector<timestamp> underway_;
  int at_platform_ = 0;
};

}  // namespace

TEST_CASE("whatever is lost, an act is at LinkedIn at most once, and what is completed is there") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  int completed = 0;
  for (int i = 0; i < 20'000; ++i) {
    world one{random};
    const auto [there, state] = one.play();
    REQUIRE(there <= 1);
    if (state == engagement_state::completed) REQUIRE(there == 1);
    if (state == engagement_state::failed || state == engagement_state::expired) REQUIRE(there == 0);
    completed += state == engagement_state::completed ? 1 : 0;
  }
  CHECK(completed > 10'000);
}

TEST_CASE("a look for an act that began before the deadline is not believed when its answer comes after it") {
  auto lost = sent(noon);
  lost.step = engagement_step::resting;  // after a restart
  const auto deadline = lost.deadline_at;
  const auto early = decide(lost, event::adopted{}, deadline - 1s, rules);
  REQUIRE(effect_of<effects::look>(early) != nullptr);
  const event::looked absent{{.kind = reconciliation_kind::absent}};
  const auto answered = decide(early.next, absent, deadline + 1s, rules);
  CHECK(effect_of<effects::commit_change>(answered) == nullptr);
  REQUIRE(effect_of<effects::wake>(answered) != nullptr);
  CHECK(effect_of<effects::wake>(answered)->at == deadline + 1s);
  const auto late = decide(answered.next, event::adopted{}, deadline + 1s, rules);
  REQUIRE(effect_of<effects::look>(late) != nullptr);
  CHECK(decide(late.next, absent, deadline + 2s, rules).next.state == engagement_state::queued);
}

TEST_CASE("nothing begins before it is confirmed, before its time, or when it is too late") {
  auto one = queued_at(noon);
  CHECK(effect_of<effects::wake>(decide(one, event::due{}, noon - 1s, rules))->at == noon);
  CHECK(effect_of<effects::commit_intent>(decide(one, event::due{}, noon, rules)) != nullptr);
  one.state = engagement_state::waiting_confirmation;
  const auto waits = decide(one, event::due{}, noon, rules);
  CHECK(effect_of<effects::commit_intent>(waits) == nullptr);
  CHECK(effect_of<effects::wake>(waits)->at == one.expires_at);
  for (const auto state : {engagement_state::waiting_confirmation, engagement_state::queued}) {
    one.state = state;
    const auto late = decide(one, event::due{}, one.expires_at, rules);
    CHECK(late.next.state == engagement_state::expired);
    CHECK(effect_of<effects::commit_change>(late) != nullptr);
  }
  for (const auto state : {engagement_state::completed, engagement_state::skipped, engagement_state::failed}) {
    one.state = state;
    CHECK(decide(one, event::due{}, noon, rules).effects.empty());
  }
}

TEST_CASE("what the platform says decides what becomes of it") {
  CHECK(after_answer({.kind = outcome_kind::published, .external_id = "1"}).state == engagement_state::completed);
  CHECK(after_answer({.kind = outcome_kind::duplicate}).state == engagement_state::completed);
  CHECK(after_answer({.kind = outcome_kind::invalid, .reason = "x"}).state == engagement_state::failed);
  CHECK(after_answer({.kind = outcome_kind::permission, .reason = "x"}).state == engagement_state::failed);
  const auto limited = after_answer({.kind = outcome_kind::rate_limited, .reason = "x"});
  CHECK(limited.state == engagement_state::queued);
  CHECK(limited.not_before == noon + 1s + engagement_rate_pause);
  CHECK(limited.failures == 0);
  CHECK(after_answer({.kind = outcome_kind::transient, .reason = "x"}).failures == 1);
  CHECK(after_answer({.kind = outcome_kind::auth_expired, .reason = "x"}).not_before ==
        noon + 1s + refused_account_pause);
  CHECK(after_answer({.kind = outcome_kind::unknown}).state == engagement_state::unknown);
}

TEST_CASE("an intent whose commit took too long is given back rather than sent outside its moment") {
  const auto claiming = decide(queued_at(noon), event::due{}, noon, rules).next;
  const auto late = decide(claiming, event::claimed{}, noon + 2s, rules);
  CHECK(effect_of<effects::call>(late) == nullptr);
  CHECK(late.next.state == engagement_state::queued);
}

TEST_CASE("\"not there\" is believed only after the deadline") {
  auto lost = after_answer({.kind = outcome_kind::unknown});
  lost = decide(lost, event::recorded{}, noon + 1s, rules).next;
  lost = decide(lost, event::adopted{}, noon + 2s, rules).next;
  const event::looked nothing{{.kind = reconciliation_kind::absent}};
  const auto early = decide(lost, nothing, noon + 3s, rules);
  CHECK(early.next.state == engagement_state::unknown);
  CHECK(effect_of<effects::wake>(early)->at == lost.deadline_at);
  const auto again = decide(early.next, event::adopted{}, lost.deadline_at, rules).next;
  const auto after = decide(again, nothing, lost.deadline_at + 1s, rules);
  CHECK(after.next.state == engagement_state::queued);
  CHECK(after.next.failures == 1);
}

TEST_CASE("an attempt in a browser has its own time, and is not over before") {
  const auto claiming = decide(queued_at(noon), event::due{}, noon, rules).next;
  const auto made = decide(claiming, event::claimed{act_way::browser}, noon, rules);
  CHECK(effect_of<effects::call>(made)->timeout == rules.browser_timeout);
  CHECK(made.next.deadline_at == noon + rules.browser_timeout + rules.deadline_margin);
  CHECK(effect_of<effects::call>(decide(claiming, event::claimed{}, noon, rules))->timeout == rules.call_timeout);
}

TEST_CASE("a session that a check finds expired is refused once, and not if there was no session") {
  const auto claiming = decide(queued_at(noon), event::due{}, noon, rules).next;
  auto lost = decide(claiming, event::claimed{act_way::browser}, noon, rules).next;
  lost.step = engagement_step::looking;
  const reconciliation over{.kind = reconciliation_kind::try_again, .reason = "x", .is_unauthorized = true};
  const auto told = decide(lost, event::looked{over}, noon + 60s, rules);
  REQUIRE(effect_of<effects::commit_change>(told) != nullptr);
  CHECK(effect_of<effects::commit_change>(told)->refuses_account);
  CHECK(told.next.state == engagement_state::unknown);
  lost.state = engagement_state::unknown;
  const auto without = decide(lost, event::looked{over, false}, noon + 60s, rules);
  CHECK(effect_of<effects::commit_change>(without) == nullptr);
  CHECK(effect_of<effects::wake>(without) != nullptr);
}

TEST_CASE("an outcome that cannot be found out is for a person, and nothing retries it") {
  auto lost = after_answer({.kind = outcome_kind::unknown});
  lost.step = engagement_step::looking;
  const auto asked = decide(lost, event::looked{{.kind = reconciliation_kind::cannot_know}}, noon + 20s, rules).next;
  CHECK(asked.is_asked);
  CHECK(asked.state == engagement_state::unknown);
  auto resting = asked;
  resting.step = engagement_step::resting;
  CHECK(effect_of<effects::look>(decide(resting, event::adopted{}, noon + 1h, rules)) == nullptr);
  CHECK(decide(resting, event::due{}, noon + 1h, rules).effects.empty());
}

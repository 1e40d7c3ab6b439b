#include "domain/explaining/simulation.hpp"

#include <algorithm>
#include <deque>
#include <queue>
#include <random>
#include <unordered_map>
#include <utility>

#include "domain/explaining/simulated_limiter.hpp"

namespace pulse::domain {

namespace {

namespace event = delivery_event;
namespace made_effect = delivery_effect;

/// What starts this much after its time is on time for people.
constexpr std::chrono::seconds on_time_within{1};

/// A channel: what actors/publishing/channel keeps of it.
struct line {
  std::deque<std::size_t> queue;
  std::optional<std::size_t> current;
  bool is_held = false;
  bool is_spread = false;         // and only for being late: what is on time goes out meanwhile
  simulated_permit last_refusal;  // by its budgets; `not_before` is the epoch when there was none
};

enum class moment_kind { due, answered, resumed };

/// Something that is to happen.
struct moment {
  base::timestamp at;
  std::uint64_t order;  // earlier plans come first
  moment_kind what;
  std::size_t index;  // of the delivery; of the line for `resumed`

  bool operator>(const moment& other) const { return std::pair{at, order} > std::pair{other.at, other.order}; }
};

class playing {
 public:
  playing(const simulated_schedule& schedule, const simulation_assumptions& assumed, const delivery_rules& rules)
      : schedule_(schedule), assumed_(assumed), rules_(rules), random_(assumed.seed), now_(schedule.now) {
    for (const auto& [type, rates] : schedule.budgets)
      limiters_.emplace(type, simulated_limiter{type, rates, schedule.apps});
    for (const auto& call : schedule.calls) limiter_of(call.type).replay(call.budget, call.at, call.published_nothing);
    for (const auto& each : schedule.blocks) limiter_of(each.type).block(each.budget, each.until);
    rows_.reserve(schedule.deliveries.size());
    predictions_.resize(schedule.deliveries.size());
    permits_.resize(schedule.deliveries.size());
    for (std::size_t i = 0; i < schedule.deliveries.size(); ++i) add(i);
  }

  std::vector<prediction> run() {
    while (!to_come_.empty()) {
      now_ = to_come_.top().at;
      touched_.clear();
      // All that is due at one moment is in its channel's queue before any of it starts, as in the engine.
      while (!to_come_.empty() && to_come_.top().at == now_ && to_come_.top().what == moment_kind::due) take_due();
      for (const auto each : touched_) start_next(each);
      if (touched_.empty()) happen();
    }
    return std::move(predictions_);
  }

 private:
  void add(std::size_t i) {
    const auto& its = schedule_.deliveries[i];
    rows_.push_back(its.row);
    line_of_.push_back(number_of_line(its.row.channel_id));
    if (its.cause) {
      predictions_[i].fate = predicted_fate::held;
      predictions_[i].cause = its.cause;
      return;
    }
    plan(std::max(its.row.not_before, now_), moment_kind::due, i);
  }

  std::size_t number_of_line(const base::uuid& channel_id) {
    const auto [found, is_new] = numbers_.try_emplace(channel_id, lines_.size());
    if (is_new) lines_.emplace_back();
    return found->second;
  }

  void plan(base::timestamp at, moment_kind what, std::size_t index) { to_come_.push({at, ++planned_, what, index}); }

  void take_due() {
    const auto i = to_come_.top().index;
    to_come_.pop();
    lines_[line_of_[i]].queue.push_back(i);
    touched_.push_back(line_of_[i]);
  }

  void happen() {
    const auto next = to_come_.top();
    to_come_.pop();
    switch (next.what) {
      case moment_kind::due: break;  // taken before
      case moment_kind::answered:
        feed(next.index, event::answered{outcome_of(next.index)});
        start_next(line_of_[next.index]);
        break;
      case moment_kind::resumed:
        lines_[next.index].is_held = lines_[next.index].is_spread = false;
        start_next(next.index);
        break;
    }
  }

  void start_next(std::size_t number) {
    auto& its = lines_[number];
    while (!its.current) {
      const auto next = next_of(its);
      if (next == its.queue.end()) return;
      const auto i = *next;
      its.queue.erase(next);
      feed(i, event::due{});
    }
  }

  std::deque<std::size_t>::iterator next_of(line& of) {
    if (!of.is_held) return of.queue.begin();
    if (!of.is_spread) return of.queue.end();
    return std::find_if(of.queue.begin(), of.queue.end(),
                        [this](std::size_t i) { return urgency_of(ready_at(rows_[i]), now_) == urgency::on_time; });
  }

  /// Lets the domain decide and carries it out, as actors/publishing/channel does.
  void feed(std::size_t i, const delivery_input& input) {
    auto& its = lines_[line_of_[i]];
    rules_.spread = assumed_.failure_rate > 0 ? draw() : 0.5;
    auto made = decide(rows_[i], input, now_, rules_);
    rows_[i] = std::move(made.next);
    if (occupies_channel(rows_[i].step)) {
      its.current = i;
    } else if (its.current == i) {
      its.current.reset();
    }
    for (const auto& what : made.effects) {
      std::visit([&](const auto& one) { perform(i, one); }, what);
    }
  }

  void perform(std::size_t i, const made_effect::ask_permit&) {
    const auto& its = schedule_.deliveries[i];
    const auto answer = limiter_of(its.type).ask({its.budget, rows_[i].id, ready_at(rows_[i])}, now_);
    if (answer.granted) permits_[i] = {now_, answer.app_slot};
    if (answer.granted) return feed(i, event::permitted{});
    lines_[line_of_[i]].last_refusal = answer;
    feed(i, event::held{answer.not_before, {}});
  }
  void perform(std::size_t i, const made_effect::return_permit&) {
    const auto& its = schedule_.deliveries[i];
    limiter_of(its.type).give_back(its.budget, now_);
  }
  void perform(std::size_t i, const made_effect::commit_intent&) { feed(i, event::claimed{}); }
  void perform(std::size_t i, const made_effect::call& call) {
    note_start(i);
    plan(now_ + std::min(assumed_.call, call.timeout), moment_kind::answered, i);
  }
  void perform(std::size_t, const made_effect::reconcile&) {}  // no call is assumed to lose its answer
  void perform(std::size_t i, const made_effect::wake& wake) { plan(std::max(wake.at, now_), moment_kind::due, i); }
  void perform(std::size_t i, const made_effect::hold& hold) {
    auto& its = lines_[line_of_[i]];
    its.queue.push_front(i);
    its.is_held = true;
    its.is_spread = its.last_refusal.is_spread;
    plan(std::max<base::timestamp>(hold.until, now_ + std::chrono::milliseconds{1}), moment_kind::resumed, line_of_[i]);
  }
  void perform(std::size_t i, const made_effect::commit_change& change) {
    const auto& its = schedule_.deliveries[i];
    if (change.published_nothing) limiter_of(its.type).refund(its.budget, permits_[i], change.never_called);
    note_change(i, change);
    feed(i, event::recorded{});
  }
  void perform(std::size_t, const made_effect::forget&) {}

  outcome outcome_of(std::size_t i) {
    const auto& refusal = schedule_.deliveries[i].refusal;
    if (refusal) return {.kind = outcome_kind::invalid, .reason = *refusal};
    if (assumed_.failure_rate > 0 && draw() < assumed_.failure_rate) {
      return {.kind = outcome_kind::transient, .reason = "the call is assumed to fail"};
    }
    return {.kind = outcome_kind::published, .external_id = "assumed"};
  }

  /// A number in [0, 1), the same on every machine.
  double draw() { return static_cast<double>(random_() >> 11) * 0x1.0p-53; }

  void note_start(std::size_t i) {
    const auto& before = schedule_.deliveries[i].row;
    const auto& refused = lines_[line_of_[i]].last_refusal;
    auto& its = predictions_[i];
    its.attempts += 1;
    its.starts_at = now_;
    if (its.attempts > 1) {
      its.delayed_by = delay_cause::retry;
    } else if (now_ - before.due_at < on_time_within) {
      return;
    } else if (refused.not_before > before.not_before) {
      its.delayed_by = refused.is_spread ? delay_cause::spread : delay_cause::budget;
      its.scope = refused.scope;
      its.is_own_app = refused.scope == limit_scope::app && !schedule_.apps.of(schedule_.deliveries[i].budget).empty();
      if (!refused.is_told) its.budget = refused.budget;
      its.held_until = refused.not_before;
    } else {
      its.delayed_by = before.due_at < schedule_.now ? delay_cause::pause : delay_cause::turn;
    }
  }

  void note_change(std::size_t i, const made_effect::commit_change& change) {
    auto& its = predictions_[i];
    switch (rows_[i].state) {
      case delivery_state::published: its.fate = predicted_fate::goes_out; return;
      case delivery_state::missed: its.fate = predicted_fate::missed; return;
      case delivery_state::waiting:
        if (rows_[i].is_asked) its.fate = predicted_fate::asks;
        return;
      case delivery_state::failed:
      case delivery_state::unconfirmed:
        its.fate = schedule_.deliveries[i].refusal ? predicted_fate::refused : predicted_fate::failed;
        its.reason = change.reason;
        return;
      case delivery_state::sending:
      case delivery_state::unknown:
      case delivery_state::cancelled: return;
    }
  }

  simulated_limiter& limiter_of(channel_type type) {
    const auto found = limiters_.find(type);
    if (found != limiters_.end()) return found->second;
    return limiters_.emplace(type, simulated_limiter{type, rates_for(type, {}), schedule_.apps}).first->second;
  }

  const simulated_schedule& schedule_;
  const simulation_assumptions& assumed_;
  delivery_rules rules_;
  std::mt19937_64 random_;
  base::timestamp now_;
  std::map<channel_type, simulated_limiter> limiters_;
  std::vector<delivery> rows_;
  std::vector<used_permit> permits_;  // of each, the last
  std::vector<std::size_t> line_of_;
  std::vector<line> lines_;
  std::unordered_map<base::uuid, std::size_t> numbers_;  // channel → line
  std::vector<prediction> predictions_;
  std::priority_queue<moment, std::vector<moment>, std::greater<>> to_come_;
  std::uint64_t planned_ = 0;
  std::vector<std::size_t> touched_;
};

}  // namespace

std::vector<prediction> simulate(const simulated_schedule& schedule, const simulation_assumptions& assumed,
                                 const delivery_rules& rules) {
  return playing{schedule, assumed, rules}.run();
}

}  // namespace pulse::domain

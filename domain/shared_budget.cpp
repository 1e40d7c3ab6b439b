#include "domain/shared_budget.hpp"

#include <algorithm>

#include "domain/platform_limits.hpp"

namespace pulse::domain {

std::chrono::microseconds interval_among(const rate& budget, int nodes) {
  auto spread = budget;
  spread.burst = std::max(budget.burst, std::min(nodes, budget.limit));
  return interval_of(spread);
}

/// What stands for no budget at all needs no protection from other nodes.
bool shared_budget::is_limited() const { return budget() != unbounded_app; }

shared_budget::report shared_budget::known(base::timestamp now) const {
  // Nodes that are gone may have taken what nobody has been told.
  const int nodes = is_limited() ? std::max(nodes_, others_ ? 2 : 1) : 1;
  return {seen_.arrival(), std::max(seen_.last(), own_last_), seen_.told(now), heard_, own_, nodes};
}

void shared_budget::heard(const answer& said, int reported, base::timestamp at) {
  seen_.catch_up(said.arrival, said.last, said.told);
  apart_ = false;
  if (!said.is_open) return;
  heard_ = std::max(heard_, at);
  own_ = std::max(own_ - reported, 0);
  others_ = nodes_ > 1;
}

shared_budget::turn shared_budget::without_answer(base::timestamp now) {
  if (is_alone() || !is_limited()) {
    const bool is_told = seen_.is_told(now);
    return {seen_.reserve(now), is_told, true};
  }
  if (!apart_) go_apart(now);
  const auto cost = interval_among(budget(), nodes_) * nodes_;
  const auto full = interval_among(budget(), nodes_) * std::max(budget().burst, nodes_);
  const auto own = std::max<base::timestamp>(own_arrival_ + cost - full, patient_until_);
  const auto told = told_earliest(now);
  const bool is_told = told > now && told >= own;
  const bool has_part = nodes_ <= budget().limit;
  const auto at = has_part ? std::max({own, told, now}) : base::timestamp::max();
  if (at > now) return {std::min<base::timestamp>(at, now + look_again), is_told, false};
  own_arrival_ = std::max(own_arrival_, now) + cost;
  own_last_ = now;
  ++own_;
  return {now, false, true};
}

void shared_budget::go_apart(base::timestamp now) {
  apart_ = true;
  patient_until_ = now + patience;
  // Others may be given slots of the shared count a moment longer: what was asked now was asked before they noticed.
  own_arrival_ = now + notice + interval_among(budget(), nodes_) * std::max(budget().burst, nodes_);
}

/// Each node has its part of what the platform has left, too.
base::timestamp shared_budget::told_earliest(base::timestamp now) const {
  const auto told = seen_.told(now);
  auto at = told.blocked_until;
  if (told.interval.count() > 0) {
    const auto last = std::max(seen_.last(), own_last_);
    at = std::max(at, std::min<base::timestamp>(last + told.interval * nodes_, told.until));
  }
  return at;
}

void shared_budget::share_among(int nodes) {
  const int now_there = std::max(nodes, 1);
  // The parts of all are others: the sum of what is left of them is known to fit only when it is nothing.
  if (now_there != nodes_) apart_ = false;
  nodes_ = now_there;
  others_ = others_ || nodes_ > 1;
}

void shared_budget::change(const rate& budget, base::timestamp now) {
  seen_.change(budget, now);
  apart_ = false;
}

void shared_budget::observe(std::string_view name, int remaining, base::timestamp resets_at, base::timestamp now) {
  seen_.observe(name, remaining, resets_at, now);
}

}  // namespace pulse::domain

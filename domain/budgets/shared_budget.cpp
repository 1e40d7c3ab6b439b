#include "domain/budgets/shared_budget.hpp"

#include <algorithm>
#include <utility>

#include "domain/platforms/platform_limits.hpp"

namespace pulse::domain {

using std::chrono::microseconds;

microseconds interval_among(const rate& budget, int nodes) {
  auto spread = budget;
  spread.burst = std::max(budget.burst, std::min(nodes, budget.limit));
  return interval_of(spread);
}

int own_share(const rate& budget, int nodes) { return nodes > 1 ? budget.burst / (2 * nodes) : 0; }

int shared_burst(const rate& budget, int nodes) {
  // The same half for any number of nodes, so that it is not given out while some believe in one number and some in another.
  return own_share(budget, nodes) > 0 ? budget.burst - budget.burst / 2 : budget.burst;
}

/// What stands for no budget at all needs no protection from other nodes.
bool shared_budget::is_limited() const { return budget() != unbounded_app; }

int shared_budget::sharers() const { return std::max(nodes_, lately_); }

/// The burst of a node's own count, in its time: N of them are as much as the whole.
microseconds shared_budget::own_burst(int nodes) const {
  return interval_among(budget(), nodes) * std::max(budget().burst, nodes);
}

/// What may start at once at `now`, in the shared count's time, without having been apart.
microseconds shared_budget::share(base::timestamp now) const {
  if (settled_nodes_ < 2) return microseconds{0};
  const auto most = std::max({settled_nodes_, shared_nodes_, sharers()});
  const microseconds over = std::max<microseconds>(over_ - now, microseconds{0});
  return std::max(interval_among(budget(), most) * own_share(budget(), most) - over, microseconds{0});
}

shared_budget::report shared_budget::known(base::timestamp now) const {
  report all{.arrival = seen_.arrival(),
             .interval = interval_among(budget(), is_limited() ? sharers() : 1),
             .last = std::max(seen_.last(), own_last_),
             .told = seen_.told(now),
             .heard = heard_,
             .own = uncounted(),
             .own_ever = own_ever_};
  const auto interval = interval_among(budget(), own_nodes_);
  const microseconds falling = std::max<microseconds>(own_used_ - now, microseconds{0}) / own_nodes_ + microseconds{1};
  all.own_left = std::min(interval * all.own, interval * carried_ + falling);
  if (!is_limited()) return all;
  all.is_unsure = is_unsure_;
  // Nodes that are gone may have taken what nobody has been told.
  all.nodes = sharers();
  all.sharers = nodes_;
  all.refunds = refunds_;
  all.is_ahead = took_alone_at_.has_value();
  return all;
}

void shared_budget::heard(const answer& said, int told_ever, base::timestamp at) {
  // Answers may come in another order than they were given.
  const bool is_ahead = took_alone_at_ && *took_alone_at_ >= at;
  if (said.refunds > refunds_ && !is_ahead) seen_.lower_to(said.arrival);
  seen_.catch_up(said.refunds < refunds_ ? base::timestamp{} : said.arrival, said.last, said.told);
  refunds_ = std::max(refunds_, said.refunds);
  apart_ = false;
  if (!said.is_open) return;
  if (!is_ahead) took_alone_at_.reset();
  heard_ = std::max(heard_, at);
  counted_ = std::max(counted_, told_ever);
  carried_ = uncounted();
  own_used_ = {};
  is_unsure_ = false;
  share_.reset();
  over_ = std::max(over_, said.over);
  const int there = std::max(nodes_, said.sharers);
  lately_ = there;
  if (there != shared_nodes_) {
    shared_nodes_ = there;
    shared_since_ = at;
  }
  if (heard_ - shared_since_ >= patience) settled_nodes_ = there;
}

shared_budget::turn shared_budget::without_answer(base::timestamp now) {
  if (is_alone() || !is_limited()) {
    if (apart_) go_alone(now);
    const bool is_told = seen_.is_told(now);
    if (is_shared()) took_alone_at_ = now;
    return {seen_.reserve(now), is_told, true};
  }
  unanswered(now);
  const auto cost = interval_among(budget(), nodes_) * nodes_;
  const auto own = std::max<base::timestamp>(own_arrival_ + cost - own_burst(nodes_), patient_until_);
  const auto told = told_earliest(now);
  const bool is_told = told > now && told >= own;
  const bool has_part = nodes_ <= budget().limit;
  const auto at = has_part ? std::max({own, told, now}) : base::timestamp::max();
  if (at > now) return {std::min<base::timestamp>(at, now + look_again), is_told, false};
  take_own(now);
  return {now, false, true};
}

void shared_budget::unanswered(base::timestamp now) {
  if (is_alone() || !is_limited()) return;
  if (!apart_) go_apart(now);
  if (own_nodes_ != nodes_) resize(now);
  is_unsure_ = is_unsure_ || (is_shared() && heard_ == base::timestamp{} && now >= patient_until_);
}

void shared_budget::take_own(base::timestamp now) {
  const auto cost = interval_among(budget(), nodes_) * nodes_;
  before_last_ = own_count{own_arrival_, own_used_};
  own_arrival_ = std::max(own_arrival_, now) + cost;
  own_used_ = std::max(own_used_, now) + cost;
  own_last_ = now;
  ++own_ever_;
}

bool shared_budget::refund(base::timestamp at) {
  const auto before = seen_.arrival();
  seen_.refund(at);
  if (seen_.arrival() != before) return true;
  if (is_shared() || !before_last_ || own_last_ != at) return false;
  own_arrival_ = before_last_->arrival;
  own_used_ = before_last_->used;
  before_last_.reset();
  return true;
}

void shared_budget::go_apart(base::timestamp now) {
  apart_ = true;
  before_last_.reset();
  own_nodes_ = nodes_;
  if (!is_shared()) {
    own_arrival_ = std::max(seen_.arrival(), now);
    return;
  }
  patient_until_ = now + patience;
  if (!share_) share_ = share(now);
  const auto interval = interval_among(budget(), nodes_);
  // Of what was taken since, nothing may be had back: the shared count is falling, too.
  const auto left = std::min(*share_, interval * own_share(budget(), sharers())) - interval * uncounted();
  // Others may be given slots of the shared count a moment longer: what was asked now was asked before they noticed.
  own_arrival_ = now + notice + own_burst(nodes_) - std::max(left, microseconds{0}) * nodes_;
}

/// The other nodes are gone, and there is no count that could know what they took: the rest of their parts is theirs.
void shared_budget::go_alone(base::timestamp now) {
  if (own_nodes_ != nodes_) resize(now);
  apart_ = false;
  before_last_.reset();
  if (!is_shared()) seen_.catch_up(own_arrival_, own_last_, seen_.told(now));
}

/// The slots that are left stay as many when nodes have gone, and become fewer when some have come.
void shared_budget::resize(base::timestamp now) {
  before_last_.reset();
  const auto full = own_burst(nodes_);
  const int before = std::exchange(own_nodes_, nodes_);
  const microseconds used = std::max<microseconds>(own_used_ - now, microseconds{0});
  if (used.count() > 0) own_used_ = now + used * nodes_ / before;
  const bool is_same =
      interval_among(budget(), before) == interval_among(budget(), nodes_) && own_burst(before) == full;
  const microseconds level = std::max<microseconds>(own_arrival_ - now, microseconds{0});
  const auto left = is_same ? std::max(full - level, microseconds{0}) : microseconds{0};
  if (!is_same || nodes_ < before) own_arrival_ = now + full - left * std::min(nodes_, before) / before;
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
  nodes_ = std::max(nodes, 1);
  if (is_shared()) lately_ = std::max(lately_, nodes_);
}

void shared_budget::change(const rate& budget, base::timestamp now) {
  if (apart_ && !is_shared()) seen_.catch_up(own_arrival_, own_last_, seen_.told(now));
  seen_.change(budget, now);
  before_last_.reset();
  // The new budget's half is free when the shared count has said so.
  apart_ = false;
  over_ = {};
  share_ = microseconds{0};
  settled_nodes_ = 0;
}

void shared_budget::observe(std::string_view name, int remaining, base::timestamp resets_at, base::timestamp now) {
  seen_.observe(name, remaining, resets_at, now);
}

}  // namespace pulse::domain

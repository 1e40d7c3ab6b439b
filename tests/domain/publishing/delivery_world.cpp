// The initial worlds around a delivery, and which worlds are equivalent.
#include "tests/domain/publishing/delivery_world.hpp"

#include <algorithm>
#include <utility>

namespace pulse::domain::model {

namespace {

using namespace std::chrono_literals;

const base::timestamp origin = *base::parse_timestamp("2026-11-22T12:00:00Z");

/// Writes a world down, times relative to its now. What has passed has passed: it no longer matters when.
class writing {
 public:
  explicit writing(const world& of) : of_(of) {}

  std::string take() {
    put(of_.stored);
    number(of_.owner_fence);
    number(of_.accepted);
    for (const auto& who : of_.holders) put(who);
    number(static_cast<int>(of_.writes.size()));
    for (const auto& w : of_.writes) put(w);
    number(static_cast<int>(of_.calls.size()));
    for (const auto& c : of_.calls) {
      number(c.attempt), moment(c.until), number(c.accepted), number(c.awaited_by);
    }
    const auto& left = of_.left;
    for (const int each :
         {left.crashes, left.takeovers, left.silences, left.refusals, left.held, left.looks, left.commands})
      number(each);
    return std::move(text_);
  }

 private:
  void number(int value) { text_ += static_cast<char>(value + 8); }

  /// How far away it is; how long ago matters only as far as `since` goes. Time goes by in seconds.
  void moment(base::timestamp at, std::chrono::seconds since = 0s) {
    const auto away = std::chrono::ceil<std::chrono::seconds>(at - of_.now).count();
    number(static_cast<int>(std::clamp<std::int64_t>(away, -1 - since.count(), 100)));
  }

  void optional_moment(const std::optional<base::timestamp>& at) {
    number(at.has_value());
    if (at) moment(*at);
  }

  /// Beginnings are only ever compared with each other.
  void beginning_of(base::timestamp at) {
    const auto known = std::find(beginnings_.begin(), beginnings_.end(), at);
    number(static_cast<int>(known - beginnings_.begin()));
    if (known == beginnings_.end()) beginnings_.push_back(at);
  }

  /// A time before which nothing starts: also whether it is what the row says now.
  void start(base::timestamp at) {
    moment(at);
    number(at == of_.stored.not_before);
  }

  void put(const row& r) {
    number(static_cast<int>(r.state)), number(r.attempt), number(r.failures), number(r.fence), number(r.channel_open);
    number(r.may_be_live), number(r.is_duplicate), number(r.interruptions);
    if (r.state == delivery_state::unknown) number(r.is_interrupted), moment(r.resend_at), optional_moment(r.look_at);
    moment(r.due_at, 4s), start(r.not_before), beginning_of(r.started_at), moment(r.deadline_at);
  }

  void put(const write& w) {
    number(static_cast<int>(w.kind)), number(w.fence), number(w.attempt), number(static_cast<int>(w.from));
    number(static_cast<int>(w.to)), number(w.failures), number(w.disables_channel),
        number(static_cast<int>(w.executed));
    number(w.may_be_live), number(w.is_duplicate), number(w.is_interrupted), number(w.interruptions);
    optional_moment(w.look_at);
    number(w.awaited_by), beginning_of(w.started_at), moment(w.deadline_at), start(w.not_before);
    number(of_.stored.not_before <= w.started_at);
  }

  void put(const holder& h) {
    number(h.is_there), number(h.has), number(h.lease), number(h.fence);
    if (h.has) {
      const auto& d = h.held;
      number(static_cast<int>(d.state)), number(static_cast<int>(d.step)), number(d.attempt), number(d.failures),
          number(d.failed_reconciliations), number(d.may_be_live), number(d.is_duplicate), number(d.is_unauthorized),
          number(d.interruptions);
      if (d.state == delivery_state::sending || d.state == delivery_state::unknown) {
        number(d.is_interrupted), number(d.is_early_reconciliation_done && of_.now < d.deadline_at);
        number(d.is_reconciliation_early && d.step == delivery_step::reconciling);
        optional_moment(d.look_at);
      }
      moment(d.due_at, 4s), start(d.not_before), beginning_of(d.started_at), moment(d.deadline_at);
    }
    number(h.wake.has_value()), number(h.again.has_value()), number(h.loaded.has_value());
    if (h.wake) moment(*h.wake);
    if (h.again) put(*h.again);
    if (h.loaded) put(*h.loaded);
  }

  const world& of_;
  std::string text_;
  std::vector<base::timestamp> beginnings_;
};

}  // namespace

world beginning(const budgets& allowed) {
  world made;
  made.now = origin;
  made.stored.due_at = made.stored.not_before = origin + 1s;
  made.stored.started_at = made.stored.deadline_at = made.stored.resend_at = origin;
  made.holders[0].is_there = true;
  made.holders[0].fence = 1;
  made.left = allowed;
  return made;
}

std::string key_of(const world& of) { return writing{of}.take(); }

}  // namespace pulse::domain::model

// Writes a world of takeovers in a canonical form, so that equivalent worlds are equal: times relative to now, past
// times as "past", fences by their order, nodes by their state and not by their number.
#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>
#include <vector>

#include "tests/domain/engine/takeover_world.hpp"

namespace pulse::domain::takeover {

namespace {

/// Small, and on the stack: keys are most of the work.
class bytes {
 public:
  bytes& operator+=(char what) {
    all_.at(size_++) = what;
    return *this;
  }
  bytes& operator+=(const bytes& more) {
    for (std::size_t i = 0; i < more.size_; ++i) *this += more.all_[i];
    return *this;
  }
  std::string_view view() const { return {all_.data(), size_}; }
  bool operator<(const bytes& other) const { return view() < other.view(); }

 private:
  std::array<char, 400> all_;  // as far as `size_` goes
  std::size_t size_ = 0;
};

/// Small numbers by their order. Zero stays zero.
class ranks {
 public:
  void see(int value) {
    const auto at = std::lower_bound(all_.begin(), all_.begin() + size_, value);
    if (at != all_.begin() + size_ && *at == value) return;
    std::move_backward(at, all_.begin() + size_, all_.begin() + size_ + 1);
    *at = static_cast<tick>(value);
    ++size_;
  }
  int of(int value) const {
    return static_cast<int>(std::lower_bound(all_.begin(), all_.begin() + size_, value) - all_.begin());
  }

 private:
  std::array<tick, 40> all_{};
  std::ptrdiff_t size_ = 0;
};

class writing {
 public:
  writing(const world& of, const rules_of_world& by) : of_(of), by_(by) {
    rank();
    for (int p = 0; p < most_nodes; ++p)
      own_[static_cast<std::size_t>(p)] = own_part(of_.processes[static_cast<std::size_t>(p)]);
    std::iota(order_.begin(), order_.end(), 0);
    std::sort(order_.begin(), order_.end(), [this](auto a, auto b) { return own_[a] < own_[b]; });
    number_ids();
  }

  std::string take() {
    bytes text;
    for (const auto p : order_) {
      text += own_[p];
      put_related(text, of_.processes[p]);
    }
    for (const auto id : known_ids_) put_node(text, id);
    put(text, label(of_.owner.node)), put(text, fences_.of(of_.owner.fence)), put(text, takings_.of(of_.owner.taking));
    put_row(text, of_.stored, of_.stored.state != delivery_state::waiting);
    put(text, fences_.of(of_.stored.fence));
    append_sorted(text, of_.transactions, [this](const auto& each) { return part(each); });
    append_sorted(text, of_.calls, [this](const auto& each) { return part(each); });
    put(text, of_.accepted), put(text, of_.takings);
    const auto& left = of_.left;
    for (const int each :
         {left.crashes, left.stops, left.slow, left.silences, left.lost_calls, left.notices, left.refusals, left.gifts})
      put(text, each);
    return std::string{text.view()};
  }

 private:
  static void put(bytes& to, int value) { to += static_cast<char>(value + 8); }

  /// How far away it is, and no more than `past` ago.
  void put_time(bytes& to, int at, int past = 1) const { put(to, std::clamp(at - of_.now, -past, 100)); }

  /// Fences, takings and the beginnings of attempts are only ever compared with each other.
  void rank() {
    fences_.see(0), takings_.see(0);
    see(of_.owner.fence, of_.owner.taking, of_.stored);
    for (const auto& each : of_.processes) {
      see(each.fence, each.taking, each.held);
      if (each.is_to_write_again) see(each.again.fence, each.again.taking, each.again.to);
    }
    for (const auto& each : of_.transactions) see(each.fence, each.taking, each.to);
    for (const auto& each : of_.calls) takings_.see(each.taking);
  }
  void see(int fence, int taking, const delivery_row& row) {
    fences_.see(fence), fences_.see(row.fence), takings_.see(taking), beginnings_.see(row.started_at);
  }

  void put_row(bytes& to, const delivery_row& row, bool is_begun) const {
    put(to, static_cast<int>(row.state)), put(to, row.attempt), put(to, row.failures), put(to, row.interruptions);
    const bool is_open = row.state == delivery_state::sending || row.state == delivery_state::unknown;
    put(to, (row.may_be_live ? 1 : 0) + (row.is_interrupted && is_open ? 2 : 0));
    put_time(to, row.not_before);
    if (!is_begun) return;
    put_time(to, row.started_at, 4), put_time(to, row.deadline_at);
    put(to, beginnings_.of(row.started_at)), put(to, of_.stored.not_before <= row.started_at);
  }

  /// What a process is, whoever the others are.
  bytes own_part(const process& of) const {
    bytes text;
    put(text, of.is_there), put(text, of.is_stopped), put(text, of.ahead), put(text, of.standing.is_entered());
    put(text, std::max(of.believed_until - of_.now, 0));
    put(text, static_cast<int>(of.tenant)), put(text, fences_.of(of.fence)), put(text, takings_.of(of.taking));
    put(text, of.has), put(text, of.is_waking), put(text, of.is_to_write_again);
    if (of.has)
      put_row(text, of.held, of.held.state != delivery_state::waiting || of.step != delivery_step::resting),
          put(text, static_cast<int>(of.step) * 2 +
                        (of.is_early_reconciliation_done && of_.now + of.ahead < of.held.deadline_at ? 1 : 0));
    if (of.is_waking) put_time(text, of.wake_at);
    if (of.is_to_write_again) text += common_part(of.again);
    return text;
  }

  bytes common_part(const transaction& of) const {
    bytes text;
    put(text, static_cast<int>(of.what)), put(text, static_cast<int>(of.at)), put(text, of.is_heard),
        put(text, of.is_granted);
    put(text, fences_.of(of.fence)), put(text, takings_.of(of.taking));
    if (of.what == work::claim || of.what == work::record)
      put(text, static_cast<int>(of.from)), put_row(text, of.to, true);
    return text;
  }

  // --- with names ----------------------------------------------------------------------------------------------------

  /// Ids by the first place where they are spoken of.
  void number_ids() {
    const auto see = [this](int id) {
      if (id == nobody || labels_[static_cast<std::size_t>(id)] != 0) return;
      labels_[static_cast<std::size_t>(id)] = static_cast<std::int8_t>(known_ids_.size() + 1);
      known_ids_.push_back(static_cast<std::int8_t>(id));
    };
    for (const auto p : order_) see(of_.processes[p].id);
    see(of_.owner.node);
    for (const auto p : order_) {
      for (int id = 0; id < most_ids; ++id) {
        if ((of_.processes[p].dead >> id & 1) != 0) see(id);
      }
    }
    for (int id = 0; id < most_ids; ++id) {
      if (of_.nodes[static_cast<std::size_t>(id)].is_there) see(id);
    }
    for (const auto& each : of_.transactions) see(each.node), see(each.receiver);
  }

  int label(int id) const { return id == nobody ? 0 : labels_[static_cast<std::size_t>(id)]; }
  int label_of_process(int p) const {
    return p == nobody ? 0 : 1 + static_cast<int>(std::find(order_.begin(), order_.end(), p) - order_.begin());
  }
  void put_ids(bytes& to, id_set ids) const {
    int labelled = 0;
    for (const auto id : known_ids_) {
      if ((ids >> id & 1) != 0) labelled |= 1 << (label(id) - 1);
    }
    put(to, labelled & 15), put(to, labelled >> 4);
  }

  void put_related(bytes& text, const process& of) const {
    put(text, label(of.id));
    put_ids(text, of.dead);
    if (of.is_to_write_again) put(text, label(of.again.node));
  }

  void put_node(bytes& to, int id) const {
    const auto& row = of_.nodes[static_cast<std::size_t>(id)];
    put(to, row.is_there), put(to, row.was_seen_over);
    if (row.is_there) put_time(to, row.lease_until);
  }

  bytes part(const transaction& of) const {
    auto text = common_part(of);
    put(text, label(of.node)), put(text, label_of_process(of.asker));
    put_ids(text, of.buries);
    switch (of.what) {
      case work::enter:
      case work::renew: put_lease_question(text, of); break;
      case work::take:
        if (of.at == progress::asked || of.at == progress::locked) put_expired(text, of);
        break;
      case work::hand_over:
        put(text, label(of.receiver));
        if (of.at != progress::worked)
          put(text, of_.nodes[static_cast<std::size_t>(of.receiver)].lease_until <= of.now);
        break;
      case work::claim:
      case work::record: break;
    }
    return text;
  }

  void put_lease_question(bytes& to, const transaction& of) const {
    const auto length = static_cast<int>(by_.lease.length.count());
    put_time(to, of.lease_until), put_time(to, of.asked_at + length, 0);
    if (of.asker != nobody) put(to, of_.processes[static_cast<std::size_t>(of.asker)].standing.is_current(of.asked()));
    put(to, count([&of](const transaction& other) { return other.what == work::take && is_over_for(other, of); }));
  }

  /// A takeover compares the time at which it was asked with the ends of leases, also when both have long passed.
  void put_expired(bytes& to, const transaction& of) const {
    for (const auto id : known_ids_) put(to, of_.nodes[static_cast<std::size_t>(id)].lease_until <= of.now);
    put(to, count([&of](const transaction& other) {
          return (other.what == work::enter || other.what == work::renew) && is_over_for(of, other);
        }));
  }

  static bool is_over_for(const transaction& take, const transaction& question) {
    return question.lease_until <= take.now;
  }

  template <class Is>
  int count(Is is) const {
    return static_cast<int>(std::count_if(of_.transactions.begin(), of_.transactions.end(), is));
  }

  bytes part(const call& of) const {
    bytes text;
    put(text, label_of_process(of.asker)), put(text, of.is_heard), put(text, of.is_sent), put(text, of.is_accepted);
    put(text, of.attempt), put(text, takings_.of(of.taking));
    put_time(text, of.ends_at, 3), put_time(text, of.deadline_at, 3);
    return text;
  }

  template <class All, class Part>
  static void append_sorted(bytes& to, const All& all, Part part) {
    std::array<bytes, 10> parts;
    const auto size = static_cast<std::size_t>(all.size());
    for (std::size_t i = 0; i < size; ++i) parts.at(i) = part(all[static_cast<int>(i)]);
    std::array<std::size_t, 10> in_order;
    std::iota(in_order.begin(), in_order.end(), 0);
    std::sort(in_order.begin(), in_order.begin() + static_cast<std::ptrdiff_t>(size),
              [&parts](auto a, auto b) { return parts[a] < parts[b]; });
    put(to, static_cast<int>(size));
    for (std::size_t i = 0; i < size; ++i) to += parts[in_order[i]];
  }

  const world& of_;
  const rules_of_world& by_;
  ranks fences_{};
  ranks takings_{};
  ranks beginnings_;
  std::array<bytes, most_nodes> own_;
  std::array<std::size_t, most_nodes> order_{};
  std::array<std::int8_t, most_ids> labels_{};
  few<std::int8_t, most_ids> known_ids_;
};

}  // namespace

std::string key_of(const world& of, const rules_of_world& by) { return writing{of, by}.take(); }

}  // namespace pulse::domain::takeover

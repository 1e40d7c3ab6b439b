#include "persistence/delivery_ledger.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include <spdlog/spdlog.h>

namespace pulse::persistence {

namespace {

template <class Write, class Done>
struct entry {
  Write write;
  Done done;
};

using claim_entry = entry<intent, delivery_ledger::claim_done>;
using record_entry = entry<change, delivery_ledger::record_done>;

/// What one commit carries: intents, or outcomes.
struct batch {
  std::vector<claim_entry> claims;
  std::vector<record_entry> records;

  std::size_t size() const { return claims.size() + records.size(); }
};

/// What one commit answers.
struct answers {
  std::vector<claimed_content> claimed;
  std::vector<base::uuid> changed;
};

template <class Entry>
void take(std::deque<Entry>& from, std::vector<Entry>& to, std::size_t most) {
  const auto count = static_cast<std::ptrdiff_t>(std::min(from.size(), most));
  to.assign(std::make_move_iterator(from.begin()), std::make_move_iterator(from.begin() + count));
  from.erase(from.begin(), from.begin() + count);
}

/// Moves the second half of `all` out of it.
template <class Entry>
std::vector<Entry> take_half(std::vector<Entry>& all) {
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::vector<Entry> half(std::make_move_iterator(middle), std::make_move_iterator(all.end()));
  all.erase(middle, all.end());
  return half;
}

/// Takes half of a batch of several writes, so that one which spoils its commit spoils fewer others with it.
std::shared_ptr<batch> split(batch& whole) {
  auto part = std::make_shared<batch>();
  if (whole.claims.empty()) {
    part->records = take_half(whole.records);
  } else {
    part->claims = take_half(whole.claims);
  }
  return part;
}

/// Whether the database answered, and one of the writes is what it cannot take.
bool is_spoiled(failure_kind kind) {
  switch (kind) {
    case failure_kind::violated:
    case failure_kind::conflict:
    case failure_kind::bug: return true;
    case failure_kind::unavailable:
    case failure_kind::overloaded:
    case failure_kind::timeout:
    case failure_kind::in_doubt: return false;
  }
  return false;
}

template <class Entry>
auto writes_of(const std::vector<Entry>& entries) {
  std::vector<decltype(Entry::write)> writes;
  writes.reserve(entries.size());
  for (const auto& each : entries) writes.push_back(each.write);
  return writes;
}

}  // namespace

class delivery_ledger::state : public std::enable_shared_from_this<delivery_ledger::state> {
 public:
  state(database& on, const base::uuid& node_id, options limits) : database_(on), node_id_(node_id), limits_(limits) {}

  template <class Entry>
  void add(std::deque<Entry> state::*queue, Entry what) {
    {
      const std::lock_guard lock{mutex_};
      (this->*queue).push_back(std::move(what));
    }
    start();
  }

  counters count() const {
    const std::lock_guard lock{mutex_};
    return counters_;
  }

  /// Starts what waits behind commits that are stuck, until `stop`: nothing else may happen that would start it.
  void watch() {
    std::unique_lock lock{mutex_};
    for (;;) {
      look_later_.wait(lock, [this] { return is_looking_later_ || stopping_; });
      if (look_later_.wait_for(lock, limits_.stuck_after, [this] { return stopping_; })) return;
      is_looking_later_ = false;
      lock.unlock();
      start();
      lock.lock();
    }
  }

  void stop() {
    {
      const std::lock_guard lock{mutex_};
      stopping_ = true;
    }
    look_later_.notify_one();
  }

  std::deque<claim_entry> claims;
  std::deque<record_entry> records;

 private:
  using steady = std::chrono::steady_clock;

  /// Starts what may start: of intents and of outcomes one commit each at a time, and more beside those that are stuck.
  void start() {
    start(&state::claims, &batch::claims, claims_under_way_, claims_started_);
    start(&state::records, &batch::records, records_under_way_, records_started_);
  }

  template <class Entry>
  void start(std::deque<Entry> state::*waiting, std::vector<Entry> batch::*to, unsigned& under_way,
             steady::time_point& started) {
    auto carried = std::make_shared<batch>();
    {
      const std::lock_guard lock{mutex_};
      if ((this->*waiting).empty()) return;
      const bool are_stuck = steady::now() - started >= limits_.stuck_after;
      if (under_way > 0 && (!are_stuck || under_way >= limits_.most_at_once)) return start_later();
      ++under_way;
      started = steady::now();
      take(this->*waiting, (*carried).*to, limits_.most_in_batch);
    }
    commit(std::move(carried));
  }

  /// Under the lock: what waits is looked at again when those under way may be stuck.
  void start_later() {
    if (std::exchange(is_looking_later_, true)) return;
    look_later_.notify_one();
  }

  unsigned& under_way_like(const batch& carried) {
    return carried.claims.empty() ? records_under_way_ : claims_under_way_;
  }

  void commit(std::shared_ptr<batch> carried) {
    const auto intents = std::make_shared<const std::vector<intent>>(writes_of(carried->claims));
    const auto changes = std::make_shared<const std::vector<change>>(writes_of(carried->records));
    database_.transact(
        std::nullopt,
        [node_id = node_id_, intents, changes](transaction& tx) {
          answers made;
          made.changed = persistence::record(tx, node_id, *changes);
          made.claimed = persistence::claim(tx, node_id, *intents);
          return made;
        },
        [self = shared_from_this(), carried](result<answers> made) { self->finish(carried, std::move(made)); });
  }

  void finish(const std::shared_ptr<batch>& of, result<answers> made) {
    auto& carried = *of;
    if (made.has_error() && is_spoiled(made.error().kind) && carried.size() > 1) {
      auto part = split(carried);
      {
        const std::lock_guard lock{mutex_};
        ++under_way_like(*part);
      }
      commit(std::move(part));
      return commit(of);
    }
    const auto refused = made.has_error() ? 0 : refused_of(carried, *made);
    {
      const std::lock_guard lock{mutex_};
      --under_way_like(carried);
      ++counters_.commits;
      counters_.writes += carried.size();
      counters_.refused += refused;
    }
    if (made.has_error()) {
      spdlog::warn("the engine could not commit {} intents and {} outcomes and will try again: {}",
                   carried.claims.size(), carried.records.size(), made.error().detail);
      for (auto& each : carried.claims) each.done(ledger_answer::failed, std::nullopt);
      for (auto& each : carried.records) each.done(ledger_answer::failed);
    } else {
      answer_claims(carried.claims, made->claimed);
      answer_records(carried.records, made->changed);
    }
    start();
  }

  static std::uint64_t refused_of(const batch& asked, const answers& made) {
    return asked.size() - made.claimed.size() - made.changed.size();
  }

  static void answer_claims(std::vector<claim_entry>& asked, std::vector<claimed_content>& claimed) {
    std::unordered_map<base::uuid, claimed_content*> won;
    for (auto& content : claimed) won[content.delivery_id] = &content;
    for (auto& each : asked) {
      const auto found = won.find(each.write.delivery_id);
      if (found == won.end()) {
        each.done(ledger_answer::refused, std::nullopt);
      } else {
        each.done(ledger_answer::done, std::move(*found->second));
      }
    }
  }

  static void answer_records(std::vector<record_entry>& asked, const std::vector<base::uuid>& changed) {
    const std::unordered_set<base::uuid> done(changed.begin(), changed.end());
    for (auto& each : asked)
      each.done(done.contains(each.write.delivery_id) ? ledger_answer::done : ledger_answer::refused);
  }

  database& database_;
  base::uuid node_id_;
  options limits_;
  mutable std::mutex mutex_;
  // Two commits that lock the same parents for share at the same time cost PostgreSQL a multixact a row.
  unsigned claims_under_way_ = 0;
  unsigned records_under_way_ = 0;
  steady::time_point claims_started_{};  // the latest
  steady::time_point records_started_{};
  counters counters_;
  std::condition_variable look_later_;
  bool is_looking_later_ = false;
  bool stopping_ = false;
};

delivery_ledger::delivery_ledger(database& on, const base::uuid& node_id, options limits)
    : state_(std::make_shared<state>(on, node_id, limits)), watcher_([watched = state_] { watched->watch(); }) {}

delivery_ledger::~delivery_ledger() {
  state_->stop();
  watcher_.join();
}

void delivery_ledger::claim(intent what, claim_done done) {
  state_->add(&state::claims, claim_entry{std::move(what), std::move(done)});
}

void delivery_ledger::record(change what, record_done done) {
  state_->add(&state::records, record_entry{std::move(what), std::move(done)});
}

delivery_ledger::counters delivery_ledger::count() const { return state_->count(); }

}  // namespace pulse::persistence

#include "persistence/engine/delivery_ledger.hpp"

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
using kept_change = std::shared_ptr<const delivery_change>;
using record_entry = entry<kept_change, delivery_ledger::record_done>;

const base::uuid& delivery_of(const intent& write) { return write.delivery_id; }
const base::uuid& delivery_of(const kept_change& write) { return write->delivery_id; }

/// Writes of one kind, each with its callback.
template <class Write, class Done>
struct line {
  std::vector<Write> writes;
  std::vector<Done> told;  // as many

  /// The first of those that wait, at most so many, and of one delivery the first alone: a commit answers which
  /// deliveries it changed, and with two who ask for one, a channel's actor from before the company was lost and its
  /// successor, both would take the answer for theirs and send.
  void take(std::deque<entry<Write, Done>>& waiting, std::size_t most) {
    std::unordered_set<base::uuid> taken;
    std::vector<entry<Write, Done>> left;
    writes.reserve(most);
    told.reserve(most);
    for (; !waiting.empty() && writes.size() < most; waiting.pop_front()) {
      auto& each = waiting.front();
      if (!taken.insert(delivery_of(each.write)).second) {
        left.push_back(std::move(each));
        continue;
      }
      writes.push_back(std::move(each.write));
      told.push_back(std::move(each.done));
    }
    waiting.insert(waiting.begin(), std::make_move_iterator(left.begin()), std::make_move_iterator(left.end()));
  }

  /// Moves the second half out of it.
  line take_half() { return {half_of(writes), half_of(told)}; }

 private:
  template <class Item>
  static std::vector<Item> half_of(std::vector<Item>& all) {
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    std::vector<Item> half(std::make_move_iterator(middle), std::make_move_iterator(all.end()));
    all.erase(middle, all.end());
    return half;
  }
};

/// What one commit carries: intents, or outcomes.
struct batch {
  line<intent, delivery_ledger::claim_done> claims;
  line<kept_change, delivery_ledger::record_done> records;

  std::size_t size() const { return claims.writes.size() + records.writes.size(); }
};

/// What one commit answers.
struct answers {
  std::vector<claimed_content> claimed;
  std::vector<base::uuid> changed;
};

/// Takes half of a batch of several writes, so that one which spoils its commit spoils fewer others with it.
std::shared_ptr<batch> split(batch& whole) {
  auto part = std::make_shared<batch>();
  if (whole.claims.writes.empty()) {
    part->records = whole.records.take_half();
  } else {
    part->claims = whole.claims.take_half();
  }
  return part;
}

std::vector<const delivery_change*> to_record(const std::vector<kept_change>& kept) {
  std::vector<const delivery_change*> made(kept.size());
  std::transform(kept.begin(), kept.end(), made.begin(), [](const kept_change& each) { return each.get(); });
  return made;
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

}  // namespace

class delivery_ledger::state : public std::enable_shared_from_this<delivery_ledger::state> {
 public:
  state(database& on, const base::uuid& node_id, options limits) : database_(on), node_id_(node_id), limits_(limits) {}

  void add(claim_entry what) { add(claims_, &batch::claims, std::move(what)); }
  void add(record_entry what) { add(records_, &batch::records, std::move(what)); }

  counters count() const {
    const std::lock_guard lock{mutex_};
    return counters_;
  }

  /// Starts what waits for a time to pass, until `stop`: nothing else may happen that would start it.
  void watch() {
    std::unique_lock lock{mutex_};
    while (!stopping_) {
      if (look_at_ == never) {
        look_.wait(lock);
      } else if (steady::now() < look_at_) {
        look_.wait_until(lock, look_at_);
      } else {
        look_at_ = never;
        lock.unlock();
        start();
        lock.lock();
      }
    }
  }

  void stop() {
    {
      const std::lock_guard lock{mutex_};
      stopping_ = true;
    }
    look_.notify_one();
  }

 private:
  using steady = std::chrono::steady_clock;
  static constexpr auto never = steady::time_point::max();

  /// Intents or outcomes. Two commits that lock the same parents for share at the same time cost PostgreSQL a multixact
  /// a row, so there is one at a time.
  template <class Entry>
  struct lane {
    std::deque<Entry> waiting;
    unsigned under_way = 0;
    steady::time_point started{};  // the latest
    steady::time_point ended{};    // the latest
    std::size_t carried = 0;       // by that one
  };

  template <class Entry, class Line>
  void add(lane<Entry>& to, Line batch::*as, Entry what) {
    {
      const std::lock_guard lock{mutex_};
      to.waiting.push_back(std::move(what));
    }
    start(to, as);
  }

  /// Starts new commits: one at a time for intents and one for outcomes, and more while some are stuck.
  void start() {
    start(claims_, &batch::claims);
    start(records_, &batch::records);
  }

  template <class Entry, class Line>
  void start(lane<Entry>& from, Line batch::*as) {
    auto carried = std::make_shared<batch>();
    {
      const std::lock_guard lock{mutex_};
      if (from.waiting.empty()) return;
      const auto now = steady::now();
      if (const auto at = may_start_at(from); at > now) return look_at(at);
      ++from.under_way;
      from.started = now;
      ((*carried).*as).take(from.waiting, limits_.most_in_batch);
    }
    commit(std::move(carried));
  }

  /// Under the lock: when the lane may start another commit, as far as is known now.
  template <class Entry>
  steady::time_point may_start_at(const lane<Entry>& of) const {
    if (of.under_way >= limits_.most_at_once) return never;
    if (of.under_way > 0) return of.started + limits_.stuck_after;
    const bool gathers = of.carried >= limits_.gather_after && of.waiting.size() < limits_.gather_most && !stopping_;
    return gathers ? of.ended + limits_.gather_for : steady::time_point{};
  }

  /// Under the lock.
  void look_at(steady::time_point at) {
    if (at >= look_at_) return;
    look_at_ = at;
    look_.notify_one();
  }

  void commit(std::shared_ptr<batch> carried) {
    database_.transact(
        std::nullopt,
        [node_id = node_id_, carried](transaction& tx) {
          answers made;
          made.changed = persistence::record(tx, node_id, to_record(carried->records.writes));
          made.claimed = persistence::claim(tx, node_id, carried->claims.writes);
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
        ++(part->claims.writes.empty() ? records_.under_way : claims_.under_way);
      }
      commit(std::move(part));
      return commit(of);
    }
    count(carried, made);
    if (made.has_error()) {
      spdlog::warn("the engine could not commit {} intents and {} outcomes and will try again: {}",
                   carried.claims.writes.size(), carried.records.writes.size(), made.error().detail);
      for (auto& done : carried.claims.told) done(ledger_answer::failed, std::nullopt);
      for (auto& done : carried.records.told) done(ledger_answer::failed);
    } else {
      answer_claims(carried.claims, made->claimed);
      answer_records(carried.records, made->changed);
    }
    start();
  }

  void count(const batch& carried, const result<answers>& made) {
    const std::lock_guard lock{mutex_};
    carried.claims.writes.empty() ? end(records_, carried) : end(claims_, carried);
    ++counters_.commits;
    counters_.writes += carried.size();
    if (!made.has_error()) counters_.refused += carried.size() - made->claimed.size() - made->changed.size();
  }

  template <class Entry>
  static void end(lane<Entry>& of, const batch& carried) {
    --of.under_way;
    of.ended = steady::now();
    of.carried = carried.size();
  }

  static void answer_claims(line<intent, claim_done>& asked, std::vector<claimed_content>& claimed) {
    std::unordered_map<base::uuid, claimed_content*> won;
    for (auto& content : claimed) won[content.delivery_id] = &content;
    for (std::size_t i = 0; i < asked.writes.size(); ++i) {
      const auto found = won.find(asked.writes[i].delivery_id);
      if (found == won.end()) {
        asked.told[i](ledger_answer::refused, std::nullopt);
      } else {
        asked.told[i](ledger_answer::done, std::move(*found->second));
      }
    }
  }

  static void answer_records(line<kept_change, record_done>& asked, const std::vector<base::uuid>& changed) {
    const std::unordered_set<base::uuid> done(changed.begin(), changed.end());
    for (std::size_t i = 0; i < asked.writes.size(); ++i)
      asked.told[i](done.contains(asked.writes[i]->delivery_id) ? ledger_answer::done : ledger_answer::refused);
  }

  database& database_;
  base::uuid node_id_;
  options limits_;
  mutable std::mutex mutex_;
  lane<claim_entry> claims_;
  lane<record_entry> records_;
  counters counters_;
  std::condition_variable look_;
  steady::time_point look_at_ = never;
  bool stopping_ = false;
};

delivery_ledger::delivery_ledger(database& on, const base::uuid& node_id, options limits)
    : state_(std::make_shared<state>(on, node_id, limits)), watcher_([watched = state_] { watched->watch(); }) {}

delivery_ledger::~delivery_ledger() {
  state_->stop();
  watcher_.join();
}

void delivery_ledger::claim(intent what, claim_done done) {
  state_->add(claim_entry{std::move(what), std::move(done)});
}

void delivery_ledger::record(kept_change what, record_done done) {
  state_->add(record_entry{std::move(what), std::move(done)});
}

delivery_ledger::counters delivery_ledger::count() const { return state_->count(); }

}  // namespace pulse::persistence

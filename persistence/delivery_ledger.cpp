#include "persistence/delivery_ledger.hpp"

#include <algorithm>
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

/// What one commit carries.
struct batch {
  std::vector<claim_entry> claims;
  std::vector<record_entry> records;
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

  std::deque<claim_entry> claims;
  std::deque<record_entry> records;

 private:
  /// Starts a commit, if one may start and there is anything to commit.
  void start() {
    auto carried = std::make_shared<batch>();
    {
      const std::lock_guard lock{mutex_};
      if (under_way_ >= limits_.most_under_way || (claims.empty() && records.empty())) return;
      ++under_way_;
      take(claims, carried->claims, limits_.most_in_batch);
      take(records, carried->records, limits_.most_in_batch);
    }
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
        [self = shared_from_this(), carried](result<answers> made) { self->finish(*carried, std::move(made)); });
  }

  void finish(batch& carried, result<answers> made) {
    std::uint64_t refused = 0;
    if (made.has_error()) {
      spdlog::warn("the engine could not commit {} intents and {} outcomes and will try again: {}", carried.claims.size(),
                   carried.records.size(), made.error().detail);
      for (auto& each : carried.claims) each.done(ledger_answer::failed, std::nullopt);
      for (auto& each : carried.records) each.done(ledger_answer::failed);
    } else {
      refused += answer_claims(carried.claims, made->claimed);
      refused += answer_records(carried.records, made->changed);
    }
    {
      const std::lock_guard lock{mutex_};
      --under_way_;
      ++counters_.commits;
      counters_.writes += carried.claims.size() + carried.records.size();
      counters_.refused += refused;
    }
    start();
  }

  static std::uint64_t answer_claims(std::vector<claim_entry>& asked, std::vector<claimed_content>& claimed) {
    std::unordered_map<base::uuid, claimed_content*> won;
    for (auto& content : claimed) won[content.delivery_id] = &content;
    std::uint64_t refused = 0;
    for (auto& each : asked) {
      const auto found = won.find(each.write.delivery_id);
      if (found == won.end()) {
        ++refused;
        each.done(ledger_answer::refused, std::nullopt);
      } else {
        each.done(ledger_answer::done, std::move(*found->second));
      }
    }
    return refused;
  }

  static std::uint64_t answer_records(std::vector<record_entry>& asked, const std::vector<base::uuid>& changed) {
    const std::unordered_set<base::uuid> done(changed.begin(), changed.end());
    std::uint64_t refused = 0;
    for (auto& each : asked) {
      const bool is_done = done.contains(each.write.delivery_id);
      if (!is_done) ++refused;
      each.done(is_done ? ledger_answer::done : ledger_answer::refused);
    }
    return refused;
  }

  database& database_;
  base::uuid node_id_;
  options limits_;
  mutable std::mutex mutex_;
  unsigned under_way_ = 0;
  counters counters_;
};

delivery_ledger::delivery_ledger(database& on, const base::uuid& node_id, options limits)
    : state_(std::make_shared<state>(on, node_id, limits)) {}

delivery_ledger::~delivery_ledger() = default;

void delivery_ledger::claim(intent what, claim_done done) {
  state_->add(&state::claims, claim_entry{std::move(what), std::move(done)});
}

void delivery_ledger::record(change what, record_done done) {
  state_->add(&state::records, record_entry{std::move(what), std::move(done)});
}

delivery_ledger::counters delivery_ledger::count() const { return state_->count(); }

}  // namespace pulse::persistence

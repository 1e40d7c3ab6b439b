// The engine's store over rows in memory, which may be slow, silent or in doubt. One suite tests it and the database's.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "actors/system/store.hpp"
#include "tests/support/memory_database.hpp"

namespace pulse::support {

/// A node's way to the tables, which can be slow, silent or in doubt.
class memory_store final : public actors::store {
 public:
  /// What happens to a call.
  enum class mood {
    prompt,    // done, and answered at once
    slow,      // done at once, answered by `release`
    late,      // done and answered by `release`
    silent,    // not done; the answer is that the database did not answer
    in_doubt,  // done, and the answer is that the database did not answer
    refusing,  // claims only: not done, and refused
  };
  enum class call { take, past, load, claim, record, keep, content, tenants, enter, renew, hand_over, append_event };

  memory_store(memory_database& tables, const base::clock& clock, const base::uuid& node_id)
      : tables_(tables), clock_(clock), node_id_(node_id) {}

  /// From now on, until it is told otherwise.
  void become(call which, mood how) { moods_[which] = how; }
  /// The database is away, or back.
  void become(mood how);
  /// Carries out and answers what waits, in its order.
  void release();
  std::size_t waiting() const { return waiting_.size(); }
  /// Calls made so far.
  int count(call which) const { return counts_.contains(which) ? counts_.at(which) : 0; }
  int count() const;
  /// What the node's clock is from the server's.
  actors::clock_gap clock_gap;
  /// Lets go of what waits, unanswered: the process is gone.
  void abandon() { waiting_.clear(); }

  void take_tenant(const base::uuid& tenant_id, std::function<void(taken)> done) override;
  void load_past(const base::uuid& tenant_id, std::function<void(std::shared_ptr<past>)> done) override;
  void load_agenda(const base::uuid& tenant_id, std::int64_t fence, const persistence::agenda_part& part,
                   std::function<void(std::shared_ptr<persistence::agenda_rows>)> done) override;
  void claim(persistence::intent what, persistence::delivery_ledger::claim_done done) override;
  void record(std::shared_ptr<const persistence::delivery_change> what,
              persistence::delivery_ledger::record_done done) override;
  void keep_handles(persistence::intent of, persistence::attempt_handles handles,
                    std::function<void(bool)> done) override;
  void find_content(const base::uuid& tenant_id, const base::uuid& delivery_id,
                    std::function<void(std::shared_ptr<persistence::claimed_content>)> done) override;
  void tenants_with_work(base::timestamp until,
                         std::function<void(std::shared_ptr<std::vector<base::uuid>>)> done) override;
  void enter(std::function<void(entry_answer)> done) override;
  void renew_lease(int tenants, std::function<void(lease_answer)> done) override;
  void hand_over(const base::uuid& tenant_id, std::int64_t fence, const base::uuid& to,
                 std::function<void(bool)> done) override;
  void append_event(persistence::events::event what) override;
  void notify_owner(const base::uuid& node_id, const base::uuid& tenant_id) override;

 private:
  /// Does `what` and gives its value to `done`, as the mood is; `no_answer` is what `done` gets when nobody answers.
  template <class Value>
  void go(call which, std::function<Value()> what, std::function<void(Value)> done, Value no_answer);

  memory_database& tables_;
  const base::clock& clock_;
  base::uuid node_id_;
  std::map<call, mood> moods_;
  std::map<call, int> counts_;
  std::deque<std::function<void()>> waiting_;
};

}  // namespace pulse::support

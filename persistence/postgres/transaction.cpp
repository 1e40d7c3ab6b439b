#include "persistence/postgres/transaction.hpp"

#include <algorithm>
#include <exception>

#include "base/failpoint.hpp"

namespace pulse::persistence {

transaction::~transaction() { rollback(); }

void transaction::begin() {
  if (failed_) throw database_error{*failed_};
  if (begun_) return;
  on_.send_begin();
  begun_ = true;
  if (to_.tenant_id) on_.send_tenant(*to_.tenant_id);
  if (to_.guarded) on_.send(to_.guarded->what, to_.guarded->values);
}

rows transaction::execute_prepared(const statement& what) {
  // The parameters wait in the scratch, which `begin` must not touch.
  begin();
  on_.send(what, on_.scratch());
  return finish_batch(at_stake::nothing);
}

void transaction::queue_prepared(const statement& what) {
  begin();
  on_.send(what, on_.scratch());
  if (++queued_ >= max_queued) finish_batch(at_stake::nothing);
}

rows transaction::finish_batch(at_stake stake) {
  queued_ = 0;
  try {
    on_.sync(stake);
    if (stake == at_stake::commit) base::reach(base::failpoint::commit_sent);
    return on_.receive();
  } catch (const database_error& error) {
    failed_ = error.why();
    throw;
  }
}

void transaction::note_events(const base::uuid& tenant_id) {
  if (std::find(has_events_.begin(), has_events_.end(), tenant_id) == has_events_.end())
    has_events_.push_back(tenant_id);
}

void transaction::commit() {
  if (failed_) throw database_error{*failed_};
  if (!begun_) return;
  on_.send_commit();
  finish_batch(at_stake::commit);
  begun_ = false;
  base::reach(base::failpoint::after_commit);
}

void transaction::rollback() noexcept {
  if (!begun_ || on_.is_broken()) return;
  begun_ = false;
  try {
    on_.send_rollback();
    finish_batch(at_stake::nothing);
  } catch (const std::exception&) {
    // Queued statements may fail before the ROLLBACK does, which then is skipped with them: once more, alone.
    try {
      if (on_.is_broken()) return;
      on_.send_rollback();
      on_.sync(at_stake::nothing);
      on_.receive();
    } catch (const std::exception&) {
      on_.abandon();
    }
  }
}

}  // namespace pulse::persistence

// One SQL transaction, as a job of `database::transact` sees it.
#pragma once

#include <optional>
#include <vector>

#include "base/uuid.hpp"
#include "persistence/postgres/connection.hpp"
#include "persistence/postgres/row.hpp"
#include "persistence/postgres/statement.hpp"

namespace pulse::persistence {

/// Begins with its first statement: BEGIN, the tenant and the statement travel in one round trip; queued statements travel
/// with the next one that is executed, or with COMMIT. So a job that executes once and queues its writes costs two round
/// trips, and one that only queues costs one.
///
/// Used by one job on one pool thread. Throws database_error; a job lets it pass, and `database` rolls back.
class transaction {
 public:
  /// Statements queued beyond this are sent and checked at once.
  static constexpr std::size_t max_queued = 512;

  transaction(connection& on, const std::optional<base::uuid>& tenant_id) : on_(on), tenant_id_(tenant_id) {}
  ~transaction();
  transaction(const transaction&) = delete;
  transaction& operator=(const transaction&) = delete;

  /// Runs one statement and waits for its rows.
  template <class... A>
  rows execute(const statement& what, const A&... values) {
    on_.scratch().assign(values...);
    return execute_prepared(what);
  }

  /// Runs one statement with the next round trip. Only its failure is looked at, and thrown from there.
  template <class... A>
  void queue(const statement& what, const A&... values) {
    on_.scratch().assign(values...);
    queue_prepared(what);
  }

  /// For `database` and tests; a job neither commits nor rolls back. Nothing executed: nothing is sent.
  void commit();
  /// Never throws: a connection that cannot roll back is broken, and the server rolls back by itself.
  void rollback() noexcept;

  const std::optional<base::uuid>& tenant_id() const { return tenant_id_; }

  /// Events of this tenant were appended: when they are committed, `database::options::on_events` is told.
  void note_events(const base::uuid& tenant_id);
  const std::vector<base::uuid>& noted_events() const { return has_events_; }

 private:
  rows execute_prepared(const statement& what);
  void queue_prepared(const statement& what);
  void begin();
  rows finish_batch(at_stake stake);
  connection& on_;
  std::optional<base::uuid> tenant_id_;
  std::vector<base::uuid> has_events_;  // tenants, each once
  std::size_t queued_ = 0;
  bool begun_ = false;             // BEGIN was sent and neither COMMIT nor ROLLBACK answered
  std::optional<failure> failed_;  // a job that swallows a failure cannot commit
};

}  // namespace pulse::persistence

// One SQL transaction, as a job of `database::transact` sees it.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/uuid.hpp"
#include "persistence/postgres/connection.hpp"
#include "persistence/postgres/row.hpp"
#include "persistence/postgres/statement.hpp"

namespace pulse::persistence {

/// A statement that travels behind the tenant's, in the round trip of the first of the work: when it fails, nothing of
/// the work happens.
struct guard {
  statement what;
  parameters values;
};

/// What work is bound to: a tenant, or none, and a guard where there is one.
struct binding {
  binding(std::nullopt_t) {}
  binding(const base::uuid& tenant) : tenant_id(tenant) {}
  binding(std::optional<base::uuid> tenant, std::shared_ptr<const guard> by = nullptr)
      : tenant_id(tenant), guarded(std::move(by)) {}

  std::optional<base::uuid> tenant_id;
  std::shared_ptr<const guard> guarded;
};

/// Begins with its first statement: BEGIN, the tenant and the statement travel in one round trip; queued statements
/// travel with the next one that is executed, or with COMMIT. So a job that executes once and queues its writes costs
/// two round trips, and one that only queues costs one.
///
/// Used by one job on one pool thread. Throws database_error; a job lets it pass, and `database` rolls back.
class transaction {
 public:
  /// Statements queued beyond this are sent and checked at once.
  static constexpr std::size_t max_queued = 512;

  transaction(connection& on, binding to) : on_(on), to_(std::move(to)) {}
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

  const std::optional<base::uuid>& tenant_id() const { return to_.tenant_id; }

  /// Whether anything was sent, the guard before it.
  bool has_begun() const { return begun_; }

  /// Events of this tenant were appended: when they are committed, `database::options::on_events` is told.
  void note_events(const base::uuid& tenant_id);
  const std::vector<base::uuid>& noted_events() const { return has_events_; }

 private:
  rows execute_prepared(const statement& what);
  void queue_prepared(const statement& what);
  void begin();
  rows finish_batch(at_stake stake);
  connection& on_;
  binding to_;
  std::vector<base::uuid> has_events_;  // tenants, each once
  std::size_t queued_ = 0;
  bool begun_ = false;             // BEGIN was sent and neither COMMIT nor ROLLBACK answered
  std::optional<failure> failed_;  // a job that swallows a failure cannot commit
};

}  // namespace pulse::persistence

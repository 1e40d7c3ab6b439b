// One connection to PostgreSQL, in libpq's pipeline mode: statements are written together and answered together.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/failure.hpp"
#include "persistence/postgres/row.hpp"
#include "persistence/postgres/statement.hpp"

struct pg_conn;  // libpq's PGconn

namespace pulse::persistence {

/// The role of a connection.
enum class role {
  login,    // the user of the URL: migrations and seeds
  request,  // pulse_api: row security binds it to the tenant of the transaction
  engine,   // pulse_engine: works for all tenants, guarded by fences
};
BOOST_DESCRIBE_ENUM(role, login, request, engine)

/// `postgresql://…` as libpq reads it, from any of the forms postgresql://, postgres://, postgresql+asyncpg://,
/// postgresql+psycopg2:// (any driver). The failure does not repeat the URL, which may hold a password.
result<std::string> to_libpq_url(std::string_view url);

/// What is in doubt when the connection breaks before the answer to a batch.
enum class at_stake {
  nothing,  // the batch commits nothing: it may be run again
  commit,   // the batch commits: whether it did is then in doubt
};

/// Blocking; used by one thread at a time. Every failure is thrown as database_error; after one of kind unavailable or
/// in_doubt the connection is broken and of no more use.
///
/// A batch: any number of `send…`, then `sync()`, then `receive()`: one write and one read. Several batches may be sent
/// before the first is received. Outside BEGIN … COMMIT a batch is one transaction.
class connection {
 public:
  struct options {
    std::string url;
    role as = role::request;
    std::string application_name = "pulse";
    std::chrono::milliseconds connect_timeout{2000};
    /// Per statement, enforced by the server; a connection that is silent for 5 s longer counts as lost. 0: none.
    std::chrono::milliseconds statement_timeout{10000};
  };

  /// Connects. Unavailable when there is no server, it refuses the login, or the role does not exist yet.
  explicit connection(const options& how);
  ~connection();
  connection(const connection&) = delete;
  connection& operator=(const connection&) = delete;

  void send_begin();
  /// Sets `pulse.tenant_id` until the end of the transaction.
  void send_tenant(const base::uuid& tenant_id);
  void send(const statement& what, const parameters& values);
  void send_commit();
  void send_rollback();

  /// A `parameters` to fill for the next `send`, so that its memory is reused.
  parameters& scratch() { return scratch_; }

  /// Ends the batch and writes everything out. `stake` is what a loss of the connection would put in doubt.
  void sync(at_stake stake);
  /// Reads the answers to the oldest batch that was synced. Gives the last statement's; throws the first failure.
  rows receive();

  /// Runs a script of any number of statements without parameters, such as a migration.
  void run_script(std::string_view sql, std::string_view name);

  bool is_broken() const { return broken_; }
  /// Gives the connection up, because its state is unknown.
  void abandon() { broken_ = true; }
  /// Checks, without waiting, whether the server has closed the connection.
  bool has_died();

 private:
  /// A statement on this connection. Prepared for good once the server said so: a rollback does not undo it.
  struct prepared {
    std::string name;
    std::string_view sql;
    enum class stage { unknown, sent, ready } at = stage::unknown;
  };
  /// One answer to come, in the order of sending. `of` is null for the end of a batch.
  struct answer {
    enum class kind { preparation, statement, end } what;
    prepared* of;
  };
  struct close {
    void operator()(pg_conn* connection) const;
  };

  void connect(const options& how);
  void set_up(const options& how);
  prepared& find(const statement& what);
  /// As libpq takes them; without lengths all of them are text.
  struct values_to_send {
    std::size_t count = 0;
    const char* const* values = nullptr;
    const int* lengths = nullptr;
    const int* are_binary = nullptr;
  };
  void send_values(const statement& what, const values_to_send& given, at_stake stake = at_stake::nothing);
  void flush(at_stake stake);
  /// Waits for the socket; false after the silence limit.
  bool wait(short events) const;
  pg_result* next_result(at_stake stake);
  void take_answer(const answer& expected, at_stake stake, rows& last, std::optional<database_error>& first);
  void take_end(at_stake stake, std::optional<database_error>& first);
  /// The error that `result` is, if it is one. Marks the connection broken where it cannot go on.
  std::optional<database_error> error_of(const pg_result* result, std::string_view name, at_stake stake);
  database_error lost(at_stake stake, std::string_view detail);

  std::unique_ptr<pg_conn, close> handle_;
  std::unordered_map<std::string_view, std::unique_ptr<prepared>> prepared_;
  std::deque<answer> expected_;
  std::deque<at_stake> stakes_;  // of the batches that were synced
  parameters scratch_;
  std::chrono::milliseconds silence_limit_;  // negative: none
  std::chrono::steady_clock::time_point last_answer_;
  bool broken_ = false;
};

}  // namespace pulse::persistence

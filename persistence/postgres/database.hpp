// The door to PostgreSQL: a bounded pool of threads, each with one connection, that run jobs in transactions.
//
// A caller never blocks: it hands over a job and a `done`, and `done` is called with a result on the pool's thread (or
// at once, on the caller's, when the queue is full or the pool is stopping). Coroutines and actors post from there to
// where they live. What a `done` asks for first is taken by its own connection when it returns, unless another is free
// before.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/uuid.hpp"
#include "persistence/postgres/connection.hpp"
#include "persistence/postgres/failure.hpp"
#include "persistence/postgres/row.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/postgres/work.hpp"

namespace pulse::persistence {

class pool;

class database {
 public:
  struct options {
    std::string url;
    unsigned connections = 4;
    /// Connections that one tenant may hold at one time; 0: all. With it, tenants that wait take turns.
    unsigned connections_per_tenant = 0;
    /// How far the pool's threads stand back behind others for the processor, 0 to 19 (nice(2)).
    int niceness = 0;
    /// Jobs that may wait for a connection; further ones fail as overloaded. With `connections_per_tenant`, one
    /// tenant's are half of them at most.
    std::size_t queue_limit = 1024;
    /// A job that waited longer fails as timeout and never runs.
    std::chrono::milliseconds queue_timeout{5000};
    std::chrono::milliseconds connect_timeout{2000};
    std::chrono::milliseconds statement_timeout{10000};
    role as = role::request;
    std::string application_name = "pulse";
    /// Run on every new connection before it takes work, and rolled back: what PostgreSQL prepares once a connection
    /// (plans, caches) is then not paid for by the first post. With it, connections are made at the start instead of on
    /// first use.
    std::function<void(transaction&)> warm_up{};
    /// Called on a pool thread with every tenant whose events a job has committed (persistence/events), before its
    /// `done`.
    std::function<void(const base::uuid&)> on_events{};
  };

  /// What happened since the start, for metrics.
  struct counters {
    std::uint64_t jobs = 0;        // taken from the queue
    std::uint64_t failed = 0;      // of those, answered with a failure
    std::uint64_t overloaded = 0;  // refused: the queue was full
    std::uint64_t expired = 0;     // waited longer than queue_timeout
    std::uint64_t retried = 0;     // repeated after a serialization failure, a deadlock or a lost connection
    std::uint64_t connects = 0;    // connections made
    std::uint64_t connect_failures = 0;
    std::uint64_t waited_us = 0;       // sum of the time jobs spent in the queue
    std::size_t queue_depth = 0;       // now
    std::size_t connections_busy = 0;  // now
  };

  /// How often a job is run again after a serialization failure (40001) or a deadlock (40P01).
  static constexpr int max_retries = 3;
  /// How often a job is run again after its connection was lost before COMMIT.
  static constexpr int max_retries_when_lost = 1;

  /// Starts the threads. Connects on first use, so it never fails for want of a server.
  explicit database(options how);
  /// Calls `stop`.
  ~database();
  database(const database&) = delete;
  database& operator=(const database&) = delete;

  /// Runs `job(transaction&) -> R` in one transaction, commits, and calls `done(result<R>)` (`result<void>` for void).
  ///
  /// `job` must be repeatable: it is run again after a serialization failure, a deadlock or a connection that was lost
  /// before COMMIT (`max_retries…`); so it changes nothing but the database and what it returns. A database_error that
  /// it throws rolls back and is the result; any other exception is a bug. When R is itself a base::result that holds
  /// an error the transaction is rolled back, and R is delivered. With a tenant, row security binds the transaction to
  /// it.
  template <class Job, class Done>
  void transact(binding to, Job job, Done done) {
    submit(std::make_unique<detail::transaction_work<Job, Done>>(std::move(to), std::move(job), std::move(done)));
  }

  /// One statement in one round trip and one transaction of its own: for reads, and for writes of a single statement.
  /// Calls `done(result<rows>)`. Reading a cell in `done` may throw: prefer `query_all` and `query_first`.
  template <class Done, class... A>
  void query(binding to, const statement& what, Done done, const A&... values) {
    auto work = std::make_unique<detail::query_work<Done>>(std::move(to), what, std::move(done));
    if (const auto wrong = work->assign(values...)) return work->fail(*wrong);
    submit(std::move(work));
  }

  /// As `query`, read into described structs: calls `done(result<std::vector<T>>)`.
  template <class T, class Done, class... A>
  void query_all(binding to, const statement& what, Done done, const A&... values) {
    query(std::move(to), what, detail::reading<Done, std::vector<T>, detail::read_all<T>>{std::move(done)}, values...);
  }

  /// As `query`, read into a described struct: calls `done(result<std::optional<T>>)`, empty when there is no row.
  template <class T, class Done, class... A>
  void query_first(binding to, const statement& what, Done done, const A&... values) {
    query(std::move(to), what, detail::reading<Done, std::optional<T>, detail::read_first<T>>{std::move(done)},
          values...);
  }

  /// `SELECT 1`: calls `done(result<std::chrono::microseconds>)` with the time from the call to the answer.
  template <class Done>
  void ping(Done done) {
    const auto start = std::chrono::steady_clock::now();
    query(std::nullopt, select_one, [start, done = std::move(done)](result<rows> answer) mutable {
      if (answer.has_error()) return done(result<std::chrono::microseconds>{answer.error()});
      const auto took = std::chrono::steady_clock::now() - start;
      done(result<std::chrono::microseconds>{std::chrono::duration_cast<std::chrono::microseconds>(took)});
    });
  }

  // --- blocking: for main, seeds and tests; never on a thread of this pool, an io thread or an actor ---

  template <class Job>
  auto transact_now(binding to, Job job) {
    detail::answer_to_come<std::invoke_result_t<Job&, transaction&>> answer;
    transact(std::move(to), std::move(job), answer.receiver());
    return answer.get();
  }

  template <class... A>
  result<rows> query_now(binding to, const statement& what, const A&... values) {
    detail::answer_to_come<rows> answer;
    query(std::move(to), what, answer.receiver(), values...);
    return answer.get();
  }

  result<std::chrono::microseconds> ping_now();

  counters count() const;

  /// Accepts no new jobs, finishes waiting ones, ends the threads. Must not be called from a job or a `done`.
  void stop();

 private:
  static constexpr statement select_one{"select_one", "SELECT 1"};

  void submit(std::unique_ptr<detail::work> work);

  std::unique_ptr<pool> pool_;
};

}  // namespace pulse::persistence

// Confirms the standings of many members at once, on a connection that an event loop watches: a request that needs the
// database for nothing else then waits for one short statement, and for no other thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/uuid.hpp"
#include "persistence/postgres/failure.hpp"

struct pg_conn;  // libpq's PGconn

namespace pulse::persistence {

/// A member, and the version of their standing by which they were let in (persistence/people/standing.hpp).
struct standing_claim {
  base::uuid tenant_id;
  base::uuid member_id;
  std::int64_t version = 0;
};

/// One connection, which runs one statement and no other. It acts as the engine, because one answer is of members of
/// many companies; what it tells is whether a version is the one of now. Used by one thread at a time. After `broken`
/// it is of no more use.
class standing_confirmer {
 public:
  struct options {
    std::string url;
    std::string application_name = "pulse api, confirming";
    std::chrono::seconds connect_timeout{2};
    /// Enforced by the server; whoever waits for an answer allows a little more.
    std::chrono::milliseconds statement_timeout{2'000};
  };
  enum class progress { waiting, answered, broken };

  /// Claims that are asked at once.
  static constexpr std::size_t claims_max = 256;

  /// Blocks until there is a connection, or until `connect_timeout`.
  static result<std::unique_ptr<standing_confirmer>> connect(const options& how);
  ~standing_confirmer();
  standing_confirmer(const standing_confirmer&) = delete;
  standing_confirmer& operator=(const standing_confirmer&) = delete;

  /// To be watched for what can be read. Stays the same, and this object's.
  int socket() const;
  /// Whether the server has neither hung up nor said anything meanwhile. Not while it is asked something.
  bool is_alive();

  /// Sends at most `claims_max` claims, when nothing is under way. False: broken. The answers are newer than this call.
  bool ask(std::span<const standing_claim> claims);
  /// Takes what has come, without waiting. `answered` gives for each claim, in their order, whether it holds.
  progress receive(std::vector<bool>& holds);

 private:
  struct close {
    void operator()(pg_conn* connection) const;
  };
  explicit standing_confirmer(pg_conn* connection);

  std::unique_ptr<pg_conn, close> handle_;
  std::vector<bool> found_;
  bool is_good_ = false;  // the answer so far
};

}  // namespace pulse::persistence

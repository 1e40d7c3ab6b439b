// Why the database did not do what it was asked: the one error type of this room.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include <boost/describe.hpp>

#include "base/result.hpp"

namespace pulse::persistence {

enum class failure_kind {
  unavailable,  // no connection, or it was lost before anything was committed: nothing happened
  overloaded,   // the pool's queue is full: nothing happened
  timeout,      // waited too long in the queue or in the statement: nothing happened
  conflict,     // a unique key exists already (`constraint` names it), or other writers won too often
  violated,     // a CHECK, NOT NULL or foreign key refused the row (`constraint` names it, or the column)
  in_doubt,     // the connection was lost between COMMIT and its reply: it may have happened or not
  bug,          // anything else: the program and the schema do not fit together
};
BOOST_DESCRIBE_ENUM(failure_kind, unavailable, overloaded, timeout, conflict, violated, in_doubt, bug)

/// What a kind means, as a sentence for an operator.
std::string_view sentence(failure_kind kind);

/// `detail` is for the log (statement name, SQLSTATE, the server's words) and never holds a parameter's value.
struct failure {
  failure_kind kind = failure_kind::bug;
  std::string detail;
  std::string constraint;
};

template <class T>
using result = base::result<T, failure>;

/// Carries a failure out of a job. Stays inside this room: `database` turns it into a result.
class database_error : public std::exception {
 public:
  explicit database_error(failure why, bool repeatable = false) : why_(std::move(why)), repeatable_(repeatable) {}
  const failure& why() const noexcept { return why_; }
  /// Nothing was committed, and another try may well succeed.
  bool is_repeatable() const noexcept { return repeatable_; }
  const char* what() const noexcept override { return why_.detail.c_str(); }

 private:
  failure why_;
  bool repeatable_;
};

/// What the server's error report says. Absent fields are empty.
struct error_report {
  std::string_view sqlstate;
  std::string_view message;
  std::string_view constraint;
  std::string_view column;
};

/// The failure that a statement's error is (PostgreSQL 15, appendix A). `statement` is its name.
failure failure_of(std::string_view statement, const error_report& report);
/// Whether the same transaction, run again, may succeed: serialization failures and deadlocks.
bool is_repeatable(std::string_view sqlstate);

}  // namespace pulse::persistence

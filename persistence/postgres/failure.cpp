#include "persistence/postgres/failure.hpp"

namespace pulse::persistence {

std::string_view sentence(failure_kind kind) {
  switch (kind) {
    case failure_kind::unavailable: return "The database cannot be reached.";
    case failure_kind::overloaded: return "More is asked of the database than it can do; try again shortly.";
    case failure_kind::timeout: return "The database took too long.";
    case failure_kind::conflict: return "Another writer was first.";
    case failure_kind::violated: return "The database's rules refuse this value.";
    case failure_kind::in_doubt:
      return "The connection was lost while committing: whether it happened must be looked up.";
    case failure_kind::bug: return "The program and the database's schema do not fit together.";
  }
  return "";
}

namespace {

failure_kind kind_of(std::string_view sqlstate) {
  const auto is = [sqlstate](std::string_view code) { return sqlstate == code; };
  const auto starts = [sqlstate](std::string_view prefix) { return sqlstate.starts_with(prefix); };
  if (is("23505") || is("23P01") || is_repeatable(sqlstate)) return failure_kind::conflict;
  if (is("23514") || is("23503") || is("23502")) return failure_kind::violated;
  if (is("57014") || is("55P03")) return failure_kind::timeout;  // cancelled by statement_timeout; lock_timeout
  if (starts("08") || starts("57P") || starts("53") || is("25P03")) return failure_kind::unavailable;
  return failure_kind::bug;
}

}  // namespace

bool is_repeatable(std::string_view sqlstate) { return sqlstate == "40001" || sqlstate == "40P01"; }

failure failure_of(std::string_view statement, const error_report& report) {
  std::string detail{statement};
  detail += ": SQLSTATE ";
  detail += report.sqlstate;
  // The messages of class 22 (data exception) quote the value: 'invalid input syntax for type uuid: "…"'.
  if (!report.sqlstate.starts_with("22")) {
    detail += ": ";
    detail += report.message;
  }
  return {kind_of(report.sqlstate), std::move(detail),
          std::string{report.constraint.empty() ? report.column : report.constraint}};
}

}  // namespace pulse::persistence

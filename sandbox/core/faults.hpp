// Faults on demand: what happens to which requests, and how often.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include "base/result.hpp"
#include "http/server/message.hpp"

namespace pulse::sandbox {

/// The effect on a request. "Done" means that the platform executes the request and the journal records it.
enum class fault_kind {
  slow,                   // done; the answer comes `ms` later
  late,                   // nothing happens for `ms`; then it is done and answered
  status,                 // not done; answered with `status` (and `retry_after` seconds)
  accept_then_drop,       // done; the connection ends without a byte of an answer
  drop_before,            // not done; the connection ends without a byte of an answer
  accept_then_500,        // done; answered 500
  empty_200,              // not done; answered 200 without a body
  accept_then_empty_200,  // done; answered 200 without a body
  cut,                    // done; only the first `bytes` bytes of the answer (head included) are sent
  pending,                // done; its object is processed for `ms` (Instagram's containers)
  fails_processing,       // done; the processing of its object ends in an error
};
BOOST_DESCRIBE_ENUM(fault_kind, slow, late, status, accept_then_drop, drop_before, accept_then_500, empty_200,
                    accept_then_empty_200, cut, pending, fails_processing)

/// Selects requests: every given condition must hold.
struct fault_match {
  std::optional<std::string> method;         // "POST"
  std::optional<std::string> path_prefix;    // "/2/tweets"
  std::optional<std::string> account;        // the platform's id of the account
  std::optional<std::string> body_contains;  // in the raw body
};
BOOST_DESCRIBE_STRUCT(fault_match, (), (method, path_prefix, account, body_contains))

/// The body of `POST /_sandbox/faults`.
struct fault_command {
  std::string platform;
  fault_kind kind = fault_kind::slow;
  std::optional<fault_match> match;         // default: every request to the platform
  std::optional<std::int64_t> count;        // how many requests it strikes; 0: until it is deleted; default: 1
  std::optional<std::int64_t> skip;         // how many matching requests pass first
  std::optional<std::int64_t> ms;           // slow, late, pending: 0 to 600,000
  std::optional<std::int64_t> status;       // status: 400 to 599
  std::optional<std::int64_t> retry_after;  // status: seconds, 0 to 86,400
  std::optional<std::int64_t> bytes;        // cut: 0 to 1,000,000; default: 40
};
BOOST_DESCRIBE_STRUCT(fault_command, (), (platform, kind, match, count, skip, ms, status, retry_after, bytes))

/// An active fault.
struct fault {
  std::string id;
  fault_command command;
  std::int64_t struck = 0;
  std::int64_t skipped = 0;
};

/// Why a fault was refused, as the end of a sentence.
struct fault_problem {
  std::string sentence;
};

/// The active faults in order; the first match strikes.
class fault_list {
 public:
  /// The added fault, or why the command is invalid.
  base::result<fault, fault_problem> add(fault_command command);
  /// False if there is no fault with this id.
  bool remove(const std::string& id);
  void clear() { faults_.clear(); }
  boost::json::array to_json() const;

  /// The fault that strikes this request, counted; nothing if none does.
  std::optional<fault> strike(std::string_view platform, const http::server::request& request,
                              const std::string& account);

 private:
  std::vector<fault> faults_;
  std::uint64_t next_id_ = 1;
};

}  // namespace pulse::sandbox

// Errors as clients see them: problem documents (RFC 9457), the same for every refusal of the front door.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "http/server/message.hpp"
#include "persistence/postgres/failure.hpp"
#include "persistence/secrets/password_hasher.hpp"

namespace pulse::http {

/// One thing that is wrong with a request: in the body at a JSON Pointer, or with a parameter of the path or the query.
struct field_error {
  std::optional<std::string> pointer = {};    // "/variants/2/text"; "" is the whole body
  std::optional<std::string> parameter = {};  // "limit"
  std::string detail = {};                    // the end of a sentence: "must not be empty"
};
BOOST_DESCRIBE_STRUCT(field_error, (), (pointer, parameter, detail))

/// Why a request is refused. `detail` is a sentence for a person that says what to do next; `code` is the
/// same for programs, and never changes its meaning.
struct problem {
  int status = 500;
  std::string code = {};
  std::string detail = {};
  std::vector<field_error> errors = {};
  std::vector<server::header> headers = {};  // Retry-After, Allow, WWW-Authenticate
  std::string cause = {};                    // for the log only, never rendered
  std::string constraint = {};  // of a database's conflict, so that a handler can tell which; never rendered
};

/// A value, or the problem that is answered instead. A job of a transaction that gives the problem rolls back.
template <class T>
using result = base::result<T, problem>;

namespace problems {

problem malformed_json(std::string_view what);
problem unsupported_media_type();
problem invalid_fields(std::vector<field_error> errors);
/// For one field that only the handler can judge, such as an id in the body that is of no project here.
problem invalid_field(std::string_view pointer, std::string_view detail);
problem unauthenticated(std::string_view code, std::string_view detail);
problem forbidden(std::string_view code, std::string_view detail);
/// `what` in the words of the API: "post". A foreign tenant's answers exactly the same.
problem not_found(std::string_view what);
problem method_not_allowed(std::string_view allowed);
problem conflict(std::string_view code, std::string_view detail);
/// 412: what an If-Match was sent for is no longer as its author read it. `what` in the words of the API: "post".
problem changed_meanwhile(std::string_view what);
problem too_many_requests(std::string_view policy, std::chrono::seconds retry_after);
problem unavailable(std::string_view code, std::string_view detail, std::chrono::seconds retry_after);
problem internal(std::string_view cause);
/// Handlers map a `conflict` that they expect by its constraint first; this is for what is left.
problem of(const persistence::failure& why);
problem of(persistence::hashing_failure why);
/// What the generic server refuses by itself (head parser, limits, time-outs).
problem of_refusal(int status, std::string_view title, std::string_view detail);

}  // namespace problems

/// The response: application/problem+json with {type, title, status, detail, instance, request_id, code, errors}.
/// `path` is the request's, "" when it is not known.
server::response render(const problem& what, std::string_view path, std::string_view request_id);

}  // namespace pulse::http

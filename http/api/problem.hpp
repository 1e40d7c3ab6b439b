// Errors as clients see them: problem documents (RFC 9457) for every refusal.
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

/// One error of a request: in the body at a JSON Pointer, or in a parameter of the path or the query.
struct field_error {
  std::optional<std::string> pointer = {};    // "/variants/2/text"; "" is the whole body
  std::optional<std::string> parameter = {};  // "limit"
  std::string detail = {};                    // the end of a sentence: "must not be empty"
};
BOOST_DESCRIBE_STRUCT(field_error, (), (pointer, parameter, detail))

/// The reason of a refusal. `detail` is a sentence for a person that says what to do next; `code` is for programs, and
/// never changes its meaning.
struct problem {
  int status = 500;
  std::string code = {};
  std::string detail = {};
  std::vector<field_error> errors = {};
  std::vector<server::header> headers = {};  // Retry-After, Allow, WWW-Authenticate
  std::string cause = {};                    // for the log only, never rendered
  std::string constraint = {};               // the constraint of a database conflict, for the handler; never rendered
};

/// A value, or the problem to answer instead. A job whose result is the problem rolls back.
template <class T>
using result = base::result<T, problem>;

namespace problems {

problem malformed_json(std::string_view what);
problem unsupported_media_type();
problem invalid_fields(std::vector<field_error> errors);
/// For one field that only the handler can check, such as an id in the body that belongs to no project here.
problem invalid_field(std::string_view pointer, std::string_view detail);
problem unauthenticated(std::string_view code, std::string_view detail);
problem forbidden(std::string_view code, std::string_view detail);
/// `what` is the API's word for it: "post". The answer is the same for an object of a foreign tenant.
problem not_found(std::string_view what);
problem method_not_allowed(std::string_view allowed);
problem conflict(std::string_view code, std::string_view detail);
/// 412: the object of an If-Match is no longer as its author read it. `what` is the API's word for it: "post".
problem changed_meanwhile(std::string_view what);
problem too_many_requests(std::string_view policy, std::chrono::seconds retry_after);
problem unavailable(std::string_view code, std::string_view detail, std::chrono::seconds retry_after);
problem internal(std::string_view cause);
/// Handlers first map the `conflict`s that they expect by their constraint; this is for the rest.
problem of(const persistence::failure& why);
problem of(persistence::hashing_failure why);
/// A refusal by the generic server (head parser, limits, time-outs).
problem of_refusal(int status, std::string_view title, std::string_view detail);

}  // namespace problems

/// The response: application/problem+json with {type, title, status, detail, instance, request_id, code, errors}.
/// `path` is the request's, "" if unknown.
server::response render(const problem& what, std::string_view path, std::string_view request_id);

}  // namespace pulse::http

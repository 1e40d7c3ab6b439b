#include "http/api/problem.hpp"

#include <fmt/core.h>

#include "domain/calendar/time_words.hpp"
#include "domain/explaining/sentence.hpp"

namespace pulse::http {

namespace {

constexpr std::chrono::seconds retry_soon{1};

problem make(int status, std::string_view code, std::string_view detail) {
  return {.status = status, .code = std::string{code}, .detail = std::string{detail}};
}

problem make_retry(int status, std::string_view code, std::string_view detail, std::chrono::seconds after) {
  auto made = make(status, code, detail);
  made.headers.push_back({"retry-after", std::to_string(std::max<std::int64_t>(1, after.count()))});
  return made;
}

/// "Invalid fields" for "invalid_fields": the title is the same for every occurrence of a code.
std::string title_of(const problem& what) {
  if (what.code.empty()) return std::string{server::reason(what.status)};
  std::string title = what.code;
  std::replace(title.begin(), title.end(), '_', ' ');
  if (title[0] >= 'a' && title[0] <= 'z') title[0] = static_cast<char>(title[0] - 'a' + 'A');
  return title;
}

std::string type_of(const problem& what) {
  if (what.code.empty()) return "about:blank";
  if (what.code == "quota_exceeded") return "https://iana.org/assignments/http-problem-types#quota-exceeded";
  return "urn:pulse:problem:" + what.code;
}

/// "header_too_large" for "Header too large".
std::string to_code(std::string_view title) {
  std::string code;
  for (const char c : title) {
    if (c >= 'A' && c <= 'Z') {
      code += static_cast<char>(c - 'A' + 'a');
    } else {
      code += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
    }
  }
  return code;
}

void write_field_error(std::string& out, const field_error& error) {
  out += '{';
  if (error.pointer) {
    out += "\"pointer\":";
    base::json::write_string(out, *error.pointer);
    out += ',';
  }
  if (error.parameter) {
    out += "\"parameter\":";
    base::json::write_string(out, *error.parameter);
    out += ',';
  }
  out += "\"detail\":";
  base::json::write_string(out, domain::in_reading_order(error.detail));
  out += '}';
}

}  // namespace

namespace problems {

problem malformed_json(std::string_view what) {
  auto made = make(400, "malformed_json", fmt::format("The body {}. Send one JSON document (RFC 8259).", what));
  made.errors.push_back({.pointer = "", .detail = std::string{what}});
  return made;
}

problem unsupported_media_type() {
  return make(415, "unsupported_media_type", "The body must be JSON: send it with `Content-Type: application/json`.");
}

problem invalid_fields(std::vector<field_error> errors) {
  auto made = make(422, "invalid_fields", "");
  const auto& first = errors.front();
  const auto place = first.parameter                            ? "The parameter " + *first.parameter
                     : !first.pointer || first.pointer->empty() ? std::string{"The body"}
                                                                : "The field " + *first.pointer;
  made.detail = fmt::format("{} {}. Correct {} and send the request again.", place, first.detail,
                            errors.size() == 1 ? "it" : fmt::format("the {} errors listed", errors.size()));
  made.errors = std::move(errors);
  return made;
}

problem invalid_field(std::string_view pointer, std::string_view detail) {
  return invalid_fields({{.pointer = std::string{pointer}, .detail = std::string{detail}}});
}

problem unauthenticated(std::string_view code, std::string_view detail) {
  auto made = make(401, code, detail);
  const bool token_refused = code == "invalid_token" || code == "expired_token";
  made.headers.push_back({"www-authenticate", token_refused ? R"(Bearer realm="pulse", error="invalid_token")"
                                                            : R"(Bearer realm="pulse")"});
  return made;
}

problem forbidden(std::string_view code, std::string_view detail) { return make(403, code, detail); }

problem not_found(std::string_view what) {
  return make(404, "not_found", fmt::format("There is no such {} here. Check the id in the address.", what));
}

problem method_not_allowed(std::string_view allowed) {
  auto made = make(405, "method_not_allowed",
                   fmt::format("This address does not support that method. It supports: {}.", allowed));
  made.headers.push_back({"allow", std::string{allowed}});
  return made;
}

problem conflict(std::string_view code, std::string_view detail) { return make(409, code, detail); }

problem too_many_requests(std::string_view policy, std::chrono::seconds retry_after) {
  return make_retry(
      429, "quota_exceeded",
      fmt::format("Too many requests ({}). Wait {} and send it again.", policy, domain::format_length(retry_after)),
      retry_after);
}

problem changed_meanwhile(std::string_view what) {
  return {.status = 412,
          .code = "changed_meanwhile",
          .detail = fmt::format(
              "The {} was changed after you read it. Read it again, and send your change with its new ETag.", what)};
}

problem unavailable(std::string_view code, std::string_view detail, std::chrono::seconds retry_after) {
  return make_retry(503, code, detail, retry_after);
}

problem internal(std::string_view cause) {
  auto made = make(500, "internal_error",
                   "Something went wrong on our side. Try again; if it happens again, report it with the request_id.");
  made.cause = cause;
  return made;
}

problem of(const persistence::failure& why) {
  using kind = persistence::failure_kind;
  problem made;
  switch (why.kind) {
    case kind::unavailable:
      made = unavailable("database_unavailable",
                         "The database cannot be reached; nothing was done. Try again in a moment.", retry_soon);
      break;
    case kind::overloaded:
      made = unavailable("overloaded", "Pulse is overloaded; nothing was done. Try again in a moment.", retry_soon);
      break;
    case kind::timeout:
      made = unavailable("timed_out", "It took too long and was cancelled; nothing was done. Try again in a moment.",
                         retry_soon);
      break;
    case kind::conflict:
      made = conflict("conflict",
                      "Someone changed the same thing at the same moment. Read it again, then repeat your change.");
      break;
    case kind::violated:
      made = make(422, "refused_by_rule",
                  fmt::format("This breaks a rule of the data ({}). Change the request.", why.constraint));
      break;
    case kind::in_doubt:
      made = unavailable(
          "in_doubt",
          "The database was lost at the last step, so it is not known whether this was done. Check before you "
          "send it again, or repeat it with the same Idempotency-Key.",
          retry_soon);
      break;
    case kind::bug: made = internal(""); break;
  }
  made.cause = why.detail;
  made.constraint = why.constraint;
  return made;
}

problem of(persistence::hashing_failure why) {
  problem made;
  switch (why) {
    case persistence::hashing_failure::overloaded:
      made = unavailable("overloaded", "Too many people are signing in. Try again in a moment.", retry_soon);
      break;
    case persistence::hashing_failure::late:
      made = unavailable("overloaded", "Too many people are signing in. Try again in a moment.", retry_soon);
      break;
    case persistence::hashing_failure::too_long: made = invalid_field("/password", "is too long"); break;
    case persistence::hashing_failure::broken: made = internal(""); break;
  }
  made.cause = persistence::sentence(why);
  return made;
}

problem of_refusal(int status, std::string_view title, std::string_view detail) {
  return make(status, to_code(title), detail);
}

}  // namespace problems

server::response render(const problem& what, std::string_view path, std::string_view request_id) {
  server::response answer;
  answer.status = what.status;
  answer.content_type = "application/problem+json";
  answer.headers = what.headers;
  auto& out = answer.body;
  out.reserve(320);
  out += "{\"type\":";
  base::json::write_string(out, type_of(what));
  out += ",\"title\":";
  base::json::write_string(out, title_of(what));
  out += ",\"status\":";
  base::json::write(out, what.status);
  out += ",\"detail\":";
  base::json::write_string(out, domain::in_reading_order(what.detail));
  if (!path.empty()) {
    out += ",\"instance\":";
    base::json::write_string(out, path);
  }
  out += ",\"request_id\":";
  base::json::write_string(out, request_id);
  if (!what.code.empty()) {
    out += ",\"code\":";
    base::json::write_string(out, what.code);
  }
  if (!what.errors.empty()) {
    out += ",\"errors\":[";
    for (std::size_t i = 0; i < what.errors.size(); ++i) {
      if (i > 0) out += ',';
      write_field_error(out, what.errors[i]);
    }
    out += ']';
  }
  out += '}';
  return answer;
}

}  // namespace pulse::http

#include "http/server/cors.hpp"

#include <algorithm>
#include <utility>

namespace pulse::http::server {

namespace {

/// What scripts may read beyond the few headers that the standard lets through.
constexpr std::string_view exposed =
    "etag, link, location, retry-after, ratelimit, ratelimit-policy, idempotency-key, x-request-id, tus-resumable, "
    "upload-offset, upload-length, upload-expires, upload-metadata, pulse-other-time";

}  // namespace

cors_policy::cors_policy(std::vector<std::string> origins, std::vector<std::string> open_paths)
    : origins_(std::move(origins)), open_paths_(std::move(open_paths)) {}

bool cors_policy::allows(std::string_view origin) const {
  return !origin.empty() && std::find(origins_.begin(), origins_.end(), origin) != origins_.end();
}

bool cors_policy::is_open(std::string_view path) const {
  return std::any_of(open_paths_.begin(), open_paths_.end(),
                     [path](const std::string& open) { return path.starts_with(open); });
}

bool cors_policy::is_preflight(const request& request) const {
  return (!origins_.empty() || is_open(request.path)) && request.method == verb::options && request.find("origin") &&
         request.find("access-control-request-method");
}

response cors_policy::answer_preflight(const request& request) const {
  const bool is_open_path = is_open(request.path);
  if (!is_open_path && !allows(request.find("origin").value_or(""))) return response::empty(403);
  auto answer = response::empty(204);
  answer.headers = {
      {"access-control-allow-methods",
       is_open_path ? "GET, HEAD, OPTIONS" : "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"},
      {"access-control-allow-headers",
       is_open_path ? "accept, if-modified-since, if-none-match, x-request-id"
                    : "authorization, content-type, accept, idempotency-key, if-match, "
                      "if-modified-since, if-none-match, x-pulse-session, x-request-id, x-tenant-id, tus-resumable, "
                      "upload-length, upload-metadata, upload-offset"},
      {"access-control-max-age", "600"},
  };
  return answer;
}

void cors_policy::insert_headers(const request& request, outgoing_fields& to) const {
  if (is_open(request.path)) {
    to.insert("access-control-allow-origin", "*");
  } else {
    const auto origin = request.find("origin").value_or("");
    if (!allows(origin)) return;
    to.insert("access-control-allow-origin", origin);
    to.insert("access-control-allow-credentials", "true");
  }
  to.insert("access-control-expose-headers", exposed);
}

}  // namespace pulse::http::server

#include "http/server/cors.hpp"

#include <algorithm>
#include <utility>

namespace pulse::http::server {

cors_policy::cors_policy(std::vector<std::string> origins) : origins_(std::move(origins)) {}

bool cors_policy::allows(std::string_view origin) const {
  return !origin.empty() && std::find(origins_.begin(), origins_.end(), origin) != origins_.end();
}

bool cors_policy::is_preflight(const request& asked) const {
  return active() && asked.method == verb::options && asked.find("origin") &&
         asked.find("access-control-request-method");
}

response cors_policy::answer_preflight(const request& asked) const {
  auto answer = response::empty(allows(asked.find("origin").value_or("")) ? 204 : 403);
  if (answer.status == 403) return answer;
  answer.headers = {
      {"access-control-allow-methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"},
      {"access-control-allow-headers",
       "authorization, content-type, accept, idempotency-key, if-match, if-none-match, x-request-id, x-tenant-id"},
      {"access-control-max-age", "600"},
  };
  return answer;
}

void cors_policy::append_headers(std::string_view origin, std::string& head) const {
  if (!allows(origin)) return;
  head += "access-control-allow-origin: ";
  head += origin;
  head +=
      "\r\naccess-control-allow-credentials: true\r\n"
      "access-control-expose-headers: x-request-id, link, retry-after, idempotency-key\r\n";
}

}  // namespace pulse::http::server

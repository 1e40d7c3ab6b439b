#include "sandbox/linkedin/errors.hpp"

#include <string>

#include <boost/json.hpp>
#include <fmt/core.h>

namespace pulse::sandbox::linkedin {

namespace {

response as_response(int status, const boost::json::object& body) {
  return response::json(status, boost::json::serialize(body));
}

}  // namespace

response refusal(int status, std::string_view code, std::string_view message) {
  return as_response(status, {{"status", status}, {"code", code}, {"message", message}});
}

response unauthorized() {
  return as_response(401, {{"status", 401},
                           {"serviceErrorCode", 65600},
                           {"code", "INVALID_ACCESS_TOKEN"},
                           {"message", "Invalid access token"}});
}

response forbidden(std::string_view what) {
  return as_response(403, {{"status", 403},
                           {"serviceErrorCode", 100},
                           {"code", "ACCESS_DENIED"},
                           {"message", "Not enough permissions to access: " + std::string{what}}});
}

response version_missing() {
  return refusal(400, "VERSION_MISSING",
                 "A version must be present. Please specify a version by adding the "
                 "Linkedin-Version header.");
}

response version_not_active(std::string_view request) {
  return refusal(426, "NONEXISTENT_VERSION", fmt::format("Requested version {} is not active", request));
}

response duplicate_of(std::string_view urn) {
  return refusal(422, "DUPLICATE_POST", "Content is a duplicate of " + std::string{urn});
}

response daily_limit() {
  return refusal(429, "TOO_MANY_REQUESTS", "Resource level throttle limit for calls to this resource is reached.");
}

response not_found() { return refusal(404, "RESOURCE_NOT_FOUND", "No such resource"); }
response method_not_allowed() { return refusal(405, "METHOD_NOT_ALLOWED", "Method not allowed"); }

response failure(int status) {
  if (status == 401) return unauthorized();
  if (status == 403) return forbidden("posts.CREATE");
  if (status == 426) return version_not_active("202401");
  if (status == 429) return refusal(429, "TOO_MANY_REQUESTS", "Too many requests");
  return refusal(status, status >= 500 ? "INTERNAL_SERVER_ERROR" : "ERROR", http::server::reason(status));
}

}  // namespace pulse::sandbox::linkedin

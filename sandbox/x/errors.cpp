#include "sandbox/x/errors.hpp"

#include <boost/json.hpp>
#include <fmt/core.h>

namespace pulse::sandbox::x {

namespace {

response as_response(int status, const boost::json::value& body) {
  return response::json(status, boost::json::serialize(body));
}

response plain(int status, std::string_view title, std::string_view detail) {
  return as_response(status, {{"title", title}, {"detail", detail}, {"type", "about:blank"}, {"status", status}});
}

}  // namespace

response unauthorized() { return plain(401, "Unauthorized", "Unauthorized"); }
response duplicate() { return forbidden("You are not allowed to create a Tweet with duplicate content."); }
response forbidden(std::string_view detail) { return plain(403, "Forbidden", detail); }
response too_many_requests() { return plain(429, "Too Many Requests", "Too Many Requests"); }
response not_found() { return plain(404, "Not Found", "Not Found"); }
response method_not_allowed() { return plain(405, "Method Not Allowed", "Method Not Allowed"); }

response failure(int status) {
  if (status == 401) return unauthorized();
  if (status == 429) return too_many_requests();
  return plain(status, http::server::reason(status), http::server::reason(status));
}

response invalid_request(std::string_view parameter, std::string_view value, std::string_view message) {
  boost::json::object parameters;
  if (!parameter.empty()) parameters[parameter] = boost::json::array{value};
  return as_response(400,
                     {{"errors", boost::json::array{{{"parameters", std::move(parameters)}, {"message", message}}}},
                      {"title", "Invalid Request"},
                      {"detail", "One or more parameters to your request was invalid."},
                      {"type", "https://api.x.com/2/problems/invalid-request"},
                      {"status", 400}});
}

response resource_not_found(std::string_view resource, std::string_view id) {
  const auto detail = fmt::format("Could not find {} with id: [{}].", resource, id);
  return as_response(200,
                     {{"errors", boost::json::array{{{"value", id},
                                                     {"detail", detail},
                                                     {"title", "Not Found Error"},
                                                     {"resource_type", resource},
                                                     {"parameter", "id"},
                                                     {"resource_id", id},
                                                     {"type", "https://api.x.com/2/problems/resource-not-found"}}}}});
}

}  // namespace pulse::sandbox::x

#include "sandbox/bluesky/replies.hpp"

#include <utility>

#include "http/server/query.hpp"
#include "sandbox/core/replies.hpp"

namespace pulse::sandbox::bluesky {

verdict refuse(int status, std::string_view error, std::string_view message) {
  return {json_reply(status, {{"error", error}, {"message", message}}), decision::refused, {}, {}};
}

verdict done(const boost::json::value& body, std::string id, boost::json::object record) {
  return {json_reply(200, body), decision::done, std::move(id), std::move(record)};
}

const boost::json::object* part_of(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_object();
}

std::map<std::string, std::string> query_of(const http::server::request& request) {
  std::map<std::string, std::string> found;
  const auto read = http::server::parse_query(request.query);
  if (!read) return found;
  for (const auto& [name, value] : *read) found.emplace(name, value);
  return found;
}

std::string value_of(const std::map<std::string, std::string>& given, const std::string& name) {
  const auto found = given.find(name);
  return found == given.end() ? std::string{} : found->second;
}

std::optional<boost::json::object> body_of(const http::server::request& request) {
  boost::json::error_code failed;
  auto body = boost::json::parse(request.body, failed);
  if (failed || !body.is_object()) return std::nullopt;
  return std::move(body.get_object());
}

}  // namespace pulse::sandbox::bluesky

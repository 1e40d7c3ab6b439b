#include "sandbox/mastodon/requests.hpp"

#include <algorithm>
#include <utility>

#include "http/server/query.hpp"
#include "sandbox/core/replies.hpp"

namespace pulse::sandbox::mastodon {

namespace {

std::string value_text(const boost::json::value& value) {
  if (value.is_string()) return {value.get_string().c_str(), value.get_string().size()};
  if (!value.is_array()) return boost::json::serialize(value);
  std::string all;
  for (const auto& each : value.get_array()) all += (all.empty() ? "" : " ") + value_text(each);
  return all;
}

}  // namespace

values read_values(const http::server::request& request) {
  values found;
  const auto type = request.find("content-type").value_or("");
  if (type.starts_with("application/json")) {
    boost::json::error_code failed;
    const auto body = boost::json::parse(request.body, failed);
    if (failed || !body.is_object()) return found;
    for (const auto& [name, value] : body.get_object()) found.emplace(std::string{name}, value_text(value));
    return found;
  }
  const auto read = http::server::parse_query(request.method == http::server::verb::get ? request.query : request.body);
  if (!read) return found;
  for (const auto& [name, value] : *read) {
    auto& into = found[name];  // "media_ids[]" may be repeated
    into += (into.empty() ? "" : " ") + value;
  }
  return found;
}

std::string value_of(const values& given, const std::string& name) {
  const auto found = given.find(name);
  return found == given.end() ? std::string{} : found->second;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(" \r\n"), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

verdict refuse(int status, std::string_view error, std::string_view description) {
  boost::json::object body{{"error", error}};
  if (!description.empty()) body["error_description"] = description;
  return {json_reply(status, body), decision::refused, {}, {}};
}

verdict done(int status, const boost::json::value& body, std::string id, boost::json::object record) {
  return {json_reply(status, body), decision::done, std::move(id), std::move(record)};
}

}  // namespace pulse::sandbox::mastodon

// Reads JSON objects in stand-ins.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

namespace pulse::sandbox {

/// A string member; empty if there is none.
inline std::string text_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return {};
  return {value->get_string().c_str(), value->get_string().size()};
}

/// Whether a member is there and true.
inline bool flag_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_bool() && value->get_bool();
}

/// The body as an object; nothing if it is not one.
inline std::optional<boost::json::object> read_object(std::string_view body) {
  boost::json::error_code failed;
  auto value = boost::json::parse(body, failed);
  if (failed || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

}  // namespace pulse::sandbox

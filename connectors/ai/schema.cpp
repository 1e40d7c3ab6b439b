#include "connectors/ai/schema.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/core.h>

#include "base/text.hpp"

namespace pulse::connectors::ai {

namespace {

using boost::json::object;
using boost::json::value;
using problem = std::optional<std::string>;

constexpr int max_depth = 8;
constexpr std::array known_keywords{
    "type",      "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "enum", "minLength",
    "maxLength", "minimum",    "maximum",  "description"};

std::string at_place(const std::string& path, std::string_view words) {
  return fmt::format("{}: {}", path.empty() ? std::string{"the answer"} : path, words);
}

std::optional<std::int64_t> bound(const object& schema, std::string_view name) {
  const auto* found = schema.if_contains(name);
  if (found == nullptr || !found->is_int64()) return std::nullopt;
  return found->get_int64();
}

/// Whether a count or number is outside what the two keywords say.
bool is_outside(const object& schema, std::string_view least, std::string_view most, std::int64_t number) {
  const auto low = bound(schema, least);
  const auto high = bound(schema, most);
  return (low && number < *low) || (high && number > *high);
}

problem check(const object& schema, const value& of, const std::string& path, int depth);

problem check_object(const object& schema, const value& of, const std::string& path, int depth) {
  const auto* fields = of.if_object();
  if (fields == nullptr) return at_place(path, "must be an object");
  const auto* properties = schema.if_contains("properties");
  if (properties == nullptr) return std::nullopt;
  if (!properties->is_object()) return at_place(path, "the schema is none");
  const auto& known = properties->get_object();
  for (const auto& [name, each] : *fields) {
    const auto* of_field = known.if_contains(name);
    if (of_field == nullptr) return at_place(path, "has a field that was not asked for");
    if (!of_field->is_object()) return at_place(path, "the schema is none");
    if (auto wrong = check(of_field->get_object(), each, fmt::format("{}/{}", path, name), depth - 1)) return wrong;
  }
  const auto* required = schema.if_contains("required");
  if (required == nullptr) return std::nullopt;
  if (!required->is_array()) return at_place(path, "the schema is none");
  for (const auto& name : required->get_array()) {
    if (name.is_string() && !fields->contains(name.get_string()))
      return at_place(fmt::format("{}/{}", path, name.get_string()), "is missing");
  }
  return std::nullopt;
}

problem check_array(const object& schema, const value& of, const std::string& path, int depth) {
  const auto* entries = of.if_array();
  if (entries == nullptr) return at_place(path, "must be a list");
  if (is_outside(schema, "minItems", "maxItems", static_cast<std::int64_t>(entries->size())))
    return at_place(path, "has too few or too many entries");
  const auto* items = schema.if_contains("items");
  if (items == nullptr || !items->is_object()) return at_place(path, "the schema is none");
  for (std::size_t i = 0; i < entries->size(); ++i) {
    if (auto wrong = check(items->get_object(), (*entries)[i], fmt::format("{}/{}", path, i), depth - 1)) return wrong;
  }
  return std::nullopt;
}

problem check_string(const object& schema, const value& of, const std::string& path) {
  const auto* text = of.if_string();
  if (text == nullptr) return at_place(path, "must be a text");
  const std::string_view plain{text->data(), text->size()};
  if (!base::is_clean_utf8(plain)) return at_place(path, "must be a text");
  if (is_outside(schema, "minLength", "maxLength", static_cast<std::int64_t>(base::count_code_points(plain))))
    return at_place(path, "is too short or too long");
  const auto* words = schema.if_contains("enum");
  if (words == nullptr) return std::nullopt;
  if (!words->is_array()) return at_place(path, "the schema is none");
  const auto& allowed = words->get_array();
  const bool is_one = std::any_of(allowed.begin(), allowed.end(), [&](const value& each) { return each == of; });
  return is_one ? problem{} : at_place(path, "must be one of the words that were given");
}

problem check_integer(const object& schema, const value& of, const std::string& path) {
  if (!of.is_int64() && !(of.is_uint64() && of.get_uint64() <= INT64_MAX))
    return at_place(path, "must be a whole number");
  const auto number = of.is_int64() ? of.get_int64() : static_cast<std::int64_t>(of.get_uint64());
  if (is_outside(schema, "minimum", "maximum", number)) return at_place(path, "is too small or too large");
  return std::nullopt;
}

problem check(const object& schema, const value& of, const std::string& path, int depth) {
  if (depth < 0) return at_place(path, "is nested too deep");
  for (const auto& each : schema) {
    if (std::find(known_keywords.begin(), known_keywords.end(), each.key()) == known_keywords.end())
      return at_place(path, "the schema has a keyword that is not known here");
  }
  const auto* type = schema.if_contains("type");
  if (type == nullptr || !type->is_string()) return at_place(path, "the schema is none");
  const auto& word = type->get_string();
  if (word == "object") return check_object(schema, of, path, depth);
  if (word == "array") return check_array(schema, of, path, depth);
  if (word == "string") return check_string(schema, of, path);
  if (word == "integer") return check_integer(schema, of, path);
  if (word == "number") return of.is_number() ? problem{} : at_place(path, "must be a number");
  if (word == "boolean") return of.is_bool() ? problem{} : at_place(path, "must be true or false");
  return at_place(path, "the schema is none");
}

}  // namespace

std::optional<std::string> schema_problem(const boost::json::object& schema, const boost::json::value& of) {
  if (schema.empty()) return of.is_object() ? problem{} : at_place("", "must be an object");
  return check(schema, of, "", max_depth);
}

}  // namespace pulse::connectors::ai

#include "http/api/schema.hpp"

namespace pulse::http {

bool schemas::claim(const std::string& name, std::type_index type) {
  const auto [at, is_new] = owners_.emplace(name, type);
  if (!is_new && at->second != type) clashes_.push_back(name);
  return is_new;
}

boost::json::object reference_to(std::string_view component) {
  return {{"$ref", "#/components/schemas/" + std::string{component}}};
}

boost::json::value nullable(boost::json::value schema) {
  auto& object = schema.get_object();
  if (auto* type = object.if_contains("type"); type != nullptr && type->is_string()) {
    *type = boost::json::array{*type, "null"};
    return schema;
  }
  if (object.empty()) return schema;  // anything, including null
  boost::json::array either;
  either.push_back(std::move(schema));
  either.push_back(boost::json::object{{"type", "null"}});
  return boost::json::object{{"anyOf", std::move(either)}};
}

}  // namespace pulse::http

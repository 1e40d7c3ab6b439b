#include "domain/campaigns/template_variables.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

namespace pulse::domain::campaigns {

namespace {

bool is_known(std::string_view name) {
  return std::find(known_variables.begin(), known_variables.end(), name) != known_variables.end();
}

bool is_declared(const std::vector<template_variable>& declared, std::string_view name) {
  return std::any_of(declared.begin(), declared.end(), [name](const auto& each) { return each.name == name; });
}

bool is_name(std::string_view text) {
  const auto is_good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  };
  return !text.empty() && text.size() <= most_variable_name_bytes && std::all_of(text.begin(), text.end(), is_good);
}

}  // namespace

std::optional<variable_mistake> check_variables(const std::vector<template_variable>& declared) {
  if (declared.size() > most_template_variables) {
    return variable_mistake{"", fmt::format("must have at most {} variables", most_template_variables)};
  }
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < declared.size(); ++i) {
    const auto place = "/" + std::to_string(i);
    const auto& each = declared[i];
    if (!is_name(each.name)) {
      return variable_mistake{place + "/name", "must be 1 to 64 letters, digits, points and underscores"};
    }
    if (is_known(each.name)) return variable_mistake{place + "/name", "is a variable that Pulse fills in itself"};
    if (!seen.insert(each.name).second) return variable_mistake{place + "/name", "is declared twice"};
    if (each.default_value.size() > most_variable_value_bytes) {
      return variable_mistake{place + "/default_value",
                              fmt::format("must be at most {} bytes long", most_variable_value_bytes)};
    }
  }
  return std::nullopt;
}

std::optional<std::string> template_mistake(std::string_view text, const std::vector<template_variable>& declared) {
  const auto read = parse_template(text);
  if (!read) return fmt::format("{} (at byte {})", read.error().problem, read.error().at);
  for (const auto& name : read->variables()) {
    if (is_known(name) || is_declared(declared, name)) continue;
    return fmt::format("names the unknown variable \"{}\"; declare it in variables", name);
  }
  return std::nullopt;
}

template_values values_with_defaults(const std::vector<template_variable>& declared, const template_values& given) {
  template_values made;
  for (const auto& each : declared) made[each.name] = each.default_value;
  for (const auto& [name, value] : given) {
    if (is_known(name) || is_declared(declared, name)) made[name] = value;
  }
  return made;
}

}  // namespace pulse::domain::campaigns

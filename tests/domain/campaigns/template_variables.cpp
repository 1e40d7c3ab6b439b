#include "domain/campaigns/template_variables.hpp"

#include <catch2/catch.hpp>

namespace pulse::domain::campaigns {

TEST_CASE("a template may name what it declares and what Pulse fills in, and nothing else") {
  const std::vector<template_variable> declared{{"offer", "10 %"}};
  CHECK_FALSE(template_mistake("{{ offer | upper }} until {{ now | date: \"%d %B\" }}", declared));
  CHECK(template_mistake("{{ ofer }}", declared).value().find("\"ofer\"") != std::string::npos);
  CHECK(template_mistake("Hello {{ offer", declared).value().find("byte") != std::string::npos);
}

TEST_CASE("variables have good names, each once, and not those of Pulse") {
  CHECK_FALSE(check_variables({}));
  CHECK_FALSE(check_variables({{"a", ""}, {"b.c_1", "x"}}));
  CHECK(check_variables({{"a", ""}, {"a", ""}})->pointer == "/1/name");
  CHECK(check_variables({{"", ""}})->pointer == "/0/name");
  CHECK(check_variables({{"with space", ""}})->pointer == "/0/name");
  CHECK(check_variables({{"now", ""}})->pointer == "/0/name");
  CHECK(check_variables({{"a", std::string(most_variable_value_bytes + 1, 'x')}})->pointer == "/0/default_value");
  CHECK(check_variables(std::vector<template_variable>(most_template_variables + 1, {"a", ""}))->pointer.empty());
}

TEST_CASE("omitted values take their default, and values without a variable are ignored") {
  const std::vector<template_variable> declared{{"offer", "10 %"}, {"city", "Oslo"}};
  const auto values = values_with_defaults(declared, {{"city", "Bergen"}, {"stray", "x"}, {"feed.title", "News"}});
  CHECK(values == template_values{{"offer", "10 %"}, {"city", "Bergen"}, {"feed.title", "News"}});
}

}  // namespace pulse::domain::campaigns

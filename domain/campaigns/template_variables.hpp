// Which variables a template may name: those that it declares, and those that are always there.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "domain/campaigns/template_text.hpp"

namespace pulse::domain::campaigns {

/// Variables that a template declares, and bytes of a name and of a value.
inline constexpr std::size_t most_template_variables = 50;
inline constexpr std::size_t most_variable_name_bytes = 64;
inline constexpr std::size_t most_variable_value_bytes = 4'000;

/// A variable with its default value.
struct template_variable {
  std::string name;
  std::string default_value;

  friend bool operator==(const template_variable&, const template_variable&) = default;
};
BOOST_DESCRIBE_STRUCT(template_variable, (), (name, default_value))

/// Filled in by Pulse. `now` is a moment, for the filter `date`; those of `event` and `feed` have values where a rule
/// was triggered by one.
inline constexpr std::array<std::string_view, 9> known_variables{"now",           "project.name", "campaign.name",
                                                                 "campaign.goal", "event.title",  "event.url",
                                                                 "feed.title",    "feed.url",     "feed.summary"};

/// Why a list of variables cannot be as it is: a JSON pointer into it, and the end of a sentence.
struct variable_mistake {
  std::string pointer;
  std::string problem;
};
std::optional<variable_mistake> check_variables(const std::vector<template_variable>& declared);

/// Why a text is no template with these variables; nothing when it is one.
std::optional<std::string> template_mistake(std::string_view text, const std::vector<template_variable>& declared);

/// The values to render with: those given, and of the others what is declared. A value that no declared or known
/// variable has is left out.
template_values values_with_defaults(const std::vector<template_variable>& declared, const template_values& given);

}  // namespace pulse::domain::campaigns

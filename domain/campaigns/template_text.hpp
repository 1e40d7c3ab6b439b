// Texts with places to fill in: {{ name }}, {{ name | upper }}, {{ day | date: "%d %B" }}, {{ day | date:%d.%m. }}.
// Debian has no template library that is safe on hostile input and small: this one has no loops, no includes and no
// expressions, so a rendering is as long as its parts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace pulse::domain::campaigns {

/// Bytes of a template.
inline constexpr std::size_t most_template_bytes = 40'000;
/// Places of a template.
inline constexpr std::size_t most_template_places = 200;
/// Filters of one place.
inline constexpr std::size_t most_place_filters = 8;
/// Bytes of a rendered text.
inline constexpr std::size_t most_rendered_bytes = 200'000;

enum class filter_kind : std::uint8_t {
  default_,  // replaces an empty variable
  upper,     // in capitals
  lower,     // in small letters
  date,      // a moment in the project's zone, by strftime's letters
  truncate,  // at most so many characters, with an ellipsis
};

struct filter {
  filter_kind kind = filter_kind::upper;
  std::string argument;  // of default_, date and truncate

  friend bool operator==(const filter&, const filter&) = default;
};

/// A piece of a template: text as it stands, or a place.
struct template_piece {
  std::string text;  // of a place: the variable's name
  bool is_place = false;
  std::vector<filter> filters;
};

struct template_text {
  std::vector<template_piece> pieces;

  /// The variables that it names, each once, in the order of their first place.
  std::vector<std::string> variables() const;
};

/// Where a template is wrong, and why: `problem` is the end of a sentence about the text at `at` bytes.
struct template_problem {
  std::size_t at = 0;
  std::string problem;
};

/// Reads a template. `{{ "{{" }}` cannot be written: a text has no use for it.
base::result<template_text, template_problem> parse_template(std::string_view text);

/// Values by variable. A moment is RFC 3339 text.
using template_values = std::map<std::string, std::string, std::less<>>;

/// Fills the places in. A variable without a value is empty. Errors: a date filter on what is no moment, or a
/// text longer than `most_rendered_bytes`.
base::result<std::string, template_problem> render(const template_text& from, const template_values& values,
                                                   std::string_view time_zone);

}  // namespace pulse::domain::campaigns

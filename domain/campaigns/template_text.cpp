#include "domain/campaigns/template_text.hpp"

#include <fmt/core.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/clean_text.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "domain/calendar/local_time.hpp"

namespace pulse::domain::campaigns {

namespace {

constexpr std::string_view opening = "{{";
constexpr std::string_view closing = "}}";
constexpr std::size_t most_name_bytes = 64;
constexpr std::size_t most_argument_bytes = 500;
/// What strftime knows and a post has a use for; the rest of its letters depend on a locale or read the clock.
constexpr std::string_view date_letters = "aAbBdeFHIjmMpSTuVyYZz%";

struct known_filter {
  std::string_view name;
  filter_kind kind;
  bool has_argument;
};
constexpr std::array<known_filter, 5> known_filters{{{"default", filter_kind::default_, true},
                                                     {"upper", filter_kind::upper, false},
                                                     {"lower", filter_kind::lower, false},
                                                     {"date", filter_kind::date, true},
                                                     {"truncate", filter_kind::truncate, true}}};

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

std::optional<std::size_t> parse_size(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value == 0) return std::nullopt;
  return value;
}

std::optional<std::string> argument_problem(const filter& of) {
  switch (of.kind) {
    case filter_kind::truncate:
      if (!parse_size(of.argument)) return "needs a number: truncate: 40";
      return std::nullopt;
    case filter_kind::date:
      for (std::size_t i = 0; i < of.argument.size(); ++i) {
        if (of.argument[i] != '%') continue;
        if (++i == of.argument.size() || date_letters.find(of.argument[i]) == std::string_view::npos) {
          return "has a date format with an unknown letter; known are " + std::string{date_letters};
        }
      }
      return std::nullopt;
    case filter_kind::default_:
    case filter_kind::upper:
    case filter_kind::lower: return std::nullopt;
  }
  return std::nullopt;
}

/// Reads the text between `{{` and `}}`.
class place_reader {
 public:
  place_reader(std::string_view text, std::size_t at) : text_{text}, at_{at} {}

  base::result<template_piece, template_problem> read() {
    template_piece made{.text = std::string{name()}, .is_place = true, .filters = {}};
    if (made.text.empty()) return wrong("needs the name of a variable: {{ name }}");
    if (made.text.size() > most_name_bytes) return wrong("has a name of more than 64 characters");
    while (take('|')) {
      if (made.filters.size() == most_place_filters) return wrong("has more than 8 filters");
      auto next = read_filter();
      if (!next) return next.error();
      made.filters.push_back(std::move(*next));
    }
    skip_spaces();
    if (text_.substr(at_, closing.size()) != closing) return wrong("needs }} or | here");
    at_ += closing.size();
    return made;
  }

  std::size_t end() const { return at_; }

 private:
  base::result<filter, template_problem> read_filter() {
    const auto word = name();
    const auto* known =
        std::find_if(known_filters.begin(), known_filters.end(), [&](const auto& each) { return each.name == word; });
    if (known == known_filters.end()) {
      return wrong(
          fmt::format("names the unknown filter \"{}\"; known are default, upper, lower, date, truncate", word));
    }
    filter made{.kind = known->kind, .argument = {}};
    if (!known->has_argument) return made;
    if (!take(':')) return wrong(fmt::format("needs a value: {}: …", word));
    auto argument = read_argument();
    if (!argument) return argument.error();
    made.argument = std::move(*argument);
    if (auto problem = argument_problem(made)) return wrong(std::move(*problem));
    return made;
  }

  base::result<std::string, template_problem> read_argument() {
    skip_spaces();
    if (at_ < text_.size() && text_[at_] == '"') {
      const auto end = text_.find('"', at_ + 1);
      if (end == std::string_view::npos || end - at_ > most_argument_bytes) return wrong("has no closing \" in reach");
      std::string made{text_.substr(at_ + 1, end - at_ - 1)};
      at_ = end + 1;
      return made;
    }
    // Without quotes the value ends at the next filter or at the end.
    const auto begin = at_;
    while (at_ < text_.size() && text_[at_] != '|' && text_[at_] != '\n' &&
           text_.substr(at_, closing.size()) != closing && text_.substr(at_, 2) != "{{" &&
           at_ - begin <= most_argument_bytes)
      ++at_;
    std::string made{text_.substr(begin, at_ - begin)};
    while (!made.empty() && (made.back() == ' ' || made.back() == '\t')) made.pop_back();
    return made;
  }

  std::string_view name() {
    skip_spaces();
    const auto begin = at_;
    while (at_ < text_.size() && is_name_character(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  bool take(char wanted) {
    skip_spaces();
    if (at_ == text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  void skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
  }

  template_problem wrong(std::string problem) const { return {.at = at_, .problem = std::move(problem)}; }

  std::string_view text_;
  std::size_t at_;
};

std::string in_case(const std::string& text, filter_kind kind) {
  auto utf16 = icu::UnicodeString::fromUTF8(text);
  std::string made;
  (kind == filter_kind::upper ? utf16.toUpper() : utf16.toLower()).toUTF8String(made);
  return made;
}

std::string truncated(const std::string& text, std::size_t characters) {
  if (base::count_code_points(text) <= characters) return text;
  std::string made;
  std::size_t count = 0;
  for (const char c : text) {
    const bool begins_character = (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
    if (begins_character && ++count == characters) break;
    made += c;
  }
  while (!made.empty() && made.back() == ' ') made.pop_back();
  return made + "…";
}

base::result<std::string, template_problem> apply(const filter& what, std::string value, std::string_view time_zone) {
  switch (what.kind) {
    case filter_kind::default_:
      if (value.empty()) return what.argument;
      return value;
    case filter_kind::upper:
    case filter_kind::lower: return in_case(value, what.kind);
    case filter_kind::truncate: return truncated(value, parse_size(what.argument).value_or(1));
    case filter_kind::date: {
      if (value.empty()) return value;
      const auto moment = base::parse_timestamp(value);
      if (!moment) {
        return template_problem{
            0, fmt::format("has \"{}\" for a date filter, which is no moment", base::clean_utf8(value, 40))};
      }
      return zone_clock{time_zone}.format(*moment, what.argument);
    }
  }
  return value;
}

}  // namespace

std::vector<std::string> template_text::variables() const {
  std::vector<std::string> made;
  for (const auto& each : pieces) {
    if (each.is_place && std::find(made.begin(), made.end(), each.text) == made.end()) made.push_back(each.text);
  }
  return made;
}

base::result<template_text, template_problem> parse_template(std::string_view text) {
  if (text.size() > most_template_bytes) return template_problem{0, "has more than 40,000 bytes"};
  template_text made;
  std::size_t places = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = text.find(opening, at);
    if (begin != at)
      made.pieces.push_back({.text = std::string{text.substr(at, begin - at)}, .is_place = false, .filters = {}});
    if (begin == std::string_view::npos) break;
    if (++places > most_template_places) return template_problem{begin, "has more than 200 places"};
    place_reader reader{text, begin + opening.size()};
    auto piece = reader.read();
    if (!piece) return piece.error();
    made.pieces.push_back(std::move(*piece));
    at = reader.end();
  }
  return made;
}

base::result<std::string, template_problem> render(const template_text& from, const template_values& values,
                                                   std::string_view time_zone) {
  std::string made;
  for (const auto& each : from.pieces) {
    if (!each.is_place) {
      made += each.text;
    } else {
      const auto found = values.find(each.text);
      std::string value = found == values.end() ? "" : found->second;
      for (const auto& what : each.filters) {
        auto next = apply(what, std::move(value), time_zone);
        if (!next) return next.error();
        value = std::move(*next);
      }
      made += value;
    }
    if (made.size() > most_rendered_bytes) return template_problem{0, "becomes longer than 200,000 bytes"};
  }
  return made;
}

}  // namespace pulse::domain::campaigns

// Checks for texts that show nothing (blank texts): they count as empty.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/routes/publishing/fields.hpp"

namespace pulse::http::routes {

/// Reports a text that is not empty but shows nothing.
template <std::size_t Max>
void check_shown(const std::optional<base::text<0, Max>>& given, std::string pointer,
                 std::vector<field_error>& errors) {
  if (given && !given->value.empty() && is_blank(given->value))
    errors.push_back(at_field(std::move(pointer), "must be empty or show something"));
}

/// Reports a text that must show something and does not; an omitted one is fine.
template <std::size_t Max>
void check_shown(const std::optional<base::text<1, Max>>& given, std::string pointer,
                 std::vector<field_error>& errors) {
  if (given && is_blank(given->value)) errors.push_back(at_field(std::move(pointer), "must not be blank"));
}

/// The same for each text of a list.
template <std::size_t Max>
void check_all_shown(const std::optional<std::vector<base::text<1, Max>>>& given, const std::string& pointer,
                     std::vector<field_error>& errors) {
  for (std::size_t i = 0; given && i < given->size() && errors.size() < base::json::max_problems; ++i) {
    if (is_blank((*given)[i].value)) errors.push_back(at_field(pointer + "/" + std::to_string(i), "must not be blank"));
  }
}

}  // namespace pulse::http::routes

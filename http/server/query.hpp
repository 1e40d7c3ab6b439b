// The query of a target, read strictly.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace pulse::http::server {

inline constexpr std::size_t query_parameters_max = 100;

enum class query_problem : std::uint8_t { bad_escape, not_text, too_many };

/// The problem as a sentence for the client: "The query has …".
std::string_view to_sentence(query_problem problem);

/// Names and values in the order they were sent; names may repeat.
using query_parameters = std::vector<std::pair<std::string, std::string>>;

/// Reads `a=1&b=x+y%20z` (what browsers send: `+` is a space). `raw` comes without the '?'. Refuses broken escapes,
/// what is not UTF-8 without NUL, and more than `query_parameters_max`. A name without '=' has an empty value.
base::result<query_parameters, query_problem> parse_query(std::string_view raw);

}  // namespace pulse::http::server

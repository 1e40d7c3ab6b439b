// The period that an analytics request covers: the last days of a project's calendar.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/json.hpp"
#include "base/uuid.hpp"

namespace pulse::http::routes {

/// "7d", "30d" or "90d": that many days of the project's calendar, today included.
struct day_range {
  int days = 30;
};

/// Query parameters that all analytics requests share.
struct analytics_query {
  base::uuid project_id;
  std::optional<day_range> range;        // default: 30d
  std::optional<base::uuid> channel_id;  // default: all of the project
};
BOOST_DESCRIBE_STRUCT(analytics_query, (), (project_id, range, channel_id))

}  // namespace pulse::http::routes

template <>
struct pulse::base::json::string_form<pulse::http::routes::day_range> {
  static constexpr std::string_view expected = "7d, 30d or 90d";
  static constexpr std::string_view format = "";
  static std::optional<http::routes::day_range> parse(std::string_view text) {
    for (const int days : {7, 30, 90}) {
      if (text == std::to_string(days) + "d") return http::routes::day_range{days};
    }
    return std::nullopt;
  }
  static std::string write(const http::routes::day_range& value) { return std::to_string(value.days) + "d"; }
};

// The date format of HTTP headers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace pulse::base {

/// RFC 9110 §5.6.7, to the second: "Sun, 22 Nov 2026 08:30:00 GMT". For `date`, `last-modified`, `expires`.
std::string to_http_date(timestamp at);

/// Reads any of the three forms that RFC 9110 §5.6.7 tells recipients to accept: the preferred one, "Sunday, 22-Nov-26
/// 08:30:00 GMT" and "Sun Nov 22 08:30:00 2026". A year of two digits is the one that lies less than 50 years after
/// `now`. Nothing if it has none of these forms or names no day of the calendar; the weekday's name is not checked.
std::optional<timestamp> parse_http_date(std::string_view text, timestamp now);

}  // namespace pulse::base

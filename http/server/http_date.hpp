// The date format of HTTP headers.
#pragma once

#include <string>

#include "base/time.hpp"

namespace pulse::http::server {

/// RFC 9110 §5.6.7, to the second: "Sun, 22 Nov 2026 08:30:00 GMT". For `date`, `last-modified`, `expires`.
std::string to_http_date(base::timestamp at);

}  // namespace pulse::http::server

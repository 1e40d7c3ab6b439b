// IANA time zones, by Howard Hinnant's library on the system's tzdata (g++ 12's std::chrono has none).
#pragma once

#include <string_view>

namespace pulse::domain {

/// Whether `name` is an IANA time zone known here, such as "Europe/Amsterdam". Names are case-sensitive.
bool is_time_zone(std::string_view name);

}  // namespace pulse::domain

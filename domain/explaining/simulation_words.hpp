// A prediction in a sentence.
#pragma once

#include <string>

#include "domain/calendar/time_words.hpp"
#include "domain/explaining/simulation.hpp"

namespace pulse::domain {

/// What would become of the delivery, and why: "Would go out at …, 14 min late: the account may send 100 posts in any
/// 15 minutes on X." Times are in the formatter's zone.
std::string tell(const scheduled_delivery& of, const prediction& predicted, const std::string& channel_name,
                 const time_formatter& clock);

}  // namespace pulse::domain

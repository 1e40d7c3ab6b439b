// Reads a platform's replies, and quotes them in reasons.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "base/time.hpp"
#include "connectors/egress/egress.hpp"

namespace pulse::connectors {

/// The reply's body as a JSON object; nothing when it is none.
std::optional<boost::json::object> object_of(const std::string& body);

/// A string member; empty when there is none.
std::string text_at(const boost::json::object& object, std::string_view name);

/// A header that is a whole number from 0; nothing otherwise.
std::optional<std::int64_t> number_in(const egress_reply& reply, std::string_view header);

/// No platform's limit is longer than a day: a time beyond this is taken for a mistake, or cut.
inline constexpr std::chrono::hours farthest_retry_after{25};

/// When to come back as Retry-After says, in either of its forms (RFC 9110, 10.2.3): seconds, or an HTTP date. Never
/// before `now` and never later than `farthest_retry_after`; nothing when there is none or it makes no sense.
std::optional<base::timestamp> retry_after_in(const egress_reply& reply, base::timestamp now);

/// ` X says: "Too many"` for a reason: the platform's words as one clean line of bounded length; empty when there are
/// none fit to show.
std::string quoted(std::string_view platform, const std::string& words);

}  // namespace pulse::connectors

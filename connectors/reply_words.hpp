// Reading what a platform says in a reply, and saying it again in a reason.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "connectors/egress.hpp"

namespace pulse::connectors {

/// The reply's body as a JSON object; nothing when it is none.
std::optional<boost::json::object> object_of(const std::string& body);

/// A string member; empty when there is none.
std::string text_at(const boost::json::object& object, std::string_view name);

/// A header that is a whole number from 0; nothing otherwise.
std::optional<std::int64_t> number_in(const egress_reply& reply, std::string_view header);

/// ` X says: "Too many"` for a reason: the platform's words as one clean line of bounded length; empty when there are
/// none fit to show.
std::string quoted(std::string_view platform, const std::string& words);

}  // namespace pulse::connectors

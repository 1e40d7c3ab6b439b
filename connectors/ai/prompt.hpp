// Makes the messages for a model. Our instructions and texts of others are kept apart, so that no text of others passes
// for ours.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "connectors/ai/provider.hpp"

namespace pulse::connectors::ai {

/// The bytes of all its texts.
std::size_t size_of(const request& asked);

/// A text without what people do not see but models read: control characters but line breaks and tabs, marks of
/// direction, zero-width characters, and the tag characters of Unicode's plane 14. Bytes that are no UTF-8 become `?`.
/// Emoji keep their joiners.
std::string visible(std::string_view text);

/// The text of the first message: `asked.system`, that material is data, and the form of the answer.
std::string system_message(const request& asked);

/// What `system_message` says of its own: no answer may hold it.
std::string_view own_words();

/// The text of the second message: `asked.task`, and each material on a line of its own as `MATERIAL "name": "text"` in
/// JSON's spelling, which has no line breaks. So no text of others can begin a line.
std::string user_message(const request& asked);

/// The schema as it is sent: with the keywords that every model's strict mode knows. What is left out is checked here
/// all the same.
boost::json::object sent_schema(const boost::json::object& schema);

}  // namespace pulse::connectors::ai

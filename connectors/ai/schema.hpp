// Checks whether an answer has the requested form, by the small subset of JSON schema that our requests use. We check
// it because providers do not guarantee it.
#pragma once

#include <optional>
#include <string>

#include <boost/json.hpp>

namespace pulse::connectors::ai {

/// What is wrong with `value` by `schema`, as a sentence with the place of it (`/verdict: must be one of …`); nothing
/// when it fits. It never quotes the value.
///
/// Known are `type` (object, array, string, integer, number, boolean), `properties` (fields that are not named are
/// refused), `required`, `items`, `minItems`, `maxItems`, `enum` (of strings), `minLength`, `maxLength` (code points),
/// `minimum`, `maximum` (integers), and `description`. A schema with anything else fits nothing.
std::optional<std::string> schema_problem(const boost::json::object& schema, const boost::json::value& value);

}  // namespace pulse::connectors::ai

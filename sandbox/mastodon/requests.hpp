// Reads Mastodon's requests, and answers in its form.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "http/server/message.hpp"
#include "sandbox/core/json_fields.hpp"
#include "sandbox/core/platform.hpp"

namespace pulse::sandbox::mastodon {

using values = std::map<std::string, std::string>;

/// A form, a query, or a JSON object of texts, as values by name; repeated fields and arrays are joined by spaces.
values read_values(const http::server::request& request);

/// Empty if there is none.
std::string value_of(const values& given, const std::string& name);
/// The words between spaces and line ends.
std::vector<std::string> words_of(std::string_view text);

verdict refuse(int status, std::string_view error, std::string_view description = {});
verdict done(int status, const boost::json::value& body, std::string id = {}, boost::json::object record = {});

}  // namespace pulse::sandbox::mastodon

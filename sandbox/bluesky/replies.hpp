// Bluesky's answers, and the reading of its requests.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "http/server/message.hpp"
#include "sandbox/core/json_fields.hpp"
#include "sandbox/core/platform.hpp"

namespace pulse::sandbox::bluesky {

/// `{"error": "InvalidRequest", "message": "…"}`
verdict refuse(int status, std::string_view error, std::string_view message);
verdict done(const boost::json::value& body, std::string id = {}, boost::json::object record = {});

const boost::json::object* part_of(const boost::json::object& object, std::string_view name);

/// The request's query; empty when it cannot be read.
std::map<std::string, std::string> query_of(const http::server::request& request);
std::string value_of(const std::map<std::string, std::string>& given, const std::string& name);

/// The request's body as a JSON object; nothing if it is not one.
std::optional<boost::json::object> body_of(const http::server::request& request);

}  // namespace pulse::sandbox::bluesky

// The sandbox's own replies, which no platform gives.
#pragma once

#include <string_view>

#include <boost/json.hpp>

#include "http/server/message.hpp"

namespace pulse::sandbox {

inline constexpr std::string_view control_prefix = "/_sandbox/";

http::server::response json_reply(int status, const boost::json::value& body);
http::server::response problem_reply(int status, std::string_view detail);
http::server::response empty_reply();  // 204

}  // namespace pulse::sandbox

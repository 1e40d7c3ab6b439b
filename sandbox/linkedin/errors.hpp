// LinkedIn's errors in their wire format.
#pragma once

#include <string_view>

#include "http/server/message.hpp"

namespace pulse::sandbox::linkedin {

using http::server::response;

/// `{"status":400,"code":"MISSING_FIELD","message":"…"}`.
response refusal(int status, std::string_view code, std::string_view message);

response unauthorized();                                // 401
response forbidden(std::string_view what);              // 403: "Not enough permissions to access: <what>"
response version_missing();                             // 400
response version_not_active(std::string_view request);  // 426
response duplicate_of(std::string_view urn);            // 422, naming the live post
response daily_limit();                                 // 429, without a header for its end
response not_found();
response method_not_allowed();
/// Any other status, for faults; this 429 is not the daily limit.
response failure(int status);

}  // namespace pulse::sandbox::linkedin

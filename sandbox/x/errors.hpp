// X's errors in their wire format.
#pragma once

#include <string>
#include <string_view>

#include "http/server/message.hpp"

namespace pulse::sandbox::x {

using http::server::response;

response unauthorized();  // 401
response duplicate();     // 403, with the exact words that clients look for
response forbidden(std::string_view detail);
response too_many_requests();   // 429
response not_found();           // 404: no such call
response method_not_allowed();  // 405
response failure(int status);   // any other, about:blank

/// 400 with the parameter and its problem.
response invalid_request(std::string_view parameter, std::string_view value, std::string_view message);

/// X answers 200 with errors if there is no object with the requested id.
response resource_not_found(std::string_view resource, std::string_view id);

}  // namespace pulse::sandbox::x

// Reads LinkedIn's requests strictly, and refuses them as LinkedIn does.
#pragma once

#include <string>
#include <variant>

#include <boost/json.hpp>

#include "http/server/message.hpp"
#include "sandbox/core/json_fields.hpp"
#include "sandbox/linkedin/content.hpp"

namespace pulse::sandbox::linkedin {

/// A member's requested post, or the refusal; `urn`, time and the image's mark are not set yet.
std::variant<stored_post, http::server::response> read_post(const http::server::request& request);

/// The new text from a partial update that sets nothing else; or the refusal.
std::variant<stored_post, http::server::response> read_edit(const http::server::request& request);

/// The owner of a new image; or the refusal.
std::variant<std::string, http::server::response> read_image_owner(const http::server::request& request);

}  // namespace pulse::sandbox::linkedin

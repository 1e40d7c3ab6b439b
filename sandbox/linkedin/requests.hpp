// Reads LinkedIn's requests strictly: what is not LinkedIn's is refused as LinkedIn refuses it.
#pragma once

#include <string>
#include <variant>

#include <boost/json.hpp>

#include "http/server/message.hpp"
#include "sandbox/core/json_fields.hpp"
#include "sandbox/linkedin/content.hpp"

namespace pulse::sandbox::linkedin {

/// A member's post as it was asked for: `urn`, time and the image's mark are not set yet. Else the refusal.
std::variant<stored_post, http::server::response> read_post(const http::server::request& asked);

/// The new words of a post, of a partial update that sets nothing else; else the refusal.
std::variant<stored_post, http::server::response> read_edit(const http::server::request& asked);

/// The owner that an image is begun for; else the refusal.
std::variant<std::string, http::server::response> read_image_owner(const http::server::request& asked);

}  // namespace pulse::sandbox::linkedin

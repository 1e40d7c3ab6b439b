// A channel: a project's connection to a platform account, and what the platform lets it do.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/platforms/platform.hpp"

namespace pulse::domain {

/// What a platform takes, as `channels.capabilities_json` shows it.
struct capabilities {
  bool text = true;  // without a picture or a film
  bool image = false;
  bool video = false;
  bool carousel = false;  // several of them in one post
  int max_length = 0;     // in the platform's own count, see domain/platforms/text_length
};
BOOST_DESCRIBE_STRUCT(capabilities, (), (text, image, video, carousel, max_length))

/// What channels of `type` take, from the platform's description.
capabilities capabilities_of(channel_type type);

/// Whether a post to a channel of `type` must have an image or a film.
bool needs_media(channel_type type);

/// Whether a channel of `type` publishes as an account at a platform.
bool needs_account(channel_type type);

/// The platform's name as people know it: "X".
std::string_view display_name(channel_type type);

/// One channel, as the engine and the API see it.
struct channel {
  base::uuid id;
  base::uuid tenant_id;
  base::uuid project_id;
  channel_type type = channel_type::website;
  std::string name;
  std::optional<base::uuid> account_id;  // website channels have none
  bool is_active = true;
  std::optional<std::string> disabled_reason;  // a sentence; set when the engine disabled it
  base::timestamp created_at;
  base::timestamp updated_at;
};

}  // namespace pulse::domain

// A channel: a project's connection to a platform account, and what the platform lets it do.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"

namespace pulse::domain {

/// The platforms that a channel can be of. The name is the word of the API ("x"), of SQL and of the connector's folder.
enum class channel_type { website, x, instagram, linkedin };
BOOST_DESCRIBE_ENUM(channel_type, website, x, instagram, linkedin)

/// What a platform takes, as `channels.capabilities_json` shows it.
struct capabilities {
  bool text = true;
  bool image = false;
  bool video = false;
  int max_length = 0;  // in the platform's own count, see domain/platforms/text_length
};
BOOST_DESCRIBE_STRUCT(capabilities, (), (text, image, video, max_length))

/// What channels of `type` take (platforms/x.md §Text length, instagram.md §Media limits, linkedin.md §3; the website channel's
/// limit is ours).
capabilities capabilities_of(channel_type type);

/// Whether a post to a channel of `type` must have an image: Instagram has no text-only posts (instagram.md §Publish).
bool needs_image(channel_type type);

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

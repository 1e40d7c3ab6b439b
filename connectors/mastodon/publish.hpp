// One publish call to an instance, step by step: its limits, the newest post, the pictures or the film, the post.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connectors/mastodon/connector.hpp"
#include "connectors/shared/publish_steps.hpp"

namespace pulse::connectors::mastodon {

/// What was kept of earlier attempts of this very content.
struct kept_steps {
  std::string newest_id;               // of the account's posts before the first attempt; "0": it had none
  std::vector<std::string> media_ids;  // uploaded, in the order of the post's media
};

/// Nothing when no attempt of this content came so far that a post may be live.
std::optional<kept_steps> kept_of(const publication& what);

/// The Idempotency-Key: the same for every attempt of this delivery with this content, and for nothing else.
std::string key_of(const publication& what);

/// The path of the account's own posts.
std::string statuses_path(const std::string& account_id, const std::vector<std::pair<std::string, std::string>>& query);

std::shared_ptr<publish_steps> publishing(const mastodon_options& options, std::shared_ptr<known_limits> limits,
                                          std::shared_ptr<film_uploads> uploads, egress& client,
                                          const base::clock& clock, publication what,
                                          std::function<void(publish_reply)> done);

}  // namespace pulse::connectors::mastodon

// One publish call to TikTok, step by step.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "connectors/shared/publish_steps.hpp"
#include "connectors/tiktok/options.hpp"

namespace pulse::connectors::tiktok {

/// What earlier steps kept for this very post.
struct kept_post {
  std::string publish_id;  // empty: none was answered
  std::string username;
  std::string url;   // of an upload; empty when TikTok fetches the film
  int begun_by = 0;  // the attempt that was about to begin it
};
std::optional<kept_post> kept_in(const publication& what);

/// A look at the post of this id.
egress_request status_request(const tiktok_options& options, const credentials& account, const std::string& publish_id);

std::shared_ptr<publish_steps> publishing(const tiktok_options& options, egress& client, const base::clock& clock,
                                          publication what, std::function<void(publish_reply)> done);

}  // namespace pulse::connectors::tiktok

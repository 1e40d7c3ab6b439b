// Finds a post among those that the account has made since.
#pragma once

#include <functional>
#include <memory>

#include "connectors/mastodon/connector.hpp"

namespace pulse::connectors::mastodon {

/// Posts that one look-up compares in full.
inline constexpr std::size_t most_candidates = 20;
/// Pages of 40 posts that one look-up reads.
inline constexpr int most_pages = 10;

void look_up(const mastodon_options& options, egress& client, const base::clock& clock, publication what,
             std::function<void(domain::reconciliation)> done);

}  // namespace pulse::connectors::mastodon

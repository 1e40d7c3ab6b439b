// LinkedIn's reactions and comments: requests, and the meaning of their replies.
#pragma once

#include <functional>

#include "connectors/linkedin/connector.hpp"
#include "connectors/roles/engage.hpp"

namespace pulse::connectors::linkedin {

/// For finding a comment again: comments on a page, and pages at most.
inline constexpr int comments_a_page = 100;
inline constexpr int most_comment_pages = 10;

/// The outcome of an act from its reply. `published` only with 201; a 409 for a reaction means that it is there.
domain::outcome classify_engagement(const egress_reply& reply, domain::engagement_kind kind, base::timestamp now);

/// See `engages`. It first looks for the reaction, because LinkedIn does not document the effect of a second one.
void engage(const linkedin_options& options, egress& client, const base::clock& clock, engagement_call what,
            std::function<void(domain::outcome)> done);
void find_engagement(const linkedin_options& options, egress& client, const base::clock& clock, engagement_call what,
                     std::function<void(domain::reconciliation)> done);

}  // namespace pulse::connectors::linkedin

// LinkedIn's reactions and comments: requests and what their replies mean.
#pragma once

#include <functional>

#include "connectors/linkedin/connector.hpp"
#include "connectors/roles/engage.hpp"

namespace pulse::connectors::linkedin {

/// Comments that are read to find one again, a page of them, and pages at most.
inline constexpr int comments_a_page = 100;
inline constexpr int most_comment_pages = 10;

/// What the reply to the act makes of it. `published` only with 201; a reaction's 409 says that it is there.
domain::outcome classify_engagement(const egress_reply& reply, domain::engagement_kind kind, base::timestamp now);

/// See `engages`. A reaction is looked for first, because LinkedIn does not say what a second one does.
void engage(const linkedin_options& options, egress& client, const base::clock& clock, engagement_call what,
            std::function<void(domain::outcome)> done);
void find_engagement(const linkedin_options& options, egress& client, const base::clock& clock, engagement_call what,
                     std::function<void(domain::reconciliation)> done);

}  // namespace pulse::connectors::linkedin

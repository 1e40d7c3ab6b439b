// Answers of the routes that approve or reject, for members and for reviewers with a link.
#pragma once

#include "http/api/problem.hpp"
#include "http/api/reply.hpp"
#include "persistence/campaigns/content.hpp"
#include "persistence/campaigns/reviews.hpp"

namespace pulse::http::routes {

/// The item after the decision, or why the decision was not possible.
result<persistence::content::item> to_outcome(persistence::reviews::decided from);

}  // namespace pulse::http::routes

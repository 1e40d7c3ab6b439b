// What the routes of decisions answer with, for members and for whoever has a link.
#pragma once

#include "http/api/problem.hpp"
#include "http/api/reply.hpp"
#include "persistence/campaigns/content.hpp"
#include "persistence/campaigns/reviews.hpp"

namespace pulse::http::routes {

/// The item as it is after the decision, or why it was not taken.
result<persistence::content::item> to_outcome(persistence::reviews::decided from);

}  // namespace pulse::http::routes

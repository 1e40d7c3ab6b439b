// The budgets that platforms give each account, from their documents.
#pragma once

#include "domain/channel.hpp"
#include "domain/throttle.hpp"

namespace pulse::domain {

/// Publish calls an account of `type` may make (x: 100 in 15 minutes, platforms/x.md §Rate limits; half of them may come at
/// once, so that a morning's posts go out together and the rest still fits). The website is ours: a bound, not a budget.
rate publish_rate(channel_type type);

}  // namespace pulse::domain

// One publish call to TikTok of a film of the library: uploaded piece by piece over as many attempts as it takes.
#pragma once

#include <functional>
#include <memory>

#include "connectors/tiktok/publish.hpp"

namespace pulse::connectors::tiktok {

/// The call, to be started once; `options.films` is not null. One piece of the film is in memory. After each piece that
/// TikTok has taken it is kept how many there are; an attempt whose time is over ends as `goes_on`, and the next one
/// begins behind the last piece that TikTok has. Only the last piece publishes: nothing is live before it.
std::shared_ptr<publish_steps> publishing_film(const tiktok_options& options, egress& client, const base::clock& clock,
                                               publication what, std::function<void(publish_reply)> done);

}  // namespace pulse::connectors::tiktok

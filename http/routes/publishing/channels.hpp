// /channels: a project's connections to platform accounts.
#pragma once

#include <boost/describe.hpp>

#include "domain/publishing/channel.hpp"
#include "http/api/route_table.hpp"
#include "persistence/publishing/channels.hpp"

namespace pulse::http::routes {

/// A channel with its platform's capabilities, as all answers show it.
struct channel : persistence::channels::channel {
  domain::capabilities capabilities_json;
};
BOOST_DESCRIBE_STRUCT(channel, (persistence::channels::channel), (capabilities_json))

channel with_capabilities(persistence::channels::channel row);

void add_channels(route_table& routes);

}  // namespace pulse::http::routes

// Posts of a Facebook Page that the company has connected.
#pragma once

#include <functional>

#include "connectors/facebook/connector.hpp"
#include "connectors/roles/read_pages.hpp"

namespace pulse::connectors::facebook {

/// See `reads_pages`. `what.account` is the page itself, with its own token.
void read_page(const facebook_options& options, egress& client, const base::clock& clock, page_look what,
               std::function<void(page_reading)> done);

}  // namespace pulse::connectors::facebook

// Posts of an organization, for those who administer its page. Pages of others LinkedIn shows to nobody here.
#pragma once

#include <functional>

#include "connectors/linkedin/connector.hpp"
#include "connectors/roles/read_pages.hpp"

namespace pulse::connectors::linkedin {

/// See `reads_pages`. The page's number is looked up by its vanity name once.
void read_page(const linkedin_options& options, egress& client, const base::clock& clock, page_look what,
               std::function<void(page_reading)> done);

}  // namespace pulse::connectors::linkedin

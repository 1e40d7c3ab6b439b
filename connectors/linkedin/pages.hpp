// The posts of an organization, for administrators of its page. LinkedIn shows other pages to nobody here.
#pragma once

#include <functional>

#include "connectors/linkedin/connector.hpp"
#include "connectors/roles/read_pages.hpp"

namespace pulse::connectors::linkedin {

/// See `reads_pages`. The page's number is looked up once by its vanity name.
void read_page(const linkedin_options& options, egress& client, const base::clock& clock, page_look what,
               std::function<void(page_reading)> done);

}  // namespace pulse::connectors::linkedin

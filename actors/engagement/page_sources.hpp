// Where posts of tracked pages are found: feeds of companies' own sites. What LinkedIn shows it shows through its API alone; pages are never
// scraped, so a page without a feed has posts by link only.
#pragma once

#include "actors/engagement/page_poller.hpp"
#include "base/time.hpp"
#include "connectors/egress/egress.hpp"

namespace pulse::actors {

/// A source that asks the feed of a page, conditionally and within the bounds of connectors/feeds. Both outlive it.
page_source page_sources(connectors::egress& client, const base::clock& clock);

/// What a feed's document makes of a page: an entry that names a post at LinkedIn is that post; another is found, and nothing can be done
/// under it. RSS, Atom and JSON Feed (1.0, 1.1).
persistence::polls::page_answer read_feed_of_page(std::string_view document, base::timestamp now);

}  // namespace pulse::actors

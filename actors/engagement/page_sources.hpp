// Where posts of tracked pages are found: at LinkedIn, Facebook and Instagram through their APIs, as somebody of the
// company who may, and in the feeds of companies' own sites. Pages are never scraped, so a page that nobody may read
// and that has no feed has posts by link only.
#pragma once

#include <functional>

#include "actors/budgets/messages.hpp"
#include "actors/engagement/page_poller.hpp"
#include "base/time.hpp"
#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/roles/read_pages.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::actors {

/// The limiters, for reads with a login. Any thread; empty: nothing limits (tests).
struct page_budgets {
  std::function<void(const base::uuid& tenant_id, const read_permit_request& what,
                     std::function<void(read_permit_answer)> done)>
      ask{};
  std::function<void(const base::uuid& tenant_id, domain::channel_type type, budget_seen seen)> tell{};
};

struct page_source_parts {
  persistence::database& database;  // as the engine
  const persistence::secret_box& secrets;
  const base::clock& clock;
  connectors::egress& client;
  const connectors::connector_registry& platforms;
  page_budgets budgets{};
};

/// A source that asks the page's platform where the company has a login that may, else the page's feed, conditionally
/// and within the bounds of connectors/feeds. A read with a login asks its limiter first: posts go first, and meanwhile
/// the page waits and says so. All of it outlives the source.
page_source page_sources(page_source_parts services);

/// Posts as a platform lists them, for the rows: at LinkedIn each is one under which members act; elsewhere only where
/// its words link to one.
persistence::polls::page_answer to_answer(const persistence::polls::due_page& page, connectors::page_reading read);

}  // namespace pulse::actors

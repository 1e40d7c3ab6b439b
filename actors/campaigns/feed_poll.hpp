// Stores the result of polling a feed in one transaction: the items that were seen, and a run for each new one.
#pragma once

#include "actors/campaigns/rule_work.hpp"
#include "connectors/feeds/feed.hpp"
#include "persistence/campaigns/rule_agenda.hpp"

namespace pulse::actors {

/// The first poll only stores which items exist and makes no runs. Later ones make runs of at most `most_items_of_poll`
/// new items, the oldest of the newest first; further ones are remembered only. A transaction of the engine that names
/// its tenant.
void note_feed(persistence::transaction& tx, const persistence::rule_agenda::owner& by, const rule_work::feed& asked,
               const connectors::feeds::feed_answer& answer, base::timestamp now);

}  // namespace pulse::actors

#include "persistence/calendar/entries.hpp"

namespace pulse::persistence::calendar {

std::vector<post_entry> list_posts(transaction& tx, const base::uuid& project_id, base::timestamp from,
                                   base::timestamp to, int limit) {
  return tx.execute(select_posts, project_id, from, to, limit).all<post_entry>();
}

}  // namespace pulse::persistence::calendar

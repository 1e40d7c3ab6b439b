// Feeds that are fetched once for all companies that track them, and the turns at their hosts
// (domain/engagement/shared_feeds). As the engine: no company's rows, and no request sees them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/engagement/shared_feeds.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::shared_feeds {

/// A feed that somebody wants to look at.
struct feed_wish {
  std::string url;
  bool is_shared = false;  // others track it too, and it may be fetched for all
  bool is_urgent = false;  // see domain::step_of
};

/// What came of a wish.
struct feed_turn {
  domain::feed_step what = domain::feed_step::fetch;
  base::timestamp
      until{};  // of `wait`: when to ask again. Of `fetch`: nobody else fetches it, or anything of its host, before
  std::string host{};  // of `fetch`: whose turn this is
  std::string key{};   // of a shared feed; else empty
  std::int64_t generation = 0;
  int failures = 0;
  // The stored state.
  std::string etag{};
  std::string last_modified{};
  std::vector<domain::shared_entry> entries{};
  std::optional<base::timestamp> changed_at{};  // since when they are these
  std::optional<std::string> problem{};
  std::optional<base::timestamp> retry_at{};
};

/// Decides for all of them in one step, one turn a wish: what is to be fetched is this process's until `until`, one
/// feed of a host, and whoever else wants that feed or host waits.
std::vector<feed_turn> take_turns(transaction& tx, const std::vector<feed_wish>& wishes, base::timestamp now,
                                  base::timestamp until);

/// What a fetch brought.
struct fetched_feed {
  std::vector<domain::shared_entry> entries{};  // all that is to be kept
  std::string etag{};
  std::string last_modified{};
  std::optional<std::string> problem{};  // the fields above then have no meaning
  std::optional<base::timestamp> retry_at{};
};

/// The fetch of `turn` is over, and its host is free again a pause later. Of a shared feed, what it brought is there
/// for all, and when it is fetched next: unless the turn was over and somebody else had the next. `spread` as
/// domain::next_poll. Answers since when the entries are what they are; nothing where none were found for others.
std::optional<base::timestamp> end_turn(transaction& tx, const feed_turn& turn, const fetched_feed& brought,
                                        base::timestamp now, double spread);

/// Rows that nobody has needed since `before`, at most `limit`; how many there were.
int forget(transaction& tx, base::timestamp before, int limit);

}  // namespace pulse::persistence::shared_feeds

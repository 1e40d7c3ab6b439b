// A company's events in the order in which a reader that resumes must read them: each once, and none that commits late
// is skipped.
//
// An event carries the transaction that appended it. A reader takes only events of transactions older than every one
// that still runs (pg_snapshot_xmin), in the order of (transaction, id), and remembers the last pair. Whatever commits
// later has a transaction that was running then, or began later: its number is not below that horizon, so it comes
// after everything that was read. All rows of one transaction become visible at once, so none of them is left behind
// either. The price: a long transaction that writes holds the stream up until it ends, and never anything else. Of
// Pulse's own none lasts longer than its time-outs; one of another database on this server cannot write here, so a
// reader that is held up looks who it is (`read_after`). What is left: a person who keeps a transaction open in this
// database. Read on the primary only: a standby's snapshot does not know what runs there.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::events {

/// A position in a company's stream: everything up to it was read.
struct cursor {
  std::int64_t transaction = 0;
  std::int64_t id = 0;

  friend auto operator<=>(const cursor&, const cursor&) = default;
};

/// As clients keep it: opaque to them.
std::string to_text(const cursor& from);
/// Nothing when it is not one.
std::optional<cursor> parse_cursor(std::string_view text);

/// Who did it.
struct activity_member {
  base::uuid id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(activity_member, (), (id, name))

/// What it is about.
struct activity_subject {
  std::string kind;
  base::uuid id;
};
BOOST_DESCRIBE_STRUCT(activity_subject, (), (kind, id))

/// An event as the live stream, the polled pages and the activity stream tell it.
struct activity_event {
  std::int64_t id = 0;
  base::timestamp at;
  std::string type;     // "PublishSucceeded"
  std::string message;  // a sentence
  activity_subject subject;
  std::optional<base::uuid> project_id;  // none: of the whole company
  std::optional<base::uuid> post_id;
  std::optional<base::uuid> delivery_id;
  std::optional<base::uuid> channel_id;
  std::optional<activity_member> by;  // none: Pulse itself
  boost::json::object metadata_json;
};
BOOST_DESCRIBE_STRUCT(activity_event, (),
                      (id, at, type, message, subject, project_id, post_id, delivery_id, channel_id, by, metadata_json))

struct placed_event {
  cursor at;
  activity_event event;
};

/// What was read of a stream.
struct stretch {
  std::vector<placed_event> events;
  cursor to;              // read on from here; moves on also where nothing happened
  bool is_full = false;   // there may be more right now
  bool is_early = false;  // there is more that cannot be read yet: a transaction that may come before it still runs
  bool is_ahead = false;  // `after` is of another database: it lies beyond all that this one has written
};

/// The transaction that a reader waits for.
enum class patience {
  with_all,      // whoever writes on this server, which is known with every snapshot
  with_our_own,  // where that holds it up: whoever writes in this database, which costs another look
};

/// The events of `tenant_id` after `after`, at most `limit`; of one project and of the company where one is named.
stretch read_after(transaction& tx, const base::uuid& tenant_id, const cursor& after,
                   const std::optional<base::uuid>& project_id, int limit, patience how = patience::with_all);

/// How many events lie after `after`, counted up to `most`.
std::int64_t count_after(transaction& tx, const base::uuid& tenant_id, const cursor& after, std::int64_t most);

/// The end of every stream: read on from here to get what comes.
cursor find_end(transaction& tx);

/// Puts the events of a database that was restored from another server's dump before all that this server will write;
/// how many. As the engine, before anybody reads.
std::int64_t adopt(transaction& tx);

/// The latest, newest first, whether or not a transaction before them still runs.
std::vector<activity_event> read_latest(transaction& tx, const base::uuid& tenant_id,
                                        const std::optional<base::uuid>& project_id, int limit);

}  // namespace pulse::persistence::events

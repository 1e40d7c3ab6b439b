// Signed webhooks of website channels, and the messages that wait to be sent there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::site_hooks {

/// Tries that a message gets before it is given up.
inline constexpr int most_tries = 10;
/// The most waiting messages of one channel; further ones are dropped.
inline constexpr std::int64_t most_waiting = 10'000;

/// Without address and secret, which nobody is shown again.
struct site_hook {
  base::uuid channel_id;
  std::string host;
  base::timestamp created_at;
  std::optional<base::timestamp> last_sent_at;  // what arrived
  std::optional<std::string> problem;           // why the last message did not arrive
  bool is_off = false;                          // the site has said that the address is gone
  std::int64_t waiting = 0;                     // messages that have not arrived yet
};
BOOST_DESCRIBE_STRUCT(site_hook, (), (channel_id, host, created_at, last_sent_at, problem, is_off, waiting))

/// The hook of a channel, or none.
std::optional<site_hook> find(transaction& tx, const base::uuid& channel_id);
/// Whether a channel is a website; nothing if there is none.
std::optional<bool> is_website(transaction& tx, const base::uuid& channel_id);

/// Stores the hook of a channel that is there, in place of the one that it had; messages that wait go to the new one.
void store(transaction& tx, const base::uuid& channel_id, const std::string& host, const std::string& address,
           const base::secret& signing_secret, const secret_box& box, base::timestamp now);
/// False if there is none.
bool remove(transaction& tx, const base::uuid& channel_id);

/// A test message, due at once, with the next round trip.
void queue_test(transaction& tx, const base::uuid& channel_id, base::timestamp now);
/// The message about a publication, if its channel has a hook; as either role, with or without the tenant set.
void queue_message(transaction& tx, const base::uuid& tenant_id, const base::uuid& channel_id,
                   const base::uuid& publication_id, std::string_view kind, base::timestamp now);

// --- as the engine ---

/// A message that is being sent.
struct taken {
  base::uuid tenant_id;
  base::uuid id;
  base::uuid channel_id;
  std::string kind;
  base::timestamp created_at;
  bytes address;  // sealed
  bytes secret;   // sealed
  int tries = 0;  // with this one
  std::optional<base::uuid> project_id;
  std::optional<base::uuid> publication_id;
  std::string data;  // JSON; empty: the publication no longer exists
};
BOOST_DESCRIBE_STRUCT(taken, (),
                      (tenant_id, id, channel_id, kind, created_at, address, secret, tries, project_id, publication_id,
                       data))

struct opened {
  base::secret address;
  base::secret signing_secret;
};

/// Nothing when it cannot be opened: another key.
std::optional<opened> open(const taken& from, const secret_box& box);

/// Takes what is due, one message of a channel at most and `limit` at all; whoever takes it has until `again_at`, when
/// it is due again.
std::vector<taken> take(transaction& tx, base::timestamp now, base::timestamp again_at, int limit);
/// It arrived, or was given up for the reason `problem`; with `is_gone` no more messages are sent there.
void finish(transaction& tx, const taken& one, const std::optional<std::string>& problem, bool is_gone,
            base::timestamp now);
/// It is tried again; other messages of the channel wait until `rests_until`.
void put_back(transaction& tx, const taken& one, const std::string& problem, base::timestamp again_at,
              base::timestamp rests_until);

}  // namespace pulse::persistence::site_hooks

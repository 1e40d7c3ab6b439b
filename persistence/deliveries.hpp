// Deliveries as the engine reads and writes them. Every write is guarded: by the owner's fence, by the attempt, and by the
// state that it leaves. The group commit that carries many actors' writes is persistence/delivery_ledger.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/channel.hpp"
#include "domain/delivery.hpp"
#include "persistence/transaction.hpp"

namespace pulse::persistence {

/// An intent: this owner is about to begin this attempt.
struct intent {
  base::uuid tenant_id;
  base::uuid delivery_id;
  std::int64_t fence = 0;
  int attempt = 1;
  base::timestamp started_at;
  base::timestamp deadline_at;
};

/// What a won claim is to publish, as it stood when the intent was committed.
struct claimed_content {
  base::uuid tenant_id;
  base::uuid delivery_id;
  std::string title;
  std::string text;                             // the variant of the channel's type where there is one
  std::optional<std::string> external_user_id;  // of the account; none for channels without one
  std::optional<std::string> handle;
  std::optional<base::uuid> account_id;
  std::optional<bytes> access_token;  // sealed, see secret_box
};
BOOST_DESCRIBE_STRUCT(claimed_content, (),
                      (tenant_id, delivery_id, title, text, external_user_id, handle, account_id, access_token))

/// An outcome: what became of an attempt, and the event that tells people.
struct change {
  base::uuid tenant_id;
  base::uuid delivery_id;
  std::int64_t fence = 0;
  int attempt = 0;
  domain::delivery_state from = domain::delivery_state::sending;  // the state it leaves: guards against a second record
  domain::delivery_state to = domain::delivery_state::published;
  base::timestamp not_before;
  int failures = 0;
  std::optional<std::string> external_id;
  std::optional<std::string> external_url;
  std::optional<std::string> reason;
  std::optional<domain::outcome_kind> outcome;
  bool disables_channel = false;
  std::string event_type;
  std::string event_message;
  boost::json::object metadata;
  base::timestamp at;
};

/// Commits intents: `waiting` becomes `sending`. Answers the won ones. Lost are those that were cancelled, moved to a later
/// time, paused, deleted, whose channel is off, or whose tenant has another owner: the rows that say so are locked in the same
/// statement, so what was acknowledged before is obeyed. The same claim made again is won again and may only move the deadline
/// away: it is known by its owner, its attempt and the moment at which it began, so that nobody else, not even a successor under
/// the same fence that has read old rows, begins an attempt that is under way.
std::vector<claimed_content> claim(transaction& tx, const base::uuid& node_id, std::span<const intent> intents);

/// Commits outcomes with their events. What leaves `waiting` must still wait for the time that the change names. Answers the deliveries that were changed; the others belong to somebody else by now,
/// or were changed by an earlier try.
std::vector<base::uuid> record(transaction& tx, const base::uuid& node_id, std::span<const change> changes);

/// A row of a tenant's agenda.
struct agenda_entry {
  base::uuid id;
  base::uuid project_id;
  base::uuid post_id;
  base::uuid channel_id;
  domain::channel_type channel_type = domain::channel_type::website;
  std::optional<base::uuid> account_id;
  domain::delivery_state state = domain::delivery_state::waiting;
  base::timestamp due_at;
  base::timestamp not_before;
  int attempt = 0;
  int failures = 0;
  std::optional<base::timestamp> started_at;
  std::optional<base::timestamp> deadline_at;
};
BOOST_DESCRIBE_STRUCT(agenda_entry, (),
                      (id, project_id, post_id, channel_id, channel_type, account_id, state, due_at, not_before,
                       attempt, failures, started_at, deadline_at))

/// A tenant's deliveries that are to start before `until` on channels that are open, by time, and those that were left in the
/// middle; at most `limit`. Nothing when the tenant is not this node's under this fence.
std::vector<agenda_entry> select_agenda(transaction& tx, const base::uuid& tenant_id, const base::uuid& node_id,
                                        std::int64_t fence, base::timestamp until, int limit);

/// What an attempt was given to publish, for reconciling it: the content of a delivery, whatever its state.
std::optional<claimed_content> find_content(transaction& tx, const base::uuid& tenant_id,
                                            const base::uuid& delivery_id);

/// When the next delivery of any tenant that waits beyond `after` is to start; nothing when there is none.
std::optional<base::timestamp> next_due(transaction& tx, base::timestamp after);

/// Adds an event about a channel itself, such as that it keeps crashing.
void append_channel_event(transaction& tx, const base::uuid& tenant_id, const base::uuid& channel_id,
                          std::string_view type, std::string_view message, base::timestamp at);

}  // namespace pulse::persistence

// What people ask of published posts at their platforms, deleting, editing and commenting once more, and what became of
// it; the people's side and the engine's.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/platforms/post_option.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/delivery.hpp"
#include "domain/publishing/publication_change.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::publication_changes {

/// A delivery of a post, with the last thing that was asked of what it published.
struct publication {
  base::uuid delivery_id;
  base::uuid channel_id;
  std::string channel_name;
  domain::channel_type channel_type = domain::channel_type::website;
  domain::delivery_state state = domain::delivery_state::waiting;
  std::optional<std::string> external_id;
  std::optional<std::string> external_url;
  std::optional<domain::publication_change_kind> change;  // none: nothing was asked
  std::optional<domain::publication_change_state> change_state;
  std::optional<int> attempt;  // attempts begun
  std::optional<std::string> text;
  std::optional<std::string> reason;
  std::optional<base::timestamp> requested_at;
  std::optional<base::timestamp> next_attempt_at;
  std::optional<base::timestamp> finished_at;
  bool is_deleted = false;  // it is no longer at the platform
  bool is_out = false;      // it was published, or parts of it were before it was withdrawn or refused
  /// Its first comment was refused or withdrawn, and nothing is under way.
  bool is_comment_missing = false;
};
BOOST_DESCRIBE_STRUCT(publication, (),
                      (delivery_id, channel_id, channel_name, channel_type, state, external_id, external_url, change,
                       change_state, attempt, text, reason, requested_at, next_attempt_at, finished_at, is_deleted,
                       is_out, is_comment_missing))

// Of delivery d of post p on channel c: whether something of it is at the platform, for deleting and for commenting.
#define PULSE_IS_OUT                                                                                  \
  "(d.external_id IS NOT NULL AND (d.state = 'published' OR (d.state IN ('cancelled', 'failed') AND " \
  "coalesce(d.handles ? 'part_1', false))))"
#define PULSE_IS_COMMENT_MISSING                                                                                 \
  "(d.state = 'published' AND c.deleted_at IS NULL AND coalesce(d.handles ? 'part_1' AND NOT d.handles ? "       \
  "'first_comment', false) "                                                                                     \
  "AND NOT coalesce(p.options -> c.type ? 'thread', false) "                                                     \
  "AND NOT EXISTS (SELECT FROM publication_changes g WHERE g.tenant_id = d.tenant_id AND g.post_id = d.post_id " \
  "AND g.delivery_id = d.id AND (g.state IN ('waiting', 'sending') OR (g.kind = 'remove' AND g.state = 'done'))))"

/// A post's deliveries in the order of their channels; none when there is no such post.
bound_query<publication> list(const base::uuid& post_id);

/// A person asks for it.
struct request {
  base::uuid id;
  base::uuid delivery_id;  // something of it is out (`publication`), and its post is there
  domain::publication_change_kind kind = domain::publication_change_kind::remove;
  std::optional<std::string> text{};  // of an edit
  bool takes_post = false;            // see the migration
  base::uuid member_id;
  base::timestamp now;
};

/// Changes of one channel begin no closer together, so that none of its budgets is used up at once.
inline constexpr std::chrono::seconds change_gap{2};

/// Stores it with its event. False: something is under way for that delivery already. To follow `posts::lock`.
bool ask(transaction& tx, const request& wanted);

// --- the engine's side: names the tenant, because its role sees all of them ---

/// An attempt that one process has begun.
struct begun_change {
  base::uuid tenant_id;
  base::uuid id;
  base::uuid project_id;
  base::uuid post_id;
  base::uuid delivery_id;
  base::uuid channel_id;
  domain::publication_change_kind kind = domain::publication_change_kind::remove;
  std::optional<std::string> text;
  int attempt = 0;
  int failures = 0;
  base::timestamp created_at;
  base::timestamp deadline_at;
  bool was_lost = false;     // an attempt before it has no answer
  bool is_in_doubt = false;  // see domain::publication_change; also of a comment whose attempt was lost
  std::string channel_name;
  domain::channel_type channel_type = domain::channel_type::website;
  std::string external_id;
  std::map<std::string, std::string> handles;  // of the delivery: the parts of a thread are among them
  domain::chosen_options options;              // of the post, for the platform: its first comment is among them
  std::optional<base::uuid> account_id;
  std::optional<std::string> external_user_id;
  std::optional<std::string> handle;
  std::optional<bytes> access_token;  // sealed
};
BOOST_DESCRIBE_STRUCT(begun_change, (),
                      (tenant_id, id, project_id, post_id, delivery_id, channel_id, kind, text, attempt, failures,
                       created_at, deadline_at, was_lost, is_in_doubt, channel_name, channel_type, external_id, handles,
                       options, account_id, external_user_id, handle, access_token))

domain::publication_change to_domain(const begun_change& from);

/// Begins attempts that are due, at most `limit`, one a channel: their intents are committed with this transaction, in
/// `process`'s name. An attempt that another process left unfinished begins again after its deadline, and is reported
/// as delayed.
std::vector<begun_change> begin_due(transaction& tx, const base::uuid& process, base::timestamp now, int limit);

/// What became of an attempt.
struct settlement {
  domain::publication_change after;
  std::string reason{};
  std::map<std::string, std::string> kept{};  // of a comment that is out: its id, kept with the delivery
};

/// Commits it, with its event; the post goes with the last of those that take it. False: it is not this process's any
/// more.
bool settle(transaction& tx, const base::uuid& process, const begun_change& of, const settlement& how,
            base::timestamp now);

}  // namespace pulse::persistence::publication_changes

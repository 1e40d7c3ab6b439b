// Deliveries as people look after them: those that need somebody, and what somebody decides. The engine's view of a
// delivery is persistence/engine/deliveries.
//
// A decision is one guarded step: it changes the delivery only while it is in the state that the decision is about. It
// follows `posts::lock`, so it comes wholly before or wholly after whatever the engine or another person does.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/delivery.hpp"
#include "domain/publishing/delivery_decision.hpp"
#include "domain/publishing/outcome.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/publishing/by_member.hpp"
#include "persistence/publishing/posts.hpp"
#include "persistence/publishing/publication_changes.hpp"

namespace pulse::persistence::delivery_decisions {

struct delivery_details {
  base::uuid id;
  base::uuid project_id;
  base::uuid post_id;
  std::string post_title;
  base::uuid channel_id;
  domain::channel_type channel_type = domain::channel_type::website;
  std::string channel_name;
  domain::delivery_state state = domain::delivery_state::waiting;
  std::optional<base::timestamp> due_at;        // when it is wanted; none: not scheduled
  std::optional<base::timestamp> not_before;    // when it may start: later than due_at while it is held
  int attempt = 0;                              // attempts begun
  int failures = 0;                             // of them, those that count against the retry policy
  std::optional<domain::outcome_kind> outcome;  // of the last attempt
  std::optional<std::string> external_id;
  std::optional<std::string> external_url;
  std::optional<std::string> reason;
  std::optional<base::timestamp> asked_at;  // late, and a person was asked then; nothing starts it before the answer
  std::optional<base::timestamp> finished_at;
  base::timestamp created_at;
  base::timestamp updated_at;
  bool is_comment_missing = false;  // published, and its first comment was refused or withdrawn; nothing is under way
};
BOOST_DESCRIBE_STRUCT(delivery_details, (),
                      (id, project_id, post_id, post_title, channel_id, channel_type, channel_name, state, due_at,
                       not_before, attempt, failures, outcome, external_id, external_url, reason, asked_at, finished_at,
                       created_at, updated_at, is_comment_missing))

/// One or none; a deleted post has none.
bound_query<delivery_details> find(const base::uuid& id);

/// What a list of deliveries is narrowed by; each may be left out.
struct narrowing {
  std::optional<base::uuid> project_id{};
  std::optional<base::uuid> post_id{};
  std::optional<base::uuid> channel_id{};
  std::optional<domain::delivery_state> state{};
};

/// Newest first (ids are made in the order of time), behind that id.
bound_query<delivery_details> list(const narrowing& by, const base::uuid& id_before, std::int64_t most);

/// As `list`, only those that a person must decide about.
bound_query<delivery_details> list_undecided(const narrowing& by, const base::uuid& id_before, std::int64_t most);

/// Locks the delivery's post and all its deliveries (posts::lock); the post's id, or nothing when there is none.
std::optional<base::uuid> lock(transaction& tx, const base::uuid& id);

// Each of these is to follow `lock` in the same transaction, and answers how many deliveries it changed. Those whose
// channel was removed are left as they are: nothing could send them.

/// Failed ones of a post are sent once more, now, and with all attempts of the retry policy; `only`: just this one. A
/// thread goes on behind the parts of it that are out.
int retry(transaction& tx, const base::uuid& post_id, std::optional<base::uuid> only, const by_member& by);

/// Where a person has found an unconfirmed delivery.
struct sighting {
  std::string external_id;
  std::string external_url;
};

/// Carries out a decision that is possible for the delivery (domain::possible_decisions). `seen` with `is_live`.
int resolve(transaction& tx, const base::uuid& id, domain::delivery_decision decided,
            const std::optional<sighting>& seen, const by_member& by);

}  // namespace pulse::persistence::delivery_decisions

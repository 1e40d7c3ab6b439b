// Deliveries as the engine reads and writes them. Every write is guarded: by the owner's fence, by the attempt, and by
// the state that it leaves. The group commit that carries many actors' writes is persistence/engine/delivery_ledger.
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
#include "domain/budgets/own_apps.hpp"
#include "domain/events/facts.hpp"
#include "domain/platforms/image.hpp"
#include "domain/platforms/media.hpp"
#include "domain/platforms/platform_limits.hpp"
#include "domain/platforms/post_option.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/delivery.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence {

/// How an attempt came to be permitted, for its explanation: kept with the attempt as `trace`.
struct permit_trace {
  std::optional<base::timestamp> asked_at;         // when the permit was first asked for
  std::optional<base::timestamp> permitted_at;     // when it was granted
  std::optional<base::timestamp> throttled_until;  // what it was told meanwhile, if it had to wait
  std::optional<std::string> budget;               // by which budget, in words
  std::optional<std::string>
      budget_scope;  // account, tenant or app; platform: its own word; backlog: what is late is spread
  std::optional<int> budget_posts;
  std::optional<std::int64_t> budget_window_seconds;
};
BOOST_DESCRIBE_STRUCT(permit_trace, (),
                      (asked_at, permitted_at, throttled_until, budget, budget_scope, budget_posts,
                       budget_window_seconds))

/// Container and upload ids by the connector's names for them.
using attempt_handles = std::map<std::string, std::string>;

/// An intent: this owner is about to begin this attempt.
struct intent {
  base::uuid tenant_id;
  base::uuid project_id;  // this and the next two: what the delivery belongs to, which never changes
  base::uuid post_id;
  base::uuid channel_id;
  base::uuid delivery_id;
  std::int64_t fence = 0;
  int attempt = 1;
  base::timestamp started_at;
  base::timestamp deadline_at;
  permit_trace permit{};
};

/// A picture or film of a post (persistence/publishing/posts).
struct shown_medium {
  base::uuid media_id;
  domain::media_kind kind = domain::media_kind::image;
  std::string url;
  std::string alt_text;
};
BOOST_DESCRIBE_STRUCT(shown_medium, (), (media_id, kind, url, alt_text))

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
  std::optional<domain::image> image;
  std::vector<shown_medium> media;  // instead of it, in order
  domain::chosen_options options;   // for the channel's platform
  attempt_handles handles;          // kept by this attempt and those before it
  base::timestamp due_at;           // by which its lateness is measured
};
BOOST_DESCRIBE_STRUCT(claimed_content, (),
                      (tenant_id, delivery_id, title, text, external_user_id, handle, account_id, access_token, image,
                       media, options, handles, due_at))

/// An outcome: what became of an attempt, and the event that tells people.
struct delivery_change {
  base::uuid tenant_id;
  base::uuid delivery_id;
  std::int64_t fence = 0;
  int attempt = 0;
  domain::delivery_state from = domain::delivery_state::sending;  // the state it leaves: guards against a second record
  domain::delivery_state to = domain::delivery_state::published;
  base::timestamp not_before;
  int failures = 0;
  int interruptions = 0;
  std::optional<base::timestamp>
      resend_at;  // unknown: before which it is not sent again; nothing when a crash broke it off
  std::optional<base::timestamp> look_at;  // see domain::delivery
  std::optional<std::string> external_id;
  std::optional<std::string> external_url;
  std::optional<std::string> reason;
  std::optional<domain::outcome_kind> outcome;
  bool disables_channel = false;
  bool is_asked = false;                       // a person is asked, and nothing starts it
  std::optional<base::timestamp> doubt_until;  // see domain::delivery
  domain::event_facts event{};
  base::timestamp at;
};

/// Commits intents: `waiting` becomes `sending`. Answers the won ones. Lost are those that were cancelled, moved to a
/// later time, paused, deleted, whose channel is off, that began before a pause ended, or whose tenant has another
/// owner: every command that says so locks the tenant first (persistence/publishing/tenant_lock), so what was
/// acknowledged before is obeyed. The same claim made again is won again, unless one of these came between, and may
/// only move the deadline away: it is known by its owner, its attempt and the moment at which it began, so that nobody
/// else, not even a successor under the same fence that has read old rows, begins an attempt that is under way. Each
/// delivery at most once in `intents`: the answer does not say which of several was won.
std::vector<claimed_content> claim(transaction& tx, const base::uuid& node_id, std::span<const intent> intents);

/// Commits outcomes with their events. What leaves `waiting` must still wait for the time that the change names, and
/// what is to wait for a channel that was removed meanwhile is ended instead. Answers the deliveries that were changed;
/// the others belong to somebody else by now, or were changed by an earlier try. Each at most once in `changes`.
std::vector<base::uuid> record(transaction& tx, const base::uuid& node_id, std::span<const delivery_change> changes);
std::vector<base::uuid> record(transaction& tx, const base::uuid& node_id,
                               const std::vector<const delivery_change*>& changes);

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
  int interruptions = 0;
  std::optional<base::timestamp> started_at;
  std::optional<base::timestamp> deadline_at;
  std::optional<base::timestamp> doubt_until;
  std::optional<base::timestamp> live_since;  // this and the next five: see domain::delivery
  bool is_duplicate = false;
  bool is_begun = false;
  std::optional<std::int64_t> began_late_us;
  bool is_interrupted = false;
  std::optional<base::timestamp> look_at;
  domain::lateness_action lateness_policy = domain::lateness_action::send;
  std::int64_t lateness_after_seconds = 3600;
  std::optional<int> max_attempts;  // of the tenant's retry policy, where it has set one
  std::optional<domain::backoff_strategy> backoff_strategy;
  std::optional<int> retry_delay_seconds;
};
BOOST_DESCRIBE_STRUCT(agenda_entry, (),
                      (id, project_id, post_id, channel_id, channel_type, account_id, state, due_at, not_before,
                       attempt, failures, interruptions, started_at, deadline_at, doubt_until, live_since, is_duplicate,
                       is_begun, began_late_us, is_interrupted, look_at, lateness_policy, lateness_after_seconds,
                       max_attempts, backoff_strategy, retry_delay_seconds))

/// What the engine knows of a tenant: what is to be done, and the budgets that hold for it.
struct agenda_rows {
  std::vector<agenda_entry> entries;
  std::vector<domain::limit_row> limits;
  domain::own_apps apps{};
  bool has_rules = false;  // automation rules may have something to do
};

/// The budgets that are set for a tenant: its own and the installation's.
std::vector<domain::limit_row> select_limits(transaction& tx, const base::uuid& tenant_id);

/// Which of a tenant's accounts were connected with an app of its own.
domain::own_apps select_own_apps(transaction& tx, const base::uuid& tenant_id);

/// When an attempt began that counts against a budget.
struct past_start {
  domain::channel_type channel_type = domain::channel_type::website;
  base::uuid budget;  // the account's id, or the channel's where there is no account
  base::timestamp at;
  bool published_nothing = false;  // as far as is known
};
BOOST_DESCRIBE_STRUCT(past_start, (), (channel_type, budget, at, published_nothing))

/// A tenant's attempts since `since` that may have called the platform, and the looks that a login made there, in their
/// order; of each channel type and budget at most the latest `limit`.
std::vector<past_start> select_starts(transaction& tx, const base::uuid& tenant_id, base::timestamp since,
                                      base::timestamp now, int limit);

/// How much of a tenant's work is read at once.
struct agenda_part {
  base::timestamp until;    // what is to start before it
  int most_of_channel = 1;  // of each open channel its first so many
  bool with_begun = false;  // and all that was left in the middle, on whatever channel
  bool has_ended = true;    // something may have ended since: where the channels' agendas begin is found anew first
};

/// A part of a tenant's deliveries, by time. Nothing when the tenant is not this node's under this fence.
std::vector<agenda_entry> select_agenda(transaction& tx, const base::uuid& tenant_id, const base::uuid& node_id,
                                        std::int64_t fence, const agenda_part& part);

/// Adds `handles` to the delivery that is being sent, under the owner's fence; those of the same name are replaced.
/// False: the delivery is somebody else's by now.
bool keep_handles(transaction& tx, const base::uuid& node_id, const intent& of, const attempt_handles& handles);

/// What an attempt was given to publish, for reconciling it: the content of a delivery, whatever its state.
std::optional<claimed_content> find_content(transaction& tx, const base::uuid& tenant_id,
                                            const base::uuid& delivery_id);

/// Does nothing that lasts, but with every statement of the engine that a delivery waits for: for
/// `database::options::warm_up`.
void warm_up(transaction& tx);

}  // namespace pulse::persistence

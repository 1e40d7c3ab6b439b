// What the engine does with engagements: finding what is due, committing intents and outcomes. All of it names the
// tenant, because the engine sees all of them.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/acting_way.hpp"
#include "domain/engagement/engagement.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::acts {

/// An engagement that something is to be done about.
struct due_act {
  base::uuid tenant_id;
  base::uuid id;
  base::uuid member_id;
  base::uuid post_id;
  base::uuid page_id;
  domain::engagement_kind kind = domain::engagement_kind::like;
  domain::engagement_state state = domain::engagement_state::queued;
  base::timestamp not_before;
  base::timestamp expires_at;
  int attempt = 0;
  int failures = 0;
  int interruptions = 0;
  std::optional<base::timestamp> started_at;
  std::optional<base::timestamp> deadline_at;
  std::optional<domain::act_way> way;  // of the last attempt
  std::string page_name;
  std::string post_url;
};
BOOST_DESCRIBE_STRUCT(due_act, (),
                      (tenant_id, id, member_id, post_id, page_id, kind, state, not_before, expires_at, attempt,
                       failures, interruptions, started_at, deadline_at, way, page_name, post_url))

domain::engagement_act to_domain(const due_act& from);

/// How long one process looks after what was left in the middle before another may: longer than a look takes.
inline constexpr std::chrono::seconds looked_after_for{20};
inline constexpr std::chrono::seconds looked_after_in_browser_for{90};

/// What is queued to begin before `until`, what is too old at `now`, and what another process left in the middle: that
/// is `process`'s now, for `looked_after_for`, or as long as the way of the act needs. At most `limit` of each. Nothing
/// begins of a company that is paused, or of a member who is not active.
std::vector<due_act> take_due(transaction& tx, const base::uuid& process, base::timestamp now, base::timestamp until,
                              int limit);

/// What is sent to the platform.
struct act_content {
  domain::reaction_kind reaction = domain::reaction_kind::like;
  std::string text;
  std::string urn;
  std::optional<base::uuid> login_id;  // the member's own account at LinkedIn; none: not connected
  std::optional<std::string> external_user_id;
  std::optional<bytes> access_token;
  std::optional<base::uuid> session_id;  // the member's own session in a browser; none: not allowed, or there is none
  std::optional<bytes> session_cookies;
  std::optional<domain::act_way> way;  // of this attempt, or of the last one
};
BOOST_DESCRIBE_STRUCT(act_content, (),
                      (reaction, text, urn, login_id, external_user_id, access_token, session_id, session_cookies, way))

/// What the process has for it.
struct act_means {
  bool is_browser_operated = false;
  bool has_browser = false;  // one is kept free for this act
  domain::engagement_rules rules{};
};

struct not_ours {};  // it was skipped, edited away, or taken by another process
struct held_back {
  base::timestamp until;
};
struct browser_wanted {};  // it goes through a browser, and none is kept free for it: nothing is committed
using claim_answer = std::variant<act_content, held_back, browser_wanted, not_ours>;

/// Commits the intent of `act` for `process`, with attempt and start as the act says, if hours, gaps and caps allow it
/// at that moment (domain::when_to_send, with the page locked, so that two processes see each other's acts) and the
/// member has a way to LinkedIn (domain::choose_way), which gives the deadline. Asking again for the same attempt is
/// the same.
claim_answer claim(transaction& tx, const base::uuid& process, const domain::engagement_act& act, const due_act& about,
                   const act_means& with);

/// A change of an act's state, by an attempt or because its time has passed.
struct transition {
  domain::engagement_state from = domain::engagement_state::sending;
  domain::engagement_act after;
  domain::engagement_effect::commit_change what;
};

/// Commits it with its event. False: the act no longer belongs to this process.
bool record(transaction& tx, const base::uuid& process, const transition& made, const due_act& about,
            base::timestamp now);

/// For reconciliation; nothing if the act is gone.
std::optional<act_content> find_content(transaction& tx, const base::uuid& tenant_id, const base::uuid& id,
                                        base::timestamp now);

}  // namespace pulse::persistence::acts

// Tracked pages, and who of the company subscribed to them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/addresses.hpp"
#include "domain/engagement/choreography.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::tracked_pages {

/// Pages that a company may track.
inline constexpr std::int64_t most_pages = 10'000;
/// The constraint that a second page of one address breaks.
inline constexpr std::string_view page_once = "tracked_pages_once";

/// Whether an act asks its member first.
enum class act_mode { confirm, automatic };
BOOST_DESCRIBE_ENUM(act_mode, confirm, automatic)

/// A page as people see it; `subscribers` counts active members; `is_subscribed` and `my_…` are the caller's.
struct tracked_page {
  base::uuid id;
  domain::page_kind kind = domain::page_kind::linkedin;
  std::string url;
  std::string name;
  std::optional<std::string> feed_url;
  int first_delay_seconds = 0;
  int gap_seconds = 0;
  int spread_seconds = 0;
  int expires_after_seconds = 0;
  int acts_a_day = 0;
  std::int64_t subscribers = 0;
  bool is_subscribed = false;
  std::int64_t posts = 0;
  std::optional<base::timestamp> last_post_at;
  std::optional<base::timestamp> next_poll_at;
  std::optional<base::timestamp> last_polled_at;
  std::optional<std::string> poll_problem;
  std::optional<std::string> poll_hold;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(tracked_page, (),
                      (id, kind, url, name, feed_url, first_delay_seconds, gap_seconds, spread_seconds,
                       expires_after_seconds, acts_a_day, subscribers, is_subscribed, posts, last_post_at, next_poll_at,
                       last_polled_at, poll_problem, poll_hold, created_at))

/// A page to be stored.
struct new_page {
  base::uuid id;
  domain::page_kind kind = domain::page_kind::linkedin;
  std::string url;
  std::string name;
  std::optional<std::string> feed_url;
  std::optional<std::string> organization;
  base::uuid added_by;
};

/// As this member sees them, newest first.
bound_query<tracked_page> list(const base::uuid& viewer_id, const page_bounds& page);

/// One as this member sees it, or none.
bound_query<tracked_page> find(const base::uuid& viewer_id, const base::uuid& id);

/// False when the company has as many as it may. Breaks `page_once` when it is tracked already. A page that can be
/// polled is due at once.
bool insert(transaction& tx, const new_page& made, base::timestamp now);

/// As `insert` for many: those that are tracked already are left out. Answers how many were new.
std::int64_t insert_all(transaction& tx, const std::vector<new_page>& made, base::timestamp now);

/// Omitted fields stay. False if there is no such page.
struct page_changes {
  std::optional<std::string> name;
  std::optional<int> first_delay_seconds;
  std::optional<int> gap_seconds;
  std::optional<int> spread_seconds;
  std::optional<int> expires_after_seconds;
  std::optional<int> acts_a_day;
};
bool change(transaction& tx, const base::uuid& id, const page_changes& to, base::timestamp now);

/// Stops tracking the page, and skips acts that wait under its posts. False if there is no such page.
bool remove(transaction& tx, const base::uuid& id, base::timestamp now);

// --- polling as people see it ---

enum class poll_state {
  links_only,  // nothing is polled: posts come by their addresses
  waiting,     // for its next time
  held,        // its time has come, and something else has not: `hold` says what
  polling,     // right now
  failing,     // the last poll failed
};
BOOST_DESCRIBE_ENUM(poll_state, links_only, waiting, held, polling, failing)

struct poll_status {
  base::uuid page_id;
  tracked_pages::poll_state state = tracked_pages::poll_state::waiting;
  std::optional<base::timestamp> last_polled_at;
  std::optional<base::timestamp> last_success_at;
  std::optional<base::timestamp> next_poll_at;
  int failures = 0;
  std::optional<std::string> problem;
  std::optional<std::string> hold;  // a sentence: why the next poll must wait
  bool is_shared = false;  // its feed is public: one fetch may serve all companies of this installation that track it
  std::int64_t posts = 0;
};
BOOST_DESCRIBE_STRUCT(poll_status, (),
                      (page_id, state, last_polled_at, last_success_at, next_poll_at, failures, problem, hold,
                       is_shared, posts))

/// Of one page, or none.
bound_query<poll_status> find_poll_status(const base::uuid& page_id, base::timestamp now);

/// The page is due now, unless it was polled within `least` before. False: it was, or cannot be polled.
bool poll_now(transaction& tx, const base::uuid& id, base::timestamp now, std::chrono::seconds least);

// --- subscriptions ---

struct page_subscription {
  base::uuid page_id;
  base::uuid member_id;
  bool likes = true;
  bool comments = false;
  act_mode like_mode = act_mode::confirm;
  act_mode comment_mode = act_mode::confirm;
  domain::reaction_kind reaction = domain::reaction_kind::like;
  bool polling = true;
  base::timestamp created_at;
  base::timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(page_subscription, (),
                      (page_id, member_id, likes, comments, like_mode, comment_mode, reaction, polling, created_at,
                       updated_at))

/// One or none.
bound_query<page_subscription> find_subscription(const base::uuid& page_id, const base::uuid& member_id);

void store(transaction& tx, const page_subscription& wanted);
/// Skips acts that waited for the member under the page's posts. False if there was no subscription.
bool unsubscribe(transaction& tx, const base::uuid& page_id, const base::uuid& member_id, base::timestamp now);

}  // namespace pulse::persistence::tracked_pages

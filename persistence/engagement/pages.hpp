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
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::tracked_pages {

/// Pages that a company may track.
inline constexpr std::int64_t most_pages = 10'000;
/// The constraint that a second page of one address breaks.
inline constexpr std::string_view page_once = "tracked_pages_once";

/// Whether an act asks its member first.
enum class act_mode { confirm, automatic };
BOOST_DESCRIBE_ENUM(act_mode, confirm, automatic)

/// A page as people see it; `subscribers` counts active members, `is_subscribed` and `my_` are whoever asks.
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

#define PULSE_PAGE_COLUMNS                                                                                     \
  "p.id, p.kind, p.url, p.name, p.feed_url, p.first_delay_seconds, p.gap_seconds, p.spread_seconds, "          \
  "p.expires_after_seconds, p.acts_a_day, "                                                                    \
  "(SELECT count(*) FROM tracked_page_subscriptions s JOIN members m ON m.tenant_id = s.tenant_id AND m.id = " \
  "s.member_id "                                                                                               \
  " WHERE s.tenant_id = p.tenant_id AND s.page_id = p.id AND m.is_active) AS subscribers, "                    \
  "EXISTS (SELECT FROM tracked_page_subscriptions s WHERE s.tenant_id = p.tenant_id AND s.page_id = p.id "     \
  " AND s.member_id = $1::uuid) AS is_subscribed, "                                                            \
  "(SELECT count(*) FROM tracked_posts o WHERE o.tenant_id = p.tenant_id AND o.page_id = p.id) AS posts, "     \
  "(SELECT max(o.published_at) FROM tracked_posts o WHERE o.tenant_id = p.tenant_id AND o.page_id = p.id) AS " \
  "last_post_at, "                                                                                             \
  "p.next_poll_at, p.last_polled_at, p.poll_problem, p.poll_hold, p.created_at"

/// $1 who asks, $2, $3 created_at and id that the page comes after, $4 limit → pages, newest first.
inline constexpr statement list{"list_tracked_pages", "SELECT " PULSE_PAGE_COLUMNS R"sql(
  FROM tracked_pages p
  WHERE p.tenant_id = pulse_tenant() AND p.deleted_at IS NULL AND (p.created_at, p.id) < ($2::timestamptz, $3::uuid)
  ORDER BY p.created_at DESC, p.id DESC LIMIT $4)sql"};

/// $1 who asks, $2 id → one page or none.
inline constexpr statement find{"find_tracked_page", "SELECT " PULSE_PAGE_COLUMNS R"sql(
  FROM tracked_pages p WHERE p.tenant_id = pulse_tenant() AND p.id = $2::uuid AND p.deleted_at IS NULL)sql"};

#undef PULSE_PAGE_COLUMNS

/// False when the company has as many as it may. Breaks `page_once` when it is tracked already. A page that can be polled is due at once.
bool insert(transaction& tx, const new_page& made, base::timestamp now);

/// As `insert` for many: those that are tracked already are left out. Answers how many were new.
std::int64_t insert_all(transaction& tx, const std::vector<new_page>& made, base::timestamp now);

/// What is left out stays. False when there is no such page.
struct page_changes {
  std::optional<std::string> name;
  std::optional<int> first_delay_seconds;
  std::optional<int> gap_seconds;
  std::optional<int> spread_seconds;
  std::optional<int> expires_after_seconds;
  std::optional<int> acts_a_day;
};
bool change(transaction& tx, const base::uuid& id, const page_changes& to, base::timestamp now);

/// The page is tracked no more, and what waited under its posts is skipped. False when there is no such page.
bool remove(transaction& tx, const base::uuid& id, base::timestamp now);

// --- polling as people see it ---

enum class poll_state {
  links_only,  // nothing is polled: posts come by their addresses
  waiting,     // for its next time
  held,        // its time has come, and something else has not: `hold` says what
  polling,     // right now
  failing,     // the last look came to nothing
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
  std::optional<std::string> hold;  // a sentence: what the next look waits for
  bool is_shared = false;  // its feed is public: one fetch may serve all companies of this installation that track it
  std::int64_t posts = 0;
};
BOOST_DESCRIBE_STRUCT(poll_status, (),
                      (page_id, state, last_polled_at, last_success_at, next_poll_at, failures, problem, hold,
                       is_shared, posts))

/// $1 page, $2 now → its status or none.
inline constexpr statement find_poll_status{"find_poll_status", R"sql(
  SELECT p.id AS page_id,
         CASE WHEN p.next_poll_at IS NULL THEN 'links_only' WHEN p.polling_until > $2::timestamptz THEN 'polling'
              WHEN p.poll_hold IS NOT NULL THEN 'held' WHEN p.poll_failures > 0 THEN 'failing' ELSE 'waiting' END AS state,
         p.last_polled_at, p.last_success_at, p.next_poll_at, p.poll_failures AS failures, p.poll_problem AS problem,
         p.poll_hold AS hold, p.is_shared,
         (SELECT count(*) FROM tracked_posts o WHERE o.tenant_id = p.tenant_id AND o.page_id = p.id) AS posts
  FROM tracked_pages p WHERE p.tenant_id = pulse_tenant() AND p.id = $1::uuid AND p.deleted_at IS NULL)sql"};

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

/// $1 page, $2 member → the subscription or none.
inline constexpr statement find_subscription{"find_subscription", R"sql(
  SELECT page_id, member_id, likes, comments, like_mode, comment_mode, reaction, polling, created_at, updated_at
  FROM tracked_page_subscriptions WHERE tenant_id = pulse_tenant() AND page_id = $1::uuid AND member_id = $2::uuid)sql"};

void store(transaction& tx, const page_subscription& wanted);
/// What waited for the member under the page's posts is skipped. False when there was no subscription.
bool unsubscribe(transaction& tx, const base::uuid& page_id, const base::uuid& member_id, base::timestamp now);

}  // namespace pulse::persistence::tracked_pages

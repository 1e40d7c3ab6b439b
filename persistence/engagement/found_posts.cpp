#include "persistence/engagement/found_posts.hpp"

#include <map>

#include "domain/engagement/choreography.hpp"
#include "persistence/engagement/member_limits.hpp"
#include "persistence/engagement/pages.hpp"
#include "persistence/events/events.hpp"

namespace pulse::persistence::tracked_posts {

namespace {

using tracked_pages::act_mode;

#define PULSE_POST_COLUMNS                                                                                  \
  "o.id, o.page_id, o.external_id, o.urn, o.url, o.title, o.text, o.source, o.published_at, o.found_at, "   \
  "(SELECT count(*) FROM engagements e WHERE e.tenant_id = o.tenant_id AND e.post_id = o.id) AS planned, "  \
  "(SELECT count(*) FROM engagements e WHERE e.tenant_id = o.tenant_id AND e.post_id = o.id AND e.state = " \
  "'completed') "                                                                                           \
  "AS completed, "                                                                                          \
  "(SELECT count(*) FROM engagements e WHERE e.tenant_id = o.tenant_id AND e.post_id = o.id "               \
  "AND e.state = 'waiting_confirmation') AS waiting, o.left_out"

constexpr statement select_page{"list_tracked_posts", "SELECT " PULSE_POST_COLUMNS R"sql(
  FROM tracked_posts o
  WHERE o.tenant_id = pulse_tenant() AND o.page_id = $1::uuid AND (o.published_at, o.id) < ($2::timestamptz, $3::uuid)
  ORDER BY o.published_at DESC, o.id DESC LIMIT $4)sql"};

constexpr statement select_one{"find_tracked_post", "SELECT " PULSE_POST_COLUMNS R"sql(
  FROM tracked_posts o
  WHERE o.tenant_id = pulse_tenant() AND o.page_id = $1::uuid AND o.external_id = $2::text)sql"};

constexpr statement select_page_of_link{"find_page_of_link", R"sql(
  SELECT p.id FROM tracked_pages p JOIN tenants t ON t.id = p.tenant_id
  WHERE p.tenant_id = pulse_tenant() AND p.deleted_at IS NULL AND p.kind = 'linkedin' AND t.suspended_at IS NULL
    AND (p.url = $1::text OR ($1::text = '' AND (SELECT count(*) FROM tracked_pages q
      WHERE q.tenant_id = p.tenant_id AND q.deleted_at IS NULL AND q.kind = 'linkedin') = 1))
  LIMIT 1)sql"};

/// Acts of a member or a page are looked at so far back: a day on any clock.
constexpr std::chrono::hours acts_back{48};

// The page's row is locked: plans of one page are made one after the other.
constexpr statement lock_page{"lock_tracked_page", R"sql(
  SELECT name, first_delay_seconds, gap_seconds, spread_seconds, expires_after_seconds, acts_a_day, last_first
  FROM tracked_pages WHERE tenant_id = $1::uuid AND id = $2::uuid AND deleted_at IS NULL FOR NO KEY UPDATE)sql"};

struct page_row {
  std::string name;
  int first_delay_seconds = 0;
  int gap_seconds = 0;
  int spread_seconds = 0;
  int expires_after_seconds = 0;
  int acts_a_day = 0;
  std::optional<base::uuid> last_first;
};
BOOST_DESCRIBE_STRUCT(page_row, (),
                      (name, first_delay_seconds, gap_seconds, spread_seconds, expires_after_seconds, acts_a_day,
                       last_first))

constexpr statement insert_post{"insert_tracked_post", R"sql(
  INSERT INTO tracked_posts (tenant_id, id, page_id, external_id, urn, url, title, text, source, brought_by, published_at, found_at)
  VALUES ($1, $2, $3, $4, $5, $6, left($7::text, 300), left($8::text, 5000), $9, $10, $11, $12)
  ON CONFLICT (tenant_id, page_id, external_id) DO NOTHING)sql"};

constexpr statement select_subscribers{"select_subscribers", R"sql(
  SELECT s.member_id, s.likes AND coalesce(a.likes, true) AS likes, s.comments AND coalesce(a.comments, true) AS comments, s.like_mode,
         s.comment_mode, s.reaction, coalesce(a.confirm, 'each') = 'automatic' AS may_be_automatic, )sql" PULSE_MEMBER_LIMITS
                                                             R"sql(
  FROM tracked_page_subscriptions s
  JOIN members m ON m.tenant_id = s.tenant_id AND m.id = s.member_id AND m.is_active AND m.role <> 'analyst'
  LEFT JOIN member_automation a ON a.tenant_id = s.tenant_id AND a.member_id = s.member_id
  WHERE s.tenant_id = $1::uuid AND s.page_id = $2::uuid AND (s.likes OR s.comments)
  ORDER BY s.created_at, s.member_id LIMIT 2000)sql"};

struct subscriber_row : member_limits_row {
  base::uuid member_id;
  bool likes = false;
  bool comments = false;
  act_mode like_mode = act_mode::confirm;
  act_mode comment_mode = act_mode::confirm;
  domain::reaction_kind reaction = domain::reaction_kind::like;
  bool may_be_automatic = false;  // the member's own settings allow it at all
};
BOOST_DESCRIBE_STRUCT(subscriber_row, (member_limits_row),
                      (member_id, likes, comments, like_mode, comment_mode, reaction, may_be_automatic))

constexpr statement select_acts{"select_acts_of_members", R"sql(
  SELECT e.member_id, coalesce(e.acted_at, e.not_before) AS at FROM engagements e
  WHERE e.tenant_id = $1::uuid AND e.member_id = ANY ($2::uuid[])
    AND e.state IN ('queued', 'waiting_confirmation', 'sending', 'unknown', 'completed')
    AND coalesce(e.acted_at, e.not_before) >= $3::timestamptz)sql"};

struct act_row {
  base::uuid member_id;
  base::timestamp at;
};
BOOST_DESCRIBE_STRUCT(act_row, (), (member_id, at))

constexpr statement select_page_acts{"select_acts_of_page", R"sql(
  SELECT e.member_id, coalesce(e.acted_at, e.not_before) AS at FROM engagements e
  WHERE e.tenant_id = $1::uuid AND e.page_id = $2::uuid
    AND e.state IN ('queued', 'waiting_confirmation', 'sending', 'unknown', 'completed')
    AND coalesce(e.acted_at, e.not_before) >= $3::timestamptz)sql"};

constexpr statement insert_engagements{"insert_engagements", R"sql(
  INSERT INTO engagements (tenant_id, id, post_id, page_id, member_id, kind, state, reaction, is_automatic, planned_at, not_before,
    expires_at, created_at, updated_at)
  SELECT $1::uuid, i.id, $2::uuid, $3::uuid, i.member_id, i.kind, i.state, i.reaction, i.is_automatic, i.at, i.at, $4::timestamptz,
         $5::timestamptz, $5::timestamptz
  FROM unnest($6::uuid[], $7::uuid[], $8::text[], $9::text[], $10::text[], $11::boolean[], $12::timestamptz[])
    AS i (id, member_id, kind, state, reaction, is_automatic, at)
  ON CONFLICT (tenant_id, post_id, member_id, kind) DO NOTHING)sql"};

constexpr statement note_plan{"note_plan", R"sql(
  UPDATE tracked_posts SET planned_at = $3::timestamptz, left_out = $4::integer WHERE tenant_id = $1::uuid AND id = $2::uuid)sql"};

constexpr statement note_first{"note_first_of_page", R"sql(
  UPDATE tracked_pages SET last_first = $3::uuid WHERE tenant_id = $1::uuid AND id = $2::uuid)sql"};

domain::subscriber to_subscriber(const subscriber_row& from) {
  return {.member_id = from.member_id,
          .likes = from.likes,
          .comments = from.comments,
          .reaction = from.reaction,
          .limits = to_limits(static_cast<const member_limits_row&>(from)),
          .acts = {}};
}

domain::page_limits to_page_limits(const page_row& from) {
  using std::chrono::seconds;
  return {.first_delay = seconds{from.first_delay_seconds},
          .gap = seconds{from.gap_seconds},
          .spread = seconds{from.spread_seconds},
          .expires_after = seconds{from.expires_after_seconds},
          .acts_a_day = from.acts_a_day};
}

/// Plans the posts of one page, each with what the ones before it have planned.
class planner {
 public:
  planner(transaction& tx, const base::uuid& tenant_id, const base::uuid& page_id, page_row page, base::timestamp now)
      : tx_(tx),
        tenant_id_(tenant_id),
        page_id_(page_id),
        limits_(to_page_limits(page)),
        last_first_(page.last_first),
        now_(now) {
    rows_ = tx.execute(select_subscribers, tenant_id, page_id).all<subscriber_row>();
    for (const auto& each : rows_) team_.push_back(to_subscriber(each));
  }

  /// How many acts were planned.
  int plan(const base::uuid& post_id, const found_post& post) {
    if (team_.empty()) return 0;
    read_acts();
    domain::page_history history{.acts = page_acts_, .last_first = last_first_};
    const auto made = domain::plan_engagement({post_id, post.published_at, now_}, team_, limits_, history, now_);
    store(post_id, made);
    if (!made.acts.empty()) {
      last_first_ = made.acts.front().member_id;
      tx_.queue(note_first, tenant_id_, page_id_, *last_first_);
    }
    tx_.queue(note_plan, tenant_id_, post_id, now_, static_cast<int>(made.without.size()));
    return static_cast<int>(made.acts.size());
  }

 private:
  void read_acts() {
    std::vector<base::uuid> ids;
    for (const auto& each : team_) ids.push_back(each.member_id);
    const auto since = now_ - acts_back;
    std::map<base::uuid, std::vector<base::timestamp>> by_member;
    for (const auto& each : tx_.execute(select_acts, tenant_id_, ids, since).all<act_row>())
      by_member[each.member_id].push_back(each.at);
    for (auto& each : team_) each.acts = by_member[each.member_id];
    page_acts_.clear();
    for (const auto& each : tx_.execute(select_page_acts, tenant_id_, page_id_, since).all<act_row>())
      page_acts_.push_back(each.at);
  }

  /// A comment has no words yet: it waits for its member, or for a draft in the member's name.
  bool is_automatic(const domain::planned_act& act) const {
    for (const auto& each : rows_) {
      if (each.member_id != act.member_id) continue;
      if (!each.may_be_automatic) return false;
      return (act.kind == domain::engagement_kind::like ? each.like_mode : each.comment_mode) == act_mode::automatic;
    }
    return false;
  }

  void store(const base::uuid& post_id, const domain::engagement_plan& made) {
    std::vector<base::uuid> ids, members;
    std::vector<std::string> kinds, states, reactions;
    std::vector<std::optional<bool>> automatic;
    std::vector<base::timestamp> times;
    for (const auto& act : made.acts) {
      const bool is_auto = is_automatic(act);
      const bool starts = is_auto && act.kind == domain::engagement_kind::like;
      ids.push_back(base::new_uuid(now_));
      members.push_back(act.member_id);
      kinds.emplace_back(base::to_name(act.kind));
      states.emplace_back(starts ? "queued" : "waiting_confirmation");
      reactions.emplace_back(base::to_name(act.reaction));
      automatic.emplace_back(is_auto);
      times.push_back(act.at);
    }
    if (ids.empty()) return;
    tx_.queue(insert_engagements, tenant_id_, post_id, page_id_, made.expires_at, now_, ids, members, kinds, states,
              reactions, automatic, times);
  }

  transaction& tx_;
  base::uuid tenant_id_;
  base::uuid page_id_;
  domain::page_limits limits_;
  std::optional<base::uuid> last_first_;
  base::timestamp now_;
  std::vector<subscriber_row> rows_;
  std::vector<domain::subscriber> team_;
  std::vector<base::timestamp> page_acts_;
};

}  // namespace

bound_query<tracked_post> list(const base::uuid& page_id, const page_bounds& page) {
  return {select_page, page_id, page.at, page.id, page.rows};
}

bound_query<tracked_post> find(const base::uuid& page_id, const std::string& external_id) {
  return {select_one, page_id, external_id};
}

bound_query<page_of_link> find_page_of_link(const std::string& author_url) { return {select_page_of_link, author_url}; }

found_outcome add(transaction& tx, const base::uuid& tenant_id, const base::uuid& page_id,
                  const std::vector<found_post>& seen, base::timestamp now) {
  found_outcome made;
  const auto page = tx.execute(lock_page, tenant_id, page_id).first<page_row>();
  if (!page || seen.empty()) return made;
  std::optional<planner> plans;
  for (const auto& each : seen) {
    const auto id = base::new_uuid(now);
    // Nobody publishes in the future; a clock that is ahead is not ours.
    auto post = each;
    post.published_at = std::min(post.published_at, now);
    const auto stored = tx.execute(insert_post, tenant_id, id, page_id, post.external_id, post.urn, post.url,
                                   post.title, post.text, post.source, post.brought_by, post.published_at, now);
    if (stored.affected() == 0) continue;
    ++made.fresh;
    if (!made.first_id) made.first_id = id;
    if (!post.urn) continue;
    if (!plans) plans.emplace(tx, tenant_id, page_id, *page, now);
    made.planned += plans->plan(id, post);
  }
  return made;
}

}  // namespace pulse::persistence::tracked_posts

#include "persistence/engagement/asking.hpp"

#include <fmt/core.h>

#include "base/secure.hpp"
#include "domain/engagement/asking.hpp"
#include "persistence/engagement/chat_hooks.hpp"
#include "persistence/people/mail_outbox.hpp"

namespace pulse::persistence::asking {

namespace {

constexpr statement select_owner{"find_confirmation_link",
                                 "SELECT tenant_id, link_id, member_id FROM pulse_find_confirmation_link($1::bytea)"};

constexpr std::size_t secret_bytes = 32;

constexpr statement take_due{"take_members_to_ask", R"sql(
  UPDATE member_automation a SET asked_at = $1::timestamptz
  FROM (SELECT DISTINCT w.tenant_id, w.member_id
        FROM member_automation w
        JOIN engagements e ON e.tenant_id = w.tenant_id AND e.member_id = w.member_id
        JOIN tenants t ON t.id = w.tenant_id
        WHERE (w.ask_by_mail OR EXISTS (SELECT FROM chat_hooks h WHERE h.tenant_id = w.tenant_id AND h.member_id = w.member_id AND NOT h.is_off))
          AND (w.asked_at IS NULL OR w.asked_at <= $2::timestamptz)
          AND e.state = 'waiting_confirmation' AND e.mailed_at IS NULL AND e.expires_at > $1::timestamptz
          AND (e.kind = 'like' OR e.text <> '' OR e.draft_tries >= 3) AND t.paused_at IS NULL AND t.suspended_at IS NULL
        LIMIT $3) due
  WHERE a.tenant_id = due.tenant_id AND a.member_id = due.member_id AND (a.asked_at IS NULL OR a.asked_at <= $2::timestamptz)
  RETURNING a.tenant_id, a.member_id)sql"};

struct addressee {
  std::string email;
  std::string time_zone;
  bool is_mailed = false;
};
BOOST_DESCRIBE_STRUCT(addressee, (), (email, time_zone, is_mailed))

constexpr statement find_addressee{"find_member_to_ask", R"sql(
  SELECT m.email, a.time_zone, a.ask_by_mail AND m.email_verified_at IS NOT NULL AS is_mailed
  FROM members m JOIN member_automation a ON a.tenant_id = m.tenant_id AND a.member_id = m.id
  WHERE m.tenant_id = pulse_tenant() AND m.id = $1::uuid AND m.is_active)sql"};

struct waiting_act {
  base::uuid id;
  domain::engagement_kind kind = domain::engagement_kind::like;
  std::string page_name;
  std::string post_title;
  std::string text;
  base::timestamp not_before;
  base::timestamp expires_at;
};
BOOST_DESCRIBE_STRUCT(waiting_act, (), (id, kind, page_name, post_title, text, not_before, expires_at))

constexpr statement take_acts{"take_acts_to_ask", R"sql(
  WITH due AS (
    SELECT e.tenant_id, e.id FROM engagements e
    WHERE e.tenant_id = pulse_tenant() AND e.member_id = $1::uuid AND e.state = 'waiting_confirmation' AND e.mailed_at IS NULL
      AND e.expires_at > $2::timestamptz AND (e.kind = 'like' OR e.text <> '' OR e.draft_tries >= 3)
    ORDER BY e.planned_at, e.id LIMIT $3 FOR UPDATE),
  marked AS (
    UPDATE engagements e SET mailed_at = $2::timestamptz FROM due WHERE e.tenant_id = due.tenant_id AND e.id = due.id
    RETURNING e.id, e.kind, e.page_id, e.post_id, e.text, e.not_before, e.planned_at, e.expires_at)
  SELECT m.id, m.kind, p.name AS page_name, o.title AS post_title, m.text, m.not_before, m.expires_at
  FROM marked m JOIN tracked_pages p ON p.tenant_id = pulse_tenant() AND p.id = m.page_id
  JOIN tracked_posts o ON o.tenant_id = pulse_tenant() AND o.id = m.post_id
  ORDER BY m.planned_at, m.id)sql"};

constexpr statement select_companies{"select_companies_to_tell", R"sql(
  SELECT DISTINCT h.tenant_id AS id FROM chat_hooks h JOIN tenants t ON t.id = h.tenant_id
  WHERE h.member_id IS NULL AND NOT h.is_off AND t.paused_at IS NULL AND t.suspended_at IS NULL
    AND EXISTS (SELECT FROM tracked_posts o WHERE o.tenant_id = h.tenant_id AND o.told_at IS NULL AND o.found_at >= $1::timestamptz
                AND EXISTS (SELECT FROM engagements e WHERE e.tenant_id = o.tenant_id AND e.post_id = o.id AND e.state = 'waiting_confirmation'))
  LIMIT $2)sql"};

constexpr statement take_posts{"take_posts_to_tell", R"sql(
  WITH due AS (
    SELECT o.id FROM tracked_posts o
    WHERE o.tenant_id = pulse_tenant() AND o.told_at IS NULL AND o.found_at >= $2::timestamptz
      AND EXISTS (SELECT FROM engagements e WHERE e.tenant_id = o.tenant_id AND e.post_id = o.id AND e.state = 'waiting_confirmation')
    ORDER BY o.found_at, o.id LIMIT $3 FOR UPDATE OF o SKIP LOCKED),
  marked AS (
    UPDATE tracked_posts o SET told_at = $1::timestamptz FROM due WHERE o.tenant_id = pulse_tenant() AND o.id = due.id
    RETURNING o.id, o.page_id, o.title)
  SELECT p.name AS page_name, m.title AS post_title, c.acts, c.members
  FROM marked m JOIN tracked_pages p ON p.tenant_id = pulse_tenant() AND p.id = m.page_id
  CROSS JOIN LATERAL (SELECT count(*) AS acts, count(DISTINCT e.member_id) AS members FROM engagements e
    WHERE e.tenant_id = pulse_tenant() AND e.post_id = m.id AND e.state = 'waiting_confirmation') c
  ORDER BY m.id)sql"};

struct told_post {
  std::string page_name;
  std::string post_title;
  std::int64_t acts = 0;
  std::int64_t members = 0;
};
BOOST_DESCRIBE_STRUCT(told_post, (), (page_name, post_title, acts, members))

constexpr statement insert_link{"insert_confirmation_link", R"sql(
  INSERT INTO confirmation_links (tenant_id, id, engagement_id, member_id, secret_hash, created_at, expires_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6))sql"};

constexpr statement open_link{"open_confirmation_link", R"sql(
  SELECT l.id, l.engagement_id, l.member_id, l.expires_at, l.used_at
  FROM confirmation_links l JOIN members m ON m.tenant_id = l.tenant_id AND m.id = l.member_id JOIN tenants t ON t.id = l.tenant_id
  WHERE l.tenant_id = pulse_tenant() AND l.id = $1::uuid AND l.expires_at > $2::timestamptz AND m.is_active AND t.suspended_at IS NULL
  FOR UPDATE OF l)sql"};

constexpr statement use_links{"use_confirmation_links", R"sql(
  UPDATE confirmation_links SET used_at = $2::timestamptz
  WHERE tenant_id = pulse_tenant() AND engagement_id = $1::uuid AND used_at IS NULL)sql"};

}  // namespace

bound_query<link_owner> find_owner(const bytes& secret_hash) { return {select_owner, secret_hash}; }

std::vector<member_to_ask> take(transaction& tx, base::timestamp now, int most) {
  return tx.execute(take_due, now, now - least_between, most).all<member_to_ask>();
}

std::size_t ask(transaction& tx, const base::uuid& member_id, const std::string& app_url, const secret_box& box,
                base::timestamp now) {
  const auto to = tx.execute(find_addressee, member_id).first<addressee>();
  if (!to) return 0;
  const auto chats = chat_hooks::list_listening(member_id).all(tx);
  if (!to->is_mailed && chats.empty()) return 0;
  const auto waiting = tx.execute(take_acts, member_id, now, domain::most_asked_acts).all<waiting_act>();
  if (waiting.empty()) return 0;
  std::vector<domain::asked_act> asked;
  for (const auto& each : waiting) {
    const auto secret = base::random_token(secret_bytes);
    tx.queue(insert_link, base::new_uuid(now), each.id, member_id, hash_secret(secret), now, each.expires_at);
    // Behind '#', so that no server on the way writes the secret into a log.
    asked.push_back({each.kind, each.page_name, each.post_title, each.text, each.not_before,
                     fmt::format("{}/app/confirm#secret={}", app_url, secret)});
  }
  if (to->is_mailed) {
    auto written = domain::write_asking_mail(asked, to->time_zone);
    mail_outbox::insert(tx, {base::new_uuid(now), to->email, std::move(written.subject), std::move(written.text)}, box,
                        now);
  }
  if (!chats.empty()) {
    const auto said = domain::write_asking_chat(asked, to->time_zone);
    for (const auto& each : chats) chat_hooks::queue_message(tx, each.id, said, box, now);
  }
  return asked.size();
}

std::vector<base::uuid> companies_to_tell(transaction& tx, base::timestamp now, int most) {
  std::vector<base::uuid> made;
  for (const auto& each : tx.execute(select_companies, now - told_within, most).all<chat_hooks::hook_id>())
    made.push_back(each.id);
  return made;
}

std::size_t tell_company(transaction& tx, const std::string& app_url, const secret_box& box, base::timestamp now) {
  const auto found = tx.execute(take_posts, now, now - told_within, most_told_posts).all<told_post>();
  if (found.empty()) return 0;
  std::vector<domain::post_with_waiting> posts;
  for (const auto& each : found) posts.push_back({each.page_name, each.post_title, each.acts, each.members});
  const auto said = domain::write_company_chat(posts, app_url + "/app/engagement/mine");
  for (const auto& each : chat_hooks::list_listening(std::nullopt).all(tx))
    chat_hooks::queue_message(tx, each.id, said, box, now);
  return posts.size();
}

bytes hash_secret(std::string_view secret) { return {std::string{base::as_text(base::sha256(secret))}}; }

std::optional<confirmation_link> open(transaction& tx, const base::uuid& id, base::timestamp now) {
  return tx.execute(open_link, id, now).first<confirmation_link>();
}

void use(transaction& tx, const base::uuid& engagement_id, base::timestamp now) {
  tx.queue(use_links, engagement_id, now);
}

}  // namespace pulse::persistence::asking

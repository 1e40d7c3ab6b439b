#include "persistence/engagement/asking.hpp"

#include "base/secure.hpp"
#include "domain/engagement/asking.hpp"
#include "persistence/people/mail_outbox.hpp"

namespace pulse::persistence::asking {

namespace {

constexpr std::size_t secret_bytes = 32;

constexpr statement take_due{"take_members_to_ask", R"sql(
  UPDATE member_automation a SET asked_at = $1::timestamptz
  FROM (SELECT DISTINCT w.tenant_id, w.member_id
        FROM member_automation w
        JOIN engagements e ON e.tenant_id = w.tenant_id AND e.member_id = w.member_id
        JOIN tenants t ON t.id = w.tenant_id
        WHERE w.ask_by_mail AND (w.asked_at IS NULL OR w.asked_at <= $2::timestamptz)
          AND e.state = 'waiting_confirmation' AND e.mailed_at IS NULL AND e.expires_at > $1::timestamptz
          AND (e.kind = 'like' OR e.text <> '' OR e.draft_tries >= 3) AND t.paused_at IS NULL AND t.suspended_at IS NULL
        LIMIT $3) due
  WHERE a.tenant_id = due.tenant_id AND a.member_id = due.member_id AND (a.asked_at IS NULL OR a.asked_at <= $2::timestamptz)
  RETURNING a.tenant_id, a.member_id)sql"};

struct addressee {
  std::string email;
  std::string time_zone;
};
BOOST_DESCRIBE_STRUCT(addressee, (), (email, time_zone))

constexpr statement find_addressee{"find_member_to_ask", R"sql(
  SELECT m.email, a.time_zone FROM members m JOIN member_automation a ON a.tenant_id = m.tenant_id AND a.member_id = m.id
  WHERE m.tenant_id = pulse_tenant() AND m.id = $1::uuid AND m.is_active AND m.email_verified_at IS NOT NULL AND a.ask_by_mail)sql"};

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

std::vector<member_to_ask> take(transaction& tx, base::timestamp now, int most) {
  return tx.execute(take_due, now, now - least_between, most).all<member_to_ask>();
}

std::size_t ask(transaction& tx, const base::uuid& member_id, const std::string& app_url, const secret_box& box,
                base::timestamp now) {
  const auto to = tx.execute(find_addressee, member_id).first<addressee>();
  if (!to) return 0;
  const auto waiting = tx.execute(take_acts, member_id, now, domain::most_asked_acts).all<waiting_act>();
  if (waiting.empty()) return 0;
  std::vector<domain::asked_act> asked;
  for (const auto& each : waiting) {
    const auto secret = base::random_token(secret_bytes);
    tx.queue(insert_link, base::new_uuid(now), each.id, member_id, hash_secret(secret), now, each.expires_at);
    // Behind '#', so that no server on the way writes the secret into a log.
    asked.push_back({each.kind, each.page_name, each.post_title, each.text, each.not_before,
                     app_url + "/app/confirm#secret=" + secret});
  }
  auto written = domain::write_asking_mail(asked, to->time_zone);
  mail_outbox::insert(tx, {base::new_uuid(now), to->email, std::move(written.subject), std::move(written.text)}, box,
                      now);
  return asked.size();
}

bytes hash_secret(std::string_view secret) { return {std::string{base::as_text(base::sha256(secret))}}; }

std::optional<confirmation_link> open(transaction& tx, const base::uuid& id, base::timestamp now) {
  return tx.execute(open_link, id, now).first<confirmation_link>();
}

void use(transaction& tx, const base::uuid& engagement_id, base::timestamp now) {
  tx.queue(use_links, engagement_id, now);
}

}  // namespace pulse::persistence::asking

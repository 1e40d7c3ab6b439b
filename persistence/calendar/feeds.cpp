#include "persistence/calendar/feeds.hpp"

#include "base/secure.hpp"

namespace pulse::persistence::calendar {

namespace {

constexpr statement select_page{"list_calendar_feeds", R"sql(
  SELECT id, project_id, member_id, name, created_at, last_read_at FROM calendar_feeds
  WHERE ($1::uuid IS NULL OR project_id = $1) AND revoked_at IS NULL AND (created_at, id) < ($2::timestamptz, $3::uuid)
  ORDER BY created_at DESC, id DESC LIMIT $4)sql"};

constexpr statement select_owner{"find_calendar_feed_owner",
                                 "SELECT tenant_id, feed_id FROM pulse_find_calendar_feed($1)"};

constexpr statement insert_feed{"insert_calendar_feed", R"sql(
  INSERT INTO calendar_feeds (tenant_id, id, project_id, member_id, name, secret_hash, created_at)
  SELECT pulse_tenant(), $1, $2, $3, $4, $5, $6
  WHERE (SELECT count(*) FROM calendar_feeds WHERE project_id = $2 AND revoked_at IS NULL) < $7)sql"};

constexpr statement revoke_feed{"revoke_calendar_feed", R"sql(
  UPDATE calendar_feeds SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL)sql"};

constexpr statement note_reading{"note_calendar_feed_reading", R"sql(
  UPDATE calendar_feeds SET last_read_at = date_trunc('minute', $2::timestamptz)
  WHERE id = $1 AND revoked_at IS NULL AND (last_read_at IS NULL OR last_read_at < date_trunc('minute', $2::timestamptz)))sql"};

constexpr statement select_feed{"select_calendar_feed", R"sql(
  SELECT f.project_id, f.name, p.name AS project_name, p.time_zone
  FROM calendar_feeds f JOIN projects p ON p.tenant_id = f.tenant_id AND p.id = f.project_id
  WHERE f.id = $1 AND f.revoked_at IS NULL)sql"};

}  // namespace

bound_query<calendar_feed> list_feeds(const std::optional<base::uuid>& project_id, const page_bounds& page) {
  return {select_page, project_id, page.at, page.id, page.rows};
}

bound_query<feed_owner> find_owner(const bytes& secret_hash) { return {select_owner, secret_hash}; }

bytes hash_secret(std::string_view secret) { return {std::string{base::as_text(base::sha256(secret))}}; }

bool insert(transaction& tx, const calendar_feed& made, const bytes& secret_hash) {
  return tx.execute(insert_feed, made.id, made.project_id, made.member_id, made.name, secret_hash, made.created_at,
                    most_feeds_of_project)
             .affected() == 1;
}

bool revoke(transaction& tx, const base::uuid& id, base::timestamp now) {
  return tx.execute(revoke_feed, id, now).affected() == 1;
}

std::optional<read_feed> open(transaction& tx, const base::uuid& id, base::timestamp now) {
  tx.queue(note_reading, id, now);
  return tx.execute(select_feed, id).first<read_feed>();
}

}  // namespace pulse::persistence::calendar

#include "persistence/engagement/browser_sessions.hpp"

#include "base/json.hpp"

namespace pulse::persistence::browser_sessions {

namespace {

constexpr statement find_word{"find_browser_adapter", R"sql(
  SELECT is_on, problem FROM browser_adapter WHERE said_at > $1::timestamptz)sql"};

constexpr statement say_word{"say_browser_adapter", R"sql(
  INSERT INTO browser_adapter (is_on, problem, said_at) VALUES ($1, $2, $3)
  ON CONFLICT (is_the_one) DO UPDATE SET is_on = excluded.is_on, problem = excluded.problem, said_at = excluded.said_at)sql"};

constexpr statement find_one{"find_browser_session", R"sql(
  SELECT id, allowed_at, CASE WHEN expires_at > $2::timestamptz THEN origin END AS origin,
         CASE WHEN expires_at > $2::timestamptz THEN connected_at END AS connected_at,
         CASE WHEN expires_at > $2::timestamptz THEN expires_at END AS expires_at, problem, ended_at
  FROM browser_sessions WHERE tenant_id = pulse_tenant() AND member_id = $1)sql"};

constexpr statement allow_one{"allow_browser_session", R"sql(
  INSERT INTO browser_sessions (tenant_id, id, member_id, allowed_at) VALUES (pulse_tenant(), $1, $2, $3)
  ON CONFLICT ON CONSTRAINT browser_sessions_once DO NOTHING)sql"};

constexpr statement remove_one{"remove_browser_session",
                               "DELETE FROM browser_sessions WHERE tenant_id = pulse_tenant() AND member_id = $1"};

constexpr statement stop_logins{"stop_browser_logins", R"sql(
  UPDATE browser_logins SET state = 'failed', reason = 'withdrawn', credentials = NULL, code = NULL
  WHERE tenant_id = pulse_tenant() AND member_id = $1 AND state NOT IN ('connected', 'failed'))sql"};

constexpr statement clear_one{"clear_browser_session", R"sql(
  UPDATE browser_sessions SET cookies = NULL, origin = NULL, connected_at = NULL, expires_at = NULL
  WHERE tenant_id = pulse_tenant() AND member_id = $1 AND cookies IS NOT NULL)sql"};

constexpr statement write_cookies{"write_browser_cookies", R"sql(
  UPDATE browser_sessions SET cookies = $2, origin = $3, connected_at = $4, expires_at = $5, problem = NULL, ended_at = NULL
  WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

constexpr statement clear_over{"clear_browser_sessions_over", R"sql(
  UPDATE browser_sessions s SET cookies = NULL, origin = NULL, connected_at = NULL, expires_at = NULL
  FROM (SELECT tenant_id, id FROM browser_sessions WHERE cookies IS NOT NULL AND expires_at <= $1::timestamptz
        ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED) o
  WHERE s.tenant_id = o.tenant_id AND s.id = o.id)sql"};

/// As they are sealed.
struct plain_cookies {
  std::string li_at;
  std::string jsessionid;
};
BOOST_DESCRIBE_STRUCT(plain_cookies, (), (li_at, jsessionid))

secret_place place_of(const base::uuid& tenant_id, const base::uuid& id) {
  return {.tenant_id = tenant_id, .table = "browser_sessions", .row_id = id, .column = "cookies"};
}

}  // namespace

adapter find_adapter(transaction& tx, base::timestamp now) {
  return tx.execute(find_word, base::timestamp{now - word_counts_for}).first<adapter>().value_or(adapter{});
}

void say_adapter(transaction& tx, const adapter& what, base::timestamp now) {
  tx.queue(say_word, what.is_on, what.problem, now);
}

std::optional<session> find(transaction& tx, const base::uuid& member_id, base::timestamp now) {
  return tx.execute(find_one, member_id, now).first<session>();
}

void allow(transaction& tx, const base::uuid& member_id, base::timestamp now) {
  tx.queue(allow_one, base::new_uuid(now), member_id, now);
}

bool disallow(transaction& tx, const base::uuid& member_id) { return tx.execute(remove_one, member_id).affected() > 0; }

bool forget_cookies(transaction& tx, const base::uuid& member_id) {
  const bool has_stopped = tx.execute(stop_logins, member_id).affected() > 0;
  return tx.execute(clear_one, member_id).affected() > 0 || has_stopped;
}

bool store_cookies(transaction& tx, const base::uuid& session_id, const cookies& given, session_origin origin,
                   base::timestamp expires_at, const secret_box& box, base::timestamp now) {
  std::string plain;
  base::json::write(plain, plain_cookies{given.li_at.reveal(), given.jsessionid.reveal()});
  const bytes sealed{box.seal(plain, place_of(tx.tenant_id().value_or(base::uuid{}), session_id))};
  return tx.execute(write_cookies, session_id, sealed, origin, now, expires_at).affected() == 1;
}

std::optional<cookies> open_sealed(const base::uuid& tenant_id, const base::uuid& session_id, const bytes& sealed,
                                   const secret_box& box) {
  const auto plain = box.open(sealed.value, place_of(tenant_id, session_id));
  if (plain.has_error()) return std::nullopt;
  auto read = base::json::read<plain_cookies>(*plain);
  if (read.has_error()) return std::nullopt;
  return cookies{base::secret{std::move(read->li_at)}, base::secret{std::move(read->jsessionid)}};
}

int forget_over(transaction& tx, base::timestamp now, int limit) {
  return static_cast<int>(tx.execute(clear_over, now, limit).affected());
}

}  // namespace pulse::persistence::browser_sessions

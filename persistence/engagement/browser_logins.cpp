#include "persistence/engagement/browser_logins.hpp"

#include "base/json.hpp"
#include "persistence/audit/entries.hpp"

namespace pulse::persistence::browser_logins {

namespace {

namespace limits = domain::engagement;

constexpr statement find_latest{"find_browser_login", R"sql(
  SELECT id, CASE WHEN is_late THEN 'failed' ELSE state END AS state, CASE WHEN is_late THEN 'timed_out' ELSE reason END AS reason,
         was_wrong, started_at, ends_at
  FROM (SELECT *, state NOT IN ('connected', 'failed') AND ends_at <= $2::timestamptz AS is_late FROM browser_logins
        WHERE tenant_id = pulse_tenant() AND member_id = $1 AND session_id IS NOT NULL ORDER BY started_at DESC, id DESC LIMIT 1) l)sql"};

constexpr statement end_late{"end_late_browser_logins", R"sql(
  UPDATE browser_logins SET state = 'failed', reason = 'timed_out', credentials = NULL, code = NULL
  WHERE tenant_id = pulse_tenant() AND state NOT IN ('connected', 'failed') AND ends_at <= $1::timestamptz)sql"};

constexpr statement insert_one{"insert_browser_login", R"sql(
  INSERT INTO browser_logins (tenant_id, id, session_id, member_id, state, credentials, started_at, ends_at)
  SELECT pulse_tenant(), $1::uuid, $2::uuid, $3::uuid, 'starting', $4::bytea, $5::timestamptz, $6::timestamptz
  WHERE (SELECT count(*) FROM browser_logins
         WHERE tenant_id = pulse_tenant() AND member_id = $3::uuid AND started_at > $7::timestamptz) < $8::bigint)sql"};

constexpr statement find_state{"find_browser_login_state", R"sql(
  SELECT state, ends_at <= $3::timestamptz AS is_late FROM browser_logins
  WHERE tenant_id = pulse_tenant() AND member_id = $1 AND id = $2 FOR UPDATE)sql"};

constexpr statement write_code{"write_browser_login_code", R"sql(
  UPDATE browser_logins SET code = $2, state = 'checking' WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

constexpr statement take_some{"take_browser_logins", R"sql(
  UPDATE browser_logins l SET taken_at = $1::timestamptz, credentials = NULL
  FROM (SELECT tenant_id, id, credentials FROM browser_logins
        WHERE taken_at IS NULL AND state = 'starting' AND ends_at > $1::timestamptz
        ORDER BY started_at LIMIT $2 FOR UPDATE SKIP LOCKED) w
  WHERE l.tenant_id = w.tenant_id AND l.id = w.id
  RETURNING l.tenant_id, l.id, l.session_id, l.member_id, w.credentials)sql"};

constexpr statement want_code{"want_browser_login_code", R"sql(
  UPDATE browser_logins SET state = 'needs_code', was_wrong = $2
  WHERE tenant_id = pulse_tenant() AND id = $1 AND state IN ('starting', 'checking'))sql"};

constexpr statement take_code{"take_browser_login_code", R"sql(
  UPDATE browser_logins l SET code = NULL
  FROM (SELECT tenant_id, id, code FROM browser_logins WHERE tenant_id = pulse_tenant() AND id = $1 FOR UPDATE) w
  WHERE l.tenant_id = w.tenant_id AND l.id = w.id AND w.code IS NOT NULL
  RETURNING w.code)sql"};

constexpr statement is_open{"is_browser_login_open", R"sql(
  SELECT code IS NOT NULL FROM browser_logins
  WHERE tenant_id = pulse_tenant() AND id = $1 AND state NOT IN ('connected', 'failed'))sql"};

constexpr statement end_one{"end_browser_login", R"sql(
  UPDATE browser_logins SET state = $2, reason = $3, credentials = NULL, code = NULL
  WHERE tenant_id = pulse_tenant() AND id = $1 AND state NOT IN ('connected', 'failed'))sql"};

constexpr statement forget_some{"forget_browser_logins", R"sql(
  DELETE FROM browser_logins l USING (SELECT tenant_id, id FROM browser_logins WHERE started_at <= $1::timestamptz
                                      ORDER BY started_at LIMIT $2 FOR UPDATE SKIP LOCKED) o
  WHERE l.tenant_id = o.tenant_id AND l.id = o.id)sql"};

constexpr std::chrono::hours kept_for{24};

/// As they are sealed.
struct plain_credentials {
  std::string email;
  std::string password;
};
BOOST_DESCRIBE_STRUCT(plain_credentials, (), (email, password))

struct found_state {
  login_state state = login_state::starting;
  bool is_late = false;
};
BOOST_DESCRIBE_STRUCT(found_state, (), (state, is_late))

secret_place place_of(const base::uuid& tenant_id, const base::uuid& id, std::string_view column) {
  return {.tenant_id = tenant_id, .table = "browser_logins", .row_id = id, .column = column};
}

base::uuid tenant_of(const transaction& tx) { return tx.tenant_id().value_or(base::uuid{}); }

}  // namespace

std::optional<login> find_last(transaction& tx, const base::uuid& member_id, base::timestamp now) {
  return tx.execute(find_latest, member_id, now).first<login>();
}

std::optional<login> begin(transaction& tx, const base::uuid& member_id, const base::uuid& session_id,
                           const credentials& with, const secret_box& box, base::timestamp now) {
  const login made{.id = base::new_uuid(now),
                   .state = login_state::starting,
                   .reason = {},
                   .was_wrong = false,
                   .started_at = now,
                   .ends_at = now + limits::login_time_max};
  std::string plain;
  base::json::write(plain, plain_credentials{with.email, with.password.reveal()});
  const bytes sealed{box.seal(plain, place_of(tenant_of(tx), made.id, "credentials"))};
  tx.queue(end_late, now);
  const base::timestamp since{now - std::chrono::hours{1}};
  const auto done =
      tx.execute(insert_one, made.id, session_id, member_id, sealed, now, made.ends_at, since, limits::logins_an_hour);
  if (done.affected() == 0) return std::nullopt;
  return made;
}

code_place submit_code(transaction& tx, const base::uuid& member_id, const base::uuid& login_id,
                       const std::string& code, const secret_box& box, base::timestamp now) {
  const auto found = tx.execute(find_state, member_id, login_id, now).first<found_state>();
  if (!found) return code_place::no_login;
  if (limits::is_over(found->state) || found->is_late) return code_place::over;
  if (found->state != login_state::needs_code) return code_place::not_asked;
  tx.queue(write_code, login_id, bytes{box.seal(code, place_of(tenant_of(tx), login_id, "code"))});
  return code_place::taken;
}

std::vector<taken> take(transaction& tx, base::timestamp now, int limit) {
  return tx.execute(take_some, now, limit).all<taken>();
}

std::optional<credentials> open(const taken& from, const secret_box& box) {
  const auto plain = box.open(from.credentials.value, place_of(from.tenant_id, from.id, "credentials"));
  if (plain.has_error()) return std::nullopt;
  auto read = base::json::read<plain_credentials>(*plain);
  if (read.has_error()) return std::nullopt;
  return credentials{std::move(read->email), base::secret{std::move(read->password)}};
}

bool ask_for_code(transaction& tx, const taken& of, bool was_wrong) {
  return tx.execute(want_code, of.id, was_wrong).affected() == 1;
}

look look_after(transaction& tx, const taken& of, const secret_box& box) {
  const auto found = tx.execute(is_open, of.id);
  if (found.empty()) return {};
  if (!found.get<bool>(0, 0)) return {.is_wanted = true, .code = {}};
  const auto given = tx.execute(take_code, of.id);
  if (given.empty()) return {};
  const auto opened = box.open(given.get<bytes>(0, 0).value, place_of(of.tenant_id, of.id, "code"));
  if (opened.has_error()) return {};
  return {.is_wanted = true, .code = *opened};
}

bool fail(transaction& tx, const taken& of, login_failure why) {
  return tx.execute(end_one, of.id, login_state::failed, std::optional{why}).affected() == 1;
}

bool connect(transaction& tx, const taken& of, const browser_sessions::cookies& got, base::timestamp expires_at,
             const secret_box& box, base::timestamp now) {
  audit::begin(tx);
  const auto done = tx.execute(end_one, of.id, login_state::connected, std::optional<login_failure>{});
  if (done.affected() != 1) return false;
  if (!browser_sessions::store_cookies(tx, of.session_id, got, browser_sessions::session_origin::login, expires_at, box,
                                       now))
    return false;
  audit::append(tx,
                {.id = base::new_uuid(now),
                 .at = now,
                 .action = "LINKEDIN sign-in by a browser",
                 .by = audit::actor_kind::member,
                 .actor_id = of.member_id,
                 .session_id = {},
                 .token_id = {},
                 .subject_id = of.id,
                 .request_id = base::to_string(of.id),
                 .address = {},
                 .device = {}},
                audit::when::always);
  return true;
}

int forget(transaction& tx, base::timestamp now, int limit) {
  return static_cast<int>(tx.execute(forget_some, base::timestamp{now - kept_for}, limit).affected());
}

}  // namespace pulse::persistence::browser_logins

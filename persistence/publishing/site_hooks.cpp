#include "persistence/publishing/site_hooks.hpp"

namespace pulse::persistence::site_hooks {

namespace {

constexpr statement find_one{"find_site_hook", R"sql(
  SELECT h.channel_id, h.host, h.created_at, h.last_sent_at, h.problem, h.is_off,
         (SELECT count(*) FROM site_outbox o WHERE o.tenant_id = h.tenant_id AND o.channel_id = h.channel_id) AS waiting
  FROM site_hooks h WHERE h.tenant_id = pulse_tenant() AND h.channel_id = $1::uuid)sql"};

struct channel_kind {
  bool is_website = false;
};
BOOST_DESCRIBE_STRUCT(channel_kind, (), (is_website))

constexpr statement find_channel{"find_channel_of_site_hook", R"sql(
  SELECT type = 'website' AS is_website FROM channels WHERE tenant_id = pulse_tenant() AND id = $1::uuid AND deleted_at IS NULL)sql"};

constexpr statement store_one{"store_site_hook", R"sql(
  INSERT INTO site_hooks (tenant_id, channel_id, host, address, secret, created_at)
  VALUES (pulse_tenant(), $1::uuid, $2::text, $3::bytea, $4::bytea, $5::timestamptz)
  ON CONFLICT (tenant_id, channel_id) DO UPDATE SET host = excluded.host, address = excluded.address, secret = excluded.secret,
    created_at = excluded.created_at, problem = NULL, is_off = false, rests_until = '-infinity')sql"};

constexpr statement remove_one{"remove_site_hook", R"sql(
  DELETE FROM site_hooks WHERE tenant_id = pulse_tenant() AND channel_id = $1::uuid)sql"};

constexpr statement insert_test{"insert_site_test", R"sql(
  INSERT INTO site_outbox (tenant_id, id, channel_id, kind, next_try_at, created_at)
  VALUES (pulse_tenant(), $1::uuid, $2::uuid, 'test', $3::timestamptz, $3::timestamptz))sql"};

// A test does not wait for the site to be well again.
constexpr statement wake_one{"wake_site_hook", R"sql(
  UPDATE site_hooks SET rests_until = '-infinity' WHERE tenant_id = pulse_tenant() AND channel_id = $1::uuid)sql"};

constexpr statement insert_message{"insert_site_message", R"sql(
  INSERT INTO site_outbox (tenant_id, id, channel_id, kind, publication_id, next_try_at, created_at)
  SELECT h.tenant_id, $2::uuid, h.channel_id, $5::text, $4::uuid, $6::timestamptz, $6::timestamptz
  FROM site_hooks h WHERE h.tenant_id = $1::uuid AND h.channel_id = $3::uuid AND NOT h.is_off
    AND (SELECT count(*) FROM (SELECT FROM site_outbox o WHERE o.tenant_id = h.tenant_id AND o.channel_id = h.channel_id LIMIT $7) w) < $7)sql"};

// The oldest due message of each channel that does not rest. Two who look at the same time take none twice: the second
// one waits for the row, and finds it due no more.
constexpr statement take_due{"take_site_messages", R"sql(
  WITH due AS (
    SELECT q.tenant_id, q.channel_id, min(q.next_try_at) AS since FROM site_outbox q
    JOIN site_hooks h ON h.tenant_id = q.tenant_id AND h.channel_id = q.channel_id AND NOT h.is_off AND h.rests_until <= $1::timestamptz
    WHERE q.next_try_at <= $1::timestamptz GROUP BY q.tenant_id, q.channel_id ORDER BY since LIMIT $3
  ), resting AS (
    UPDATE site_hooks h SET rests_until = $2::timestamptz FROM due
    WHERE h.tenant_id = due.tenant_id AND h.channel_id = due.channel_id AND h.rests_until <= $1::timestamptz
    RETURNING h.tenant_id, h.channel_id, h.address, h.secret
  ), first AS (
    SELECT r.*, (SELECT o.id FROM site_outbox o WHERE o.tenant_id = r.tenant_id AND o.channel_id = r.channel_id
                   AND o.next_try_at <= $1::timestamptz ORDER BY o.next_try_at, o.id LIMIT 1) AS id
    FROM resting r
  ), taken AS (
    UPDATE site_outbox o SET next_try_at = $2::timestamptz, tries = o.tries + 1 FROM first f
    WHERE o.tenant_id = f.tenant_id AND o.id = f.id
    RETURNING o.tenant_id, o.id, o.channel_id, o.kind, o.created_at, f.address, f.secret, o.tries, o.publication_id
  )
  SELECT t.tenant_id, t.id, t.channel_id, t.kind, t.created_at, t.address, t.secret, t.tries, w.project_id, t.publication_id,
         CASE WHEN t.kind = 'test' THEN '{}'
              WHEN w.id IS NULL THEN ''
              WHEN w.removed_at IS NOT NULL THEN jsonb_build_object('id', w.id, 'project_id', w.project_id, 'post_id', w.post_id,
                     'published_at', w.published_at, 'withdrawn_at', w.removed_at)::text
              ELSE jsonb_build_object('id', w.id, 'project_id', w.project_id, 'post_id', w.post_id, 'title', w.title, 'text', w.text,
                     'format', 'markdown', 'image', w.image, 'published_at', w.published_at, 'updated_at', w.corrected_at)::text END AS data
  FROM taken t LEFT JOIN website_publications w ON w.tenant_id = t.tenant_id AND w.id = t.publication_id)sql"};

constexpr statement remove_message{"remove_site_message", R"sql(
  DELETE FROM site_outbox WHERE tenant_id = $1::uuid AND id = $2::uuid)sql"};

constexpr statement note_end{"note_site_message", R"sql(
  UPDATE site_hooks SET problem = $3::text, is_off = is_off OR $4::boolean, rests_until = '-infinity',
    last_sent_at = CASE WHEN $3::text IS NULL THEN $5::timestamptz ELSE last_sent_at END
  WHERE tenant_id = $1::uuid AND channel_id = $2::uuid)sql"};

constexpr statement put_one_back{"put_site_message_back", R"sql(
  UPDATE site_outbox SET next_try_at = $3::timestamptz WHERE tenant_id = $1::uuid AND id = $2::uuid)sql"};

constexpr statement let_rest{"let_site_hook_rest", R"sql(
  UPDATE site_hooks SET problem = $3::text, rests_until = $4::timestamptz WHERE tenant_id = $1::uuid AND channel_id = $2::uuid)sql"};

secret_place place_of(const base::uuid& tenant_id, const base::uuid& channel_id, std::string_view column) {
  return {.tenant_id = tenant_id, .table = "site_hooks", .row_id = channel_id, .column = column};
}

}  // namespace

std::optional<site_hook> find(transaction& tx, const base::uuid& channel_id) {
  return tx.execute(find_one, channel_id).first<site_hook>();
}

std::optional<bool> is_website(transaction& tx, const base::uuid& channel_id) {
  const auto found = tx.execute(find_channel, channel_id).first<channel_kind>();
  if (!found) return std::nullopt;
  return found->is_website;
}

void store(transaction& tx, const base::uuid& channel_id, const std::string& host, const std::string& address,
           const base::secret& signing_secret, const secret_box& box, base::timestamp now) {
  const auto tenant_id = tx.tenant_id().value_or(base::uuid{});
  const bytes sealed_address{box.seal(address, place_of(tenant_id, channel_id, "address"))};
  const bytes sealed_secret{box.seal(signing_secret.reveal(), place_of(tenant_id, channel_id, "secret"))};
  tx.execute(store_one, channel_id, host, sealed_address, sealed_secret, now);
}

bool remove(transaction& tx, const base::uuid& channel_id) {
  return tx.execute(remove_one, channel_id).affected() == 1;
}

void queue_test(transaction& tx, const base::uuid& channel_id, base::timestamp now) {
  tx.queue(insert_test, base::new_uuid(now), channel_id, now);
  tx.queue(wake_one, channel_id);
}

void queue_message(transaction& tx, const base::uuid& tenant_id, const base::uuid& channel_id,
                   const base::uuid& publication_id, std::string_view kind, base::timestamp now) {
  tx.queue(insert_message, tenant_id, base::new_uuid(now), channel_id, publication_id, std::string{kind}, now,
           most_waiting);
}

std::optional<opened> open(const taken& from, const secret_box& box) {
  auto address = box.open(from.address.value, place_of(from.tenant_id, from.channel_id, "address"));
  auto signing_secret = box.open(from.secret.value, place_of(from.tenant_id, from.channel_id, "secret"));
  if (address.has_error() || signing_secret.has_error()) return std::nullopt;
  return opened{base::secret{std::move(*address)}, base::secret{std::move(*signing_secret)}};
}

std::vector<taken> take(transaction& tx, base::timestamp now, base::timestamp again_at, int limit) {
  return tx.execute(take_due, now, again_at, limit).all<taken>();
}

void finish(transaction& tx, const taken& one, const std::optional<std::string>& problem, bool is_gone,
            base::timestamp now) {
  tx.queue(remove_message, one.tenant_id, one.id);
  tx.queue(note_end, one.tenant_id, one.channel_id, problem, is_gone, now);
}

void put_back(transaction& tx, const taken& one, const std::string& problem, base::timestamp again_at,
              base::timestamp rests_until) {
  tx.queue(put_one_back, one.tenant_id, one.id, again_at);
  tx.queue(let_rest, one.tenant_id, one.channel_id, problem, rests_until);
}

}  // namespace pulse::persistence::site_hooks

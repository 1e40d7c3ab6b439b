#include "persistence/media/library.hpp"

namespace pulse::persistence::media {

namespace {

#define PULSE_SELECT_MEDIA                                                                                            \
  "SELECT m.id, m.project_id, m.created_by, m.name, m.kind, m.type, m.bytes, m.width, m.height, m.duration_ms, "      \
  "m.is_animated, m.alt_text, (SELECT count(DISTINCT u.post_id) FROM post_media u JOIN posts p ON p.tenant_id = "     \
  "u.tenant_id AND p.id = u.post_id WHERE u.tenant_id = m.tenant_id AND u.media_id = m.id AND p.deleted_at IS NULL) " \
  "AS uses, m.created_at, m.file FROM media m"

constexpr statement select_one{"find_medium",
                               PULSE_SELECT_MEDIA R"sql( WHERE m.tenant_id = pulse_tenant() AND m.id = $1)sql"};

constexpr statement select_page{"list_media", PULSE_SELECT_MEDIA R"sql(
  WHERE m.tenant_id = pulse_tenant() AND m.project_id = $1::uuid
    AND ($2::text IS NULL OR strpos(lower(m.name), lower($2)) > 0 OR strpos(lower(m.alt_text), lower($2)) > 0)
    AND ($3::text IS NULL OR m.kind = $3)
    AND (m.created_at, m.id) < ($4::timestamptz, $5::uuid)
  ORDER BY m.created_at DESC, m.id DESC LIMIT $6)sql"};

constexpr statement select_many{"find_media", R"sql(
  SELECT m.id, m.project_id, m.created_by, m.name, m.kind, m.type, m.bytes, m.width, m.height, m.duration_ms, m.is_animated, m.alt_text,
         0::bigint AS uses, m.created_at, m.file
  FROM media m WHERE m.tenant_id = pulse_tenant() AND m.project_id = $1::uuid AND m.id = ANY ($2::uuid[]))sql"};

constexpr statement select_uses{"list_uses_of_medium", R"sql(
  SELECT p.id AS post_id, p.title, left(p.text, 200) AS text, p.scheduled_at
  FROM posts p
  WHERE p.tenant_id = pulse_tenant() AND p.deleted_at IS NULL
    AND p.id IN (SELECT u.post_id FROM post_media u WHERE u.tenant_id = pulse_tenant() AND u.media_id = $1)
  ORDER BY p.created_at DESC, p.id DESC LIMIT $2)sql"};

constexpr statement select_upload{"find_media_upload", R"sql(
  SELECT id, project_id, created_by, name, alt_text, bytes, file, created_at, expires_at, transfer
  FROM media_uploads WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

struct sum_row {
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(sum_row, (), (bytes))

struct file_row {
  std::string file;
};
BOOST_DESCRIBE_STRUCT(file_row, (), (file))

constexpr statement sum_bytes{"sum_media_bytes", "SELECT pulse_media_bytes() AS bytes"};

constexpr statement insert_one{"insert_media_upload", R"sql(
  INSERT INTO media_uploads (tenant_id, id, project_id, created_by, name, alt_text, bytes, file, created_at, expires_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9))sql"};

constexpr statement set_transfer{"set_media_upload_transfer", R"sql(
  UPDATE media_uploads SET transfer = $2 WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

constexpr statement remove_one{"remove_media_upload", R"sql(
  DELETE FROM media_uploads WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

constexpr statement finish_one{"finish_media_upload", R"sql(
  INSERT INTO media (tenant_id, id, project_id, created_by, name, kind, type, bytes, width, height, duration_ms, is_animated, alt_text, file,
                     created_at)
  SELECT u.tenant_id, u.id, u.project_id, u.created_by, u.name, $3, $4, $2::bigint, $5::integer, $6::integer, $7::bigint, $8::boolean,
         u.alt_text, u.file, $9::timestamptz
  FROM media_uploads u WHERE u.tenant_id = pulse_tenant() AND u.id = $1)sql"};

constexpr statement describe_one{"describe_medium", R"sql(
  UPDATE media SET name = coalesce($2, name), alt_text = coalesce($3, alt_text)
  WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

constexpr statement lock_one{"lock_medium", R"sql(
  SELECT FROM media WHERE tenant_id = pulse_tenant() AND id = $1 FOR UPDATE)sql"};

constexpr statement find_use{"find_use_of_medium", R"sql(
  SELECT FROM post_media u JOIN posts p ON p.tenant_id = u.tenant_id AND p.id = u.post_id
  WHERE u.tenant_id = pulse_tenant() AND u.media_id = $1 AND p.deleted_at IS NULL LIMIT 1)sql"};

constexpr statement remove_uses{"remove_uses_of_medium", R"sql(
  DELETE FROM post_media WHERE tenant_id = pulse_tenant() AND media_id = $1)sql"};

constexpr statement remove_medium{"remove_medium", R"sql(
  DELETE FROM media WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

constexpr statement forget_expired{"forget_media_uploads", R"sql(
  DELETE FROM media_uploads u USING (SELECT tenant_id, id FROM media_uploads WHERE expires_at < $1::timestamptz ORDER BY expires_at LIMIT $2) old
  WHERE u.tenant_id = old.tenant_id AND u.id = old.id)sql"};

/// Also what only deleted posts have shown stays: a row refers to it.
constexpr statement forget_old{"forget_unused_media", R"sql(
  DELETE FROM media m USING (
    SELECT o.tenant_id, o.id FROM media o
    WHERE o.created_at < $1::timestamptz
      AND NOT EXISTS (SELECT FROM post_media u WHERE u.tenant_id = o.tenant_id AND u.media_id = o.id)
    ORDER BY o.created_at LIMIT $2) old
  WHERE m.tenant_id = old.tenant_id AND m.id = old.id)sql"};

/// Whatever has put a name there: of a file that a row still has, nothing is removed.
constexpr statement list_leftovers{"list_media_leftovers", R"sql(
  SELECT l.file FROM media_leftovers l
  WHERE NOT EXISTS (SELECT FROM media m WHERE m.file = l.file) AND NOT EXISTS (SELECT FROM media_uploads u WHERE u.file = l.file)
  ORDER BY l.left_at LIMIT $1)sql"};

constexpr statement list_arrived{"list_media_files_without_upload", R"sql(
  SELECT f.file FROM unnest($1::text[]) AS f(file) WHERE NOT EXISTS (SELECT FROM media_uploads u WHERE u.file = f.file))sql"};

constexpr statement forget_files{"forget_media_leftovers", R"sql(
  DELETE FROM media_leftovers WHERE file = ANY ($1::text[]))sql"};

}  // namespace

bound_query<medium> find(const base::uuid& id) { return {select_one, id}; }

bound_query<medium> list(const narrowing& by, const page_bounds& page) {
  return {select_page, by.project_id, by.words, by.kind, page.at, page.id, page.rows};
}

bound_query<medium> find_many(const base::uuid& project_id, const std::vector<base::uuid>& ids) {
  return {select_many, project_id, ids};
}

bound_query<use> list_uses(const base::uuid& id, int most) { return {select_uses, id, most}; }

bound_query<upload> find_upload(const base::uuid& id) { return {select_upload, id}; }

std::int64_t bytes_of_tenant(transaction& tx) { return tx.execute(sum_bytes).first<sum_row>()->bytes; }

void insert_upload(transaction& tx, const upload& begun) {
  tx.execute(insert_one, begun.id, begun.project_id, begun.created_by, begun.name, begun.alt_text, begun.bytes,
             begun.file, begun.created_at, begun.expires_at);
}

bool remember_transfer(transaction& tx, const base::uuid& id, const std::string& transfer) {
  return tx.execute(set_transfer, id, transfer).affected() == 1;
}

bool remove_upload(transaction& tx, const base::uuid& id) { return tx.execute(remove_one, id).affected() == 1; }

std::optional<medium> finish_upload(transaction& tx, const base::uuid& id, std::int64_t bytes,
                                    const domain::media_findings& found, base::timestamp now) {
  const auto made = tx.execute(finish_one, id, bytes, found.kind, found.type, found.width, found.height,
                               found.duration_ms, found.is_animated, now);
  if (made.affected() != 1) return std::nullopt;
  remove_upload(tx, id);
  return find(id).first(tx);
}

std::optional<medium> describe(transaction& tx, const base::uuid& id, const std::optional<std::string>& name,
                               const std::optional<std::string>& alt_text) {
  tx.execute(describe_one, id, name, alt_text);
  return find(id).first(tx);
}

removal remove(transaction& tx, const base::uuid& id) {
  if (tx.execute(lock_one, id).empty()) return removal::missing;
  if (!tx.execute(find_use, id).empty()) return removal::in_use;
  tx.execute(remove_uses, id);
  tx.execute(remove_medium, id);
  return removal::done;
}

int forget_uploads(transaction& tx, base::timestamp now, int limit) {
  return static_cast<int>(tx.execute(forget_expired, now, limit).affected());
}

int forget_unused(transaction& tx, base::timestamp unused_since, int limit) {
  return static_cast<int>(tx.execute(forget_old, unused_since, limit).affected());
}

std::vector<std::string> leftovers(transaction& tx, int limit) {
  std::vector<std::string> files;
  for (auto& each : tx.execute(list_leftovers, limit).all<file_row>()) files.push_back(std::move(each.file));
  return files;
}

std::vector<std::string> not_on_their_way(transaction& tx, const std::vector<std::string>& files) {
  std::vector<std::string> made;
  if (files.empty()) return made;
  for (auto& each : tx.execute(list_arrived, files).all<file_row>()) made.push_back(std::move(each.file));
  return made;
}

void forget_leftovers(transaction& tx, const std::vector<std::string>& files) { tx.execute(forget_files, files); }

}  // namespace pulse::persistence::media

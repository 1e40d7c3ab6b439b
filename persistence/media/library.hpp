// The pictures and films of projects, and what is on its way to become one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/media/findings.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::media {

/// One picture or film.
struct medium {
  base::uuid id;
  base::uuid project_id;
  std::optional<base::uuid> created_by;
  std::string name;  // as it was uploaded
  domain::media_kind kind = domain::media_kind::image;
  std::string type;  // "image/jpeg"
  std::int64_t bytes = 0;
  int width = 0;  // pixels, as people see it
  int height = 0;
  std::int64_t duration_ms = 0;  // of films and animations
  bool is_animated = false;
  std::string alt_text;
  std::int64_t uses = 0;  // posts that show it
  base::timestamp created_at;
  std::string file;  // in the store
};
BOOST_DESCRIBE_STRUCT(medium, (),
                      (id, project_id, created_by, name, kind, type, bytes, width, height, duration_ms, is_animated,
                       alt_text, uses, created_at, file))

/// An upload that is not whole yet, or that nobody has looked into.
struct upload {
  base::uuid id;
  base::uuid project_id;
  base::uuid created_by;
  std::string name;
  std::string alt_text;
  std::optional<std::int64_t> bytes;  // as announced
  std::string file;
  base::timestamp created_at;
  base::timestamp expires_at;
  std::string transfer;  // how the store brings the bytes elsewhere; empty: it has not begun to
};
BOOST_DESCRIBE_STRUCT(upload, (),
                      (id, project_id, created_by, name, alt_text, bytes, file, created_at, expires_at, transfer))

/// $1 id → one medium or none.
inline constexpr statement find{"find_medium", R"sql(
  SELECT m.id, m.project_id, m.created_by, m.name, m.kind, m.type, m.bytes, m.width, m.height, m.duration_ms, m.is_animated, m.alt_text,
         (SELECT count(DISTINCT u.post_id) FROM post_media u JOIN posts p ON p.tenant_id = u.tenant_id AND p.id = u.post_id
          WHERE u.tenant_id = m.tenant_id AND u.media_id = m.id AND p.deleted_at IS NULL) AS uses, m.created_at, m.file
  FROM media m WHERE m.tenant_id = pulse_tenant() AND m.id = $1)sql"};

/// $1 project, $2 words of name or description (null: any), $3 kind (null: any), $4, $5 created_at and id that the page comes after,
/// $6 limit → media, newest first.
inline constexpr statement list{"list_media", R"sql(
  SELECT m.id, m.project_id, m.created_by, m.name, m.kind, m.type, m.bytes, m.width, m.height, m.duration_ms, m.is_animated, m.alt_text,
         (SELECT count(DISTINCT u.post_id) FROM post_media u JOIN posts p ON p.tenant_id = u.tenant_id AND p.id = u.post_id
          WHERE u.tenant_id = m.tenant_id AND u.media_id = m.id AND p.deleted_at IS NULL) AS uses, m.created_at, m.file
  FROM media m
  WHERE m.tenant_id = pulse_tenant() AND m.project_id = $1::uuid
    AND ($2::text IS NULL OR strpos(lower(m.name), lower($2)) > 0 OR strpos(lower(m.alt_text), lower($2)) > 0)
    AND ($3::text IS NULL OR m.kind = $3)
    AND (m.created_at, m.id) < ($4::timestamptz, $5::uuid)
  ORDER BY m.created_at DESC, m.id DESC LIMIT $6)sql"};

/// $1 project, $2 ids → those of them that are the project's.
inline constexpr statement find_many{"find_media", R"sql(
  SELECT m.id, m.project_id, m.created_by, m.name, m.kind, m.type, m.bytes, m.width, m.height, m.duration_ms, m.is_animated, m.alt_text,
         0::bigint AS uses, m.created_at, m.file
  FROM media m WHERE m.tenant_id = pulse_tenant() AND m.project_id = $1::uuid AND m.id = ANY ($2::uuid[]))sql"};

/// A post that shows a medium.
struct use {
  base::uuid post_id;
  std::string title;
  std::string text;
  std::optional<base::timestamp> scheduled_at;
};
BOOST_DESCRIBE_STRUCT(use, (), (post_id, title, text, scheduled_at))

/// $1 medium, $2 limit → the posts that show it, newest first; of their texts the beginning.
inline constexpr statement uses_of{"list_uses_of_medium", R"sql(
  SELECT p.id AS post_id, p.title, left(p.text, 200) AS text, p.scheduled_at
  FROM posts p
  WHERE p.tenant_id = pulse_tenant() AND p.deleted_at IS NULL
    AND p.id IN (SELECT u.post_id FROM post_media u WHERE u.tenant_id = pulse_tenant() AND u.media_id = $1)
  ORDER BY p.created_at DESC, p.id DESC LIMIT $2)sql"};

/// $1 id → one upload or none.
inline constexpr statement find_upload{"find_media_upload", R"sql(
  SELECT id, project_id, created_by, name, alt_text, bytes, file, created_at, expires_at, transfer
  FROM media_uploads WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

/// Bytes that the tenant's media have, and its uploads have announced.
std::int64_t bytes_of_tenant(transaction& tx);

void insert_upload(transaction& tx, const upload& begun);
/// False when there is none.
bool remember_transfer(transaction& tx, const base::uuid& id, const std::string& transfer);
/// False when there is none.
bool remove_upload(transaction& tx, const base::uuid& id);

/// The upload becomes the medium of the same id; nothing when it is not there any more.
std::optional<medium> finish_upload(transaction& tx, const base::uuid& id, std::int64_t bytes,
                                    const domain::media_findings& found, base::timestamp now);

/// The medium as it is then; nothing when there is none.
std::optional<medium> describe(transaction& tx, const base::uuid& id, const std::optional<std::string>& name,
                               const std::optional<std::string>& alt_text);

enum class removal { done, missing, in_use };
/// A medium that a post shows stays.
removal remove(transaction& tx, const base::uuid& id);

/// For housekeeping (role::engine): at most `limit` uploads whose time is over, and media that no post has shown since `unused_since`;
/// how many there were. Their files are left over then.
int forget_uploads(transaction& tx, base::timestamp now, int limit);
int forget_unused(transaction& tx, base::timestamp unused_since, int limit);

/// Of these files, those that no upload is written to any more; role::engine.
std::vector<std::string> not_on_their_way(transaction& tx, const std::vector<std::string>& files);

/// Files that belong to nothing any more, at most `limit`; and one of them is gone.
std::vector<std::string> leftovers(transaction& tx, int limit);
void forget_leftovers(transaction& tx, const std::vector<std::string>& files);

}  // namespace pulse::persistence::media

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
#include "persistence/postgres/bound_query.hpp"
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

/// One or none.
bound_query<medium> find(const base::uuid& id);

/// What a list of media is narrowed by.
struct narrowing {
  base::uuid project_id;
  std::optional<std::string> words;  // of the name or the description
  std::optional<domain::media_kind> kind;
};

/// Newest first.
bound_query<medium> list(const narrowing& by, const page_bounds& page);

/// Those of these that are the project's; their `uses` are not counted.
bound_query<medium> find_many(const base::uuid& project_id, const std::vector<base::uuid>& ids);

/// A post that shows a medium.
struct use {
  base::uuid post_id;
  std::string title;
  std::string text;
  std::optional<base::timestamp> scheduled_at;
};
BOOST_DESCRIBE_STRUCT(use, (), (post_id, title, text, scheduled_at))

/// The newest `most` posts that show it; of their texts the beginning.
bound_query<use> list_uses(const base::uuid& id, int most);

/// One or none.
bound_query<upload> find_upload(const base::uuid& id);

/// Bytes that the tenant's media have, and its uploads have announced, in all projects, whoever asks.
std::int64_t bytes_of_tenant(transaction& tx);

void insert_upload(transaction& tx, const upload& begun);
/// False if there is none.
bool remember_transfer(transaction& tx, const base::uuid& id, const std::string& transfer);
/// False if there is none.
bool remove_upload(transaction& tx, const base::uuid& id);

/// The upload becomes the medium of the same id; nothing if the upload is gone.
std::optional<medium> finish_upload(transaction& tx, const base::uuid& id, std::int64_t bytes,
                                    const domain::media_findings& found, base::timestamp now);

/// The medium after the change; nothing if there is none.
std::optional<medium> describe(transaction& tx, const base::uuid& id, const std::optional<std::string>& name,
                               const std::optional<std::string>& alt_text);

enum class removal { done, missing, in_use };
/// A medium that a post shows stays.
removal remove(transaction& tx, const base::uuid& id);

/// For housekeeping (role::engine): at most `limit` uploads whose time is over, and media that no post has shown since
/// `unused_since`; how many there were. Their files are left over then.
int forget_uploads(transaction& tx, base::timestamp now, int limit);
int forget_unused(transaction& tx, base::timestamp unused_since, int limit);

/// Those of these files to which no upload writes any more; role::engine.
std::vector<std::string> not_on_their_way(transaction& tx, const std::vector<std::string>& files);

/// Files without an owner, at most `limit`; and the removal of one of them.
std::vector<std::string> leftovers(transaction& tx, int limit);
void forget_leftovers(transaction& tx, const std::vector<std::string>& files);

}  // namespace pulse::persistence::media

// What the website channels have published, for the members of the company and for the public feed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/platforms/image.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/publishing/by_member.hpp"

namespace pulse::persistence::website_publications {

struct publication {
  base::uuid id;
  base::uuid project_id;
  base::uuid post_id;
  base::uuid channel_id;
  std::string title;
  std::string text;
  base::timestamp published_at;
  std::optional<base::timestamp> updated_at = {};  // when it was last corrected; nothing: never
  std::optional<domain::image> image = {};         // the post's
};
BOOST_DESCRIBE_STRUCT(publication, (),
                      (id, project_id, post_id, channel_id, title, text, published_at, updated_at, image))

// --- the engine's side: names the tenant, because its role sees all of them ---

/// The attempt in whose name is published.
struct sending_attempt {
  base::uuid delivery_id;
  int number = 0;
};

/// Publishes: stores `wanted`, unless this post is published on this channel already. Answers what is published, which is
/// the same however often it is asked. The title and the project are taken from the post. Only while the delivery is being sent by
/// this very attempt; nothing otherwise, unless it is published already. The delivery is locked for share until the end of the
/// transaction: whoever gives the attempt up comes before, and then nothing is stored, or after, and then a look finds it.
std::optional<publication> store(transaction& tx, const base::uuid& tenant_id, const publication& wanted,
                                 const sending_attempt& by);

/// Whether there is a publication of this id.
bool is_stored(transaction& tx, const base::uuid& tenant_id, const base::uuid& id);

// --- requests: row security names the tenant ---

/// $1 project, null for all; $2, $3 published_at and id that the page comes after; $4 limit → publications, newest first.
inline constexpr statement list{"list_publications", R"sql(
  SELECT id, project_id, post_id, channel_id, title, text, published_at, corrected_at AS updated_at, image
  FROM website_publications
  WHERE ($1::uuid IS NULL OR project_id = $1) AND removed_at IS NULL
    AND (published_at, id) < ($2::timestamptz, $3::uuid)
  ORDER BY published_at DESC, id DESC LIMIT $4)sql"};

/// $1 id → one publication that is shown, or none.
inline constexpr statement find{"find_shown_publication", R"sql(
  SELECT id, project_id, post_id, channel_id, title, text, published_at, corrected_at AS updated_at, image
  FROM website_publications WHERE id = $1 AND removed_at IS NULL)sql"};

/// One of which was asked by its address, also when it was withdrawn.
struct addressed_publication : publication {
  std::optional<base::timestamp> removed_at;
};
BOOST_DESCRIBE_STRUCT(addressed_publication, (publication), (removed_at))

/// $1 project, $2 id of the publication or of its post → one publication or none.
inline constexpr statement find_public{"find_public_publication", R"sql(
  SELECT id, project_id, post_id, channel_id, title, text, published_at, corrected_at AS updated_at, image, removed_at
  FROM website_publications
  WHERE project_id = $1 AND (id = $2 OR post_id = $2) ORDER BY removed_at IS NOT NULL, published_at LIMIT 1)sql"};

struct correction {
  std::optional<std::string> title = {};
  std::optional<std::string> text = {};
};

/// Corrects what the website shows, with an event; the post stays as it was written. False when there is no such publication, or
/// it was withdrawn. Without a difference nothing changes, and that is true, too.
bool correct(transaction& tx, const base::uuid& id, const correction& wanted, const by_member& by);

/// Takes a publication off the website for good, with an event; its address answers 410 then. False if there is no such publication.
bool withdraw(transaction& tx, const base::uuid& id, const by_member& by);

/// The same for whatever the website shows of a post. How many those were.
std::size_t withdraw_post(transaction& tx, const base::uuid& post_id, const by_member& by);

/// A project that publishes to a website of its own.
struct site {
  base::uuid project_id;
  std::string title;
  std::string description;
  std::string company;
  base::timestamp named_at;    // when its project last changed, or its website channel was made
  base::timestamp changed_at;  // the same, or when anything of what it shows last changed
  std::int64_t revision = 0;   // grows with every change of what it shows
};
BOOST_DESCRIBE_STRUCT(site, (), (project_id, title, description, company, named_at, changed_at, revision))

/// Whose a site is.
struct site_owner {
  base::uuid tenant_id;
  bool is_gone = false;  // its website channel was removed
};
BOOST_DESCRIBE_STRUCT(site_owner, (), (tenant_id, is_gone))

/// $1 project → the owner of a project that has, or had, a website channel, or none. The one look-up without a tenant.
inline constexpr statement find_tenant_of_site{"find_tenant_of_site",
                                               "SELECT tenant_id, is_gone FROM pulse_find_site($1)"};

/// $1 project → its site or none.
inline constexpr statement find_site{"find_site", R"sql(
  SELECT p.id AS project_id, p.name AS title, p.description, t.name AS company,
         greatest(p.updated_at, c.created_at) AS named_at, greatest(p.updated_at, c.created_at, r.changed_at) AS changed_at,
         coalesce(r.revision, 0) AS revision
  FROM projects p
  JOIN tenants t ON t.id = p.tenant_id
  JOIN channels c ON c.tenant_id = p.tenant_id AND c.project_id = p.id AND c.type = 'website' AND c.deleted_at IS NULL
  LEFT JOIN website_revisions r ON r.tenant_id = p.tenant_id AND r.project_id = p.id
  WHERE p.id = $1 LIMIT 1)sql"};

}  // namespace pulse::persistence::website_publications

// What the website channels have published, for the members of the company and for the public feed.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::website_publications {

struct publication {
  base::uuid id;
  base::uuid project_id;
  base::uuid post_id;
  base::uuid channel_id;
  std::string title;
  std::string text;
  base::timestamp published_at;
};
BOOST_DESCRIBE_STRUCT(publication, (), (id, project_id, post_id, channel_id, title, text, published_at))

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
  SELECT id, project_id, post_id, channel_id, title, text, published_at FROM website_publications
  WHERE ($1::uuid IS NULL OR project_id = $1) AND (published_at, id) < ($2::timestamptz, $3::uuid)
  ORDER BY published_at DESC, id DESC LIMIT $4)sql"};

/// $1 project, $2 id of the publication or of its post → one publication or none.
inline constexpr statement find_public{"find_public_publication", R"sql(
  SELECT id, project_id, post_id, channel_id, title, text, published_at FROM website_publications
  WHERE project_id = $1 AND (id = $2 OR post_id = $2) ORDER BY published_at LIMIT 1)sql"};

/// A project that publishes to a website of its own.
struct site {
  base::uuid project_id;
  std::string title;
  std::string description;
  std::string company;
  base::timestamp changed_at;  // the project, or when its website channel was made
};
BOOST_DESCRIBE_STRUCT(site, (), (project_id, title, description, company, changed_at))

/// Whose a site is.
struct site_owner {
  base::uuid tenant_id;
};
BOOST_DESCRIBE_STRUCT(site_owner, (), (tenant_id))

/// $1 project → the owner of a project with a website channel, or none. The one look-up without a tenant.
inline constexpr statement find_tenant_of_site{"find_tenant_of_site", "SELECT tenant_id FROM pulse_find_site($1)"};

/// $1 project → its site or none.
inline constexpr statement find_site{"find_site", R"sql(
  SELECT p.id AS project_id, p.name AS title, p.description, t.name AS company,
         greatest(p.updated_at, c.created_at) AS changed_at
  FROM projects p
  JOIN tenants t ON t.id = p.tenant_id
  JOIN channels c ON c.tenant_id = p.tenant_id AND c.project_id = p.id AND c.type = 'website' AND c.deleted_at IS NULL
  WHERE p.id = $1 LIMIT 1)sql"};

}  // namespace pulse::persistence::website_publications

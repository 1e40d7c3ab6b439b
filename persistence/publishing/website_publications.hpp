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
#include "persistence/postgres/bound_query.hpp"
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

/// Publishes: stores `wanted`, unless this post is published on this channel already. Answers what is published, which
/// is the same however often it is asked. The title and the project are taken from the post. Only while the delivery is
/// being sent by this very attempt; nothing otherwise, unless it is published already. The delivery is locked for share
/// until the end of the transaction: whoever gives the attempt up comes before, and then nothing is stored, or after,
/// and then a look finds it.
std::optional<publication> store(transaction& tx, const base::uuid& tenant_id, const publication& wanted,
                                 const sending_attempt& by);

/// Whether there is a publication of this id.
bool is_stored(transaction& tx, const base::uuid& tenant_id, const base::uuid& id);

// --- requests: row security names the tenant ---

/// Of one project or of all, newest first.
bound_query<publication> list(const std::optional<base::uuid>& project_id, const page_bounds& page);

/// One that is shown, or none.
bound_query<publication> find(const base::uuid& id);

/// One of which was asked by its address, also when it was withdrawn.
struct addressed_publication : publication {
  std::optional<base::timestamp> removed_at;
};
BOOST_DESCRIBE_STRUCT(addressed_publication, (publication), (removed_at))

/// By the id of the publication or of its post; one or none.
bound_query<addressed_publication> find_public(const base::uuid& project_id, const base::uuid& id);

struct correction {
  std::optional<std::string> title = {};
  std::optional<std::string> text = {};
};

/// Corrects what the website shows, with an event; the post stays as it was written. False when there is no such
/// publication, or it was withdrawn. Without a difference nothing changes, and that is true, too.
bool correct(transaction& tx, const base::uuid& id, const correction& wanted, const by_member& by);

/// Takes a publication off the website for good, with an event; its address answers 410 then. False if there is no such
/// publication.
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

/// The owner of a project that has, or had, a website channel, or none. The one look-up without a tenant.
bound_query<site_owner> find_owner(const base::uuid& project_id);

/// A project's site, or none.
bound_query<site> find_site(const base::uuid& project_id);

}  // namespace pulse::persistence::website_publications

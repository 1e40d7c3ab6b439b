// Asking members by mail and in their chats for their word, and the links in what they are sent.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/engagement.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::asking {

/// The shortest time between two mails that ask a member.
inline constexpr std::chrono::minutes least_between{30};

struct member_to_ask {
  base::uuid tenant_id;
  base::uuid member_id;
};
BOOST_DESCRIBE_STRUCT(member_to_ask, (), (tenant_id, member_id))

/// As the engine: takes members who want to be asked, by mail or in a chat, and have acts that wait and that they were
/// not asked about, at most `most`; nobody else takes them for `least_between`.
std::vector<member_to_ask> take(transaction& tx, base::timestamp now, int most);

/// As the engine, with the tenant set: writes the mail about what waits, and the same for each chat of the member, with
/// a link for each act below `app_url`, and marks the acts: all or nothing, so that a crash neither loses nor doubles
/// it. How many acts it is about; 0: there was nothing to ask, and nothing is sent.
std::size_t ask(transaction& tx, const base::uuid& member_id, const std::string& app_url, const secret_box& box,
                base::timestamp now);

// --- chats of companies ---

/// Older posts are no longer announced; and how many posts one message announces.
inline constexpr std::chrono::hours told_within{48};
inline constexpr int most_told_posts = 10;

/// As the engine: companies that have a chat and posts under which acts wait that it was not told of.
std::vector<base::uuid> companies_to_tell(transaction& tx, base::timestamp now, int most);

/// As the engine, with the tenant set: tells each chat of the company, once a post, how many acts wait; no names, no
/// words and no link that answers. How many posts it is about.
std::size_t tell_company(transaction& tx, const std::string& app_url, const secret_box& box, base::timestamp now);

// --- the links ---

bytes hash_secret(std::string_view secret);

struct link_owner {
  base::uuid tenant_id;
  base::uuid link_id;
  base::uuid member_id;
};
BOOST_DESCRIBE_STRUCT(link_owner, (), (tenant_id, link_id, member_id))

/// Whose link it is, by the hash of its secret. Without a tenant.
bound_query<link_owner> find_owner(const bytes& secret_hash);

struct confirmation_link {
  base::uuid id;
  base::uuid engagement_id;
  base::uuid member_id;
  base::timestamp expires_at;
  std::optional<base::timestamp> used_at;
};
BOOST_DESCRIBE_STRUCT(confirmation_link, (), (id, engagement_id, member_id, expires_at, used_at))

/// The link, locked until the transaction ends; nothing when it has expired or its member is no longer active.
std::optional<confirmation_link> open(transaction& tx, const base::uuid& id, base::timestamp now);
/// It was answered: this link, and all other links of this act, are used up.
void use(transaction& tx, const base::uuid& engagement_id, base::timestamp now);

}  // namespace pulse::persistence::asking

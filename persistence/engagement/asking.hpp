// Asking members by mail for their word, and the links in these mails.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/engagement.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::asking {

/// A member gets one mail in so long.
inline constexpr std::chrono::minutes least_between{30};

struct member_to_ask {
  base::uuid tenant_id;
  base::uuid member_id;
};
BOOST_DESCRIBE_STRUCT(member_to_ask, (), (tenant_id, member_id))

/// As the engine: takes members who want to be asked by mail and have acts that wait and were in no mail, at most `most`; nobody else takes
/// them for `least_between`.
std::vector<member_to_ask> take(transaction& tx, base::timestamp now, int most);

/// As the engine, with the tenant set: writes the mail about what waits, with a link for each act below `app_url`, and marks the acts: all or
/// nothing, so that a crash neither loses nor doubles it. How many acts it is about; 0: there was nothing to ask, and no mail.
std::size_t ask(transaction& tx, const base::uuid& member_id, const std::string& app_url, const secret_box& box,
                base::timestamp now);

// --- the links ---

bytes hash_secret(std::string_view secret);

struct link_owner {
  base::uuid tenant_id;
  base::uuid link_id;
};
BOOST_DESCRIBE_STRUCT(link_owner, (), (tenant_id, link_id))

/// $1 the secret's hash → whose link it is. Without a tenant.
inline constexpr statement find_owner{"find_confirmation_link",
                                      "SELECT tenant_id, link_id FROM pulse_find_confirmation_link($1::bytea)"};

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
/// It was answered: it is good no more, nor is any other link of this act.
void use(transaction& tx, const base::uuid& engagement_id, base::timestamp now);

}  // namespace pulse::persistence::asking

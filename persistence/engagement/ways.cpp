#include "persistence/engagement/ways.hpp"

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "persistence/engagement/browser_sessions.hpp"
#include "persistence/postgres/statement.hpp"

namespace pulse::persistence::ways {

namespace {

constexpr statement find_scope{"find_scope_of_own_login", R"sql(
  SELECT scope FROM social_accounts
  WHERE tenant_id = pulse_tenant() AND connected_by = $1::uuid AND platform = 'linkedin' AND purpose = 'engage' AND NOT needs_reconnect
    AND octet_length(access_token) > 0
  ORDER BY updated_at DESC LIMIT 1)sql"};

}  // namespace

domain::open_ways find(transaction& tx, const base::uuid& member_id, base::timestamp now) {
  const auto found = tx.execute(find_scope, member_id);
  const bool has_account = !found.empty();
  const auto session = browser_sessions::find(tx, member_id, now);
  const auto operated = browser_sessions::find_adapter(tx, now);
  return {.has_account = has_account,
          .has_permission = has_account && domain::may_engage(found.get<std::string>(0, 0)),
          .has_session = session && session->origin,
          .is_browser_operated = operated.is_on && operated.problem.empty()};
}

}  // namespace pulse::persistence::ways

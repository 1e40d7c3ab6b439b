// Members' sessions at LinkedIn as a browser has them: who has switched it on, and the cookies, sealed.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::browser_sessions {

// --- what the operator has switched on ---

/// After which nobody is taken to drive browsers any more; whoever does says so three times as often.
inline constexpr std::chrono::minutes word_counts_for{3};

struct adapter {
  bool is_on = false;
  std::string problem;  // what the machine lacks, for the operator; empty: nothing
};
BOOST_DESCRIBE_STRUCT(adapter, (), (is_on, problem))

/// As any role. Off where nobody has said anything for `word_counts_for`.
adapter find_adapter(transaction& tx, base::timestamp now);
/// As the engine.
void say_adapter(transaction& tx, const adapter& what, base::timestamp now);

// --- a member's own ---

enum class session_origin { login, handed_over };
BOOST_DESCRIBE_ENUM(session_origin, login, handed_over)

/// Without the cookies, which nobody is shown.
struct session {
  base::uuid id;
  base::timestamp allowed_at;
  std::optional<session_origin> origin;  // none: there are no cookies
  std::optional<base::timestamp> connected_at;
  std::optional<base::timestamp> expires_at;
  std::optional<std::string> problem;  // a sentence: why it has ended without its member
  std::optional<base::timestamp> ended_at;
};
BOOST_DESCRIBE_STRUCT(session, (), (id, allowed_at, origin, connected_at, expires_at, problem, ended_at))

/// The member's session; nothing: they have not switched it on. Expired cookies count as none.
std::optional<session> find(transaction& tx, const base::uuid& member_id, base::timestamp now);

/// Switches it on; once more changes nothing.
void allow(transaction& tx, const base::uuid& member_id, base::timestamp now);
/// Switches it off: cookies are removed, and sign-ins end. False when it was not on.
bool disallow(transaction& tx, const base::uuid& member_id);
/// Removes cookies, and stops the sign-in that is under way. False when there was neither.
bool forget_cookies(transaction& tx, const base::uuid& member_id);

struct cookies {
  base::secret li_at;
  base::secret jsessionid;  // empty where only li_at was handed over
};

/// Keeps them until `expires_at` and not longer. As any role, with the tenant set. False when the session is not there
/// any more.
bool store_cookies(transaction& tx, const base::uuid& session_id, const cookies& given, session_origin origin,
                   base::timestamp expires_at, const secret_box& box, base::timestamp now);

/// For performing an act; nothing if the cookies cannot be decrypted.
std::optional<cookies> open_sealed(const base::uuid& tenant_id, const base::uuid& session_id, const bytes& sealed,
                                   const secret_box& box);

/// As the engine, without a tenant: removes cookies that are over, at most `limit`; how many.
int forget_over(transaction& tx, base::timestamp now, int limit);

}  // namespace pulse::persistence::browser_sessions

// Sign-ins at LinkedIn that Pulse helps with: begun by a request, driven by whichever process takes them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/browser_session.hpp"
#include "persistence/engagement/browser_sessions.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::browser_logins {

using domain::engagement::login_failure;
using domain::engagement::login_state;

struct login {
  base::uuid id;
  login_state state = login_state::starting;
  std::optional<login_failure> reason;  // of one that failed
  bool was_wrong = false;               // the code that was tried last
  base::timestamp started_at;
  base::timestamp ends_at;  // by then it is over
};
BOOST_DESCRIBE_STRUCT(login, (), (id, state, reason, was_wrong, started_at, ends_at))

struct credentials {
  std::string email;
  base::secret password;
};

/// The member's last one; one that nobody ended in time has failed.
std::optional<login> find_last(transaction& tx, const base::uuid& member_id, base::timestamp now);

/// The index that a company's second sign-in at one time breaks.
inline constexpr std::string_view one_at_a_time = "browser_logins_one";

/// Begins one, after ending those of the company whose time is over. Nothing: the member has begun `logins_an_hour`
/// within the last hour.
std::optional<login> begin(transaction& tx, const base::uuid& member_id, const base::uuid& session_id,
                           const credentials& with, const secret_box& box, base::timestamp now);

/// Where a code went.
enum class code_place { taken, no_login, over, not_asked };
/// For the member's own sign-in.
code_place submit_code(transaction& tx, const base::uuid& member_id, const base::uuid& login_id,
                       const std::string& code, const secret_box& box, base::timestamp now);

// --- as the engine; `take` and `forget` without a tenant, the rest with it ---

struct taken {
  base::uuid tenant_id;
  base::uuid id;
  base::uuid session_id;
  base::uuid member_id;
  bytes credentials;  // encrypted; the row no longer has them
};
BOOST_DESCRIBE_STRUCT(taken, (), (tenant_id, id, session_id, member_id, credentials))

/// Takes at most `limit` that wait: nobody else does.
std::vector<taken> take(transaction& tx, base::timestamp now, int limit);
/// Nothing when they cannot be opened: another key.
std::optional<credentials> open(const taken& from, const secret_box& box);

/// False, here and below: the sign-in was cancelled.
bool ask_for_code(transaction& tx, const taken& of, bool was_wrong);

struct look {
  bool is_wanted = false;
  std::optional<std::string> code;  // was given, and is taken by this look
};
look look_after(transaction& tx, const taken& of, const secret_box& box);

bool fail(transaction& tx, const taken& of, login_failure why);
/// Keeps the cookies with the session, tells the audit, and ends the sign-in.
bool connect(transaction& tx, const taken& of, const browser_sessions::cookies& got, base::timestamp expires_at,
             const secret_box& box, base::timestamp now);

/// Removes sign-ins that began more than a day ago, at most `limit`; how many.
int forget(transaction& tx, base::timestamp now, int limit);

}  // namespace pulse::persistence::browser_logins

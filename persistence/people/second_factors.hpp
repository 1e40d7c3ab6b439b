// Second factors: the secret of an authenticator app, sealed, and the hashes of recovery codes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::second_factors {

struct second_factor {
  bytes secret;                                 // sealed: `open_secret`
  std::optional<base::timestamp> confirmed_at;  // none: it is being set up, and asked of nobody
  std::int64_t last_step = 0;
  std::vector<std::string> recovery_hashes;  // in hexadecimal
};
BOOST_DESCRIBE_STRUCT(second_factor, (), (secret, confirmed_at, last_step, recovery_hashes))

/// What a member may see of their own.
struct state {
  std::optional<base::timestamp> confirmed_at;
  std::int64_t recovery_codes = 0;  // that are left
  bool has_app = true;              // no: passkeys alone, see `leave_out_app`
};
BOOST_DESCRIBE_STRUCT(state, (), (confirmed_at, recovery_codes, has_app))

/// A member's.
bound_query<state> find_state(const base::uuid& member_id);

/// The member's, locked until the transaction ends; nothing if there is none.
std::optional<second_factor> lock(transaction& tx, const base::uuid& member_id);

/// Nothing when it cannot be opened: another key.
std::optional<std::string> open_secret(const transaction& tx, const second_factor& from, const base::uuid& member_id,
                                       const secret_box& box);

/// Begins setting one up, in the place of another that was not confirmed; false when there is one that was.
bool begin(transaction& tx, const base::uuid& member_id, std::string_view secret, const secret_box& box,
           base::timestamp now);
void confirm(transaction& tx, const base::uuid& member_id, std::int64_t step,
             const std::vector<std::string>& recovery_hashes, base::timestamp now);
/// Its secret is known to nobody: passkeys alone pass, and recovery codes.
void leave_out_app(transaction& tx, const base::uuid& member_id);
void use_step(transaction& tx, const base::uuid& member_id, std::int64_t step);
void use_recovery(transaction& tx, const base::uuid& member_id, const std::string& hash);
void replace_recovery(transaction& tx, const base::uuid& member_id, const std::vector<std::string>& recovery_hashes);
void remove(transaction& tx, const base::uuid& member_id);

/// Whether the company asks all of its members for one.
struct requirement {
  bool is_required = false;
  std::int64_t members_without = 0;  // active ones; they may still sign in with a passkey or at an identity provider
};
BOOST_DESCRIBE_STRUCT(requirement, (), (is_required, members_without))

/// The company's.
bound_query<requirement> find_requirement();
/// Asks for it, or asks no more. False: nothing was changed, because this session's member has none of their own, and
/// would shut themselves out.
bool set_requirement(transaction& tx, bool is_required, const base::uuid& member_id, const base::uuid& session_id);

}  // namespace pulse::persistence::second_factors

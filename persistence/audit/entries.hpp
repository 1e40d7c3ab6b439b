// What the audit holds, as it is written and as it is read. Writing happens in the transaction that an entry tells of;
// the chain comes afterwards (persistence/audit/chain).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::audit {

/// The authority under which a call was made.
enum class actor_kind : std::uint8_t {
  member,
  token,           // a script's, of the member
  platform_admin,  // of the installation: a member of another company, or nobody of Pulse, at its command line
  nobody,          // who did not say, or did not prove, who they are
};
BOOST_DESCRIBE_ENUM(actor_kind, member, token, platform_admin, nobody)

/// One call, as far as it is known before it runs.
struct entry {
  base::uuid id;
  base::timestamp at;
  std::string action;  // the route: "POST /org/teams"; or a command: "pulse admin promote"
  actor_kind by = actor_kind::nobody;
  std::optional<base::uuid> actor_id;
  std::optional<base::uuid> session_id;  // where only that is known: its member is the actor
  std::optional<base::uuid> token_id;
  std::optional<base::uuid> subject_id;
  std::string request_id;  // "" of a command
  std::string address;     // likewise
  std::string device;
};

/// When a transaction's entry is written.
enum class when : std::uint8_t {
  written,  // it has written something
  noted,    // it has changed something that is told (the routes that are `quiet`)
  always,
};

/// Before the job: from here on what changes is noted (migration audit, pulse_audit).
void begin(transaction& tx);
/// Behind the job, in its transaction, with what was noted and the events that it appended. Travels with COMMIT.
void append(transaction& tx, const entry& of, when condition);
/// Of a call that was refused with `status` and the problem's `code`.
void append_refusal(transaction& tx, const entry& of, int status, const std::string& code);

/// As people read it.
struct listed {
  base::uuid id;
  std::optional<std::int64_t> seq;  // its place in the chain; none: it is not sealed yet
  base::timestamp at;
  std::string action;
  int status = 0;
  std::string code;
  actor_kind actor = actor_kind::nobody;
  std::optional<base::uuid> actor_id;
  std::optional<std::string> actor_name;
  std::optional<base::uuid> token_id;
  std::optional<base::uuid> subject_id;
  std::string request_id;
  boost::json::object details;
};
BOOST_DESCRIBE_STRUCT(listed, (),
                      (id, seq, at, action, status, code, actor, actor_id, actor_name, token_id, subject_id, request_id,
                       details))

/// A filter; members that are left out match everything.
struct filter {
  std::optional<base::uuid> actor_id;
  std::optional<base::uuid> subject_id;
  std::optional<std::string> action;
  std::optional<std::string> request_id;
  std::optional<bool> is_refused;
  std::optional<base::timestamp> since;
  std::optional<base::timestamp> until;
};

/// The newest first, after the entry with this time and id.
std::vector<listed> list(transaction& tx, const filter& wanted, base::timestamp after_at, const base::uuid& after_id,
                         std::int64_t limit);

/// One row of figures: how often something was done and refused.
struct tally {
  std::string name;
  std::int64_t done = 0;
  std::int64_t refused = 0;
};
BOOST_DESCRIBE_STRUCT(tally, (), (name, done, refused))

struct actor_tally {
  std::optional<base::uuid> id;  // none: nobody who said who they are
  std::optional<std::string> name;
  std::int64_t done = 0;
  std::int64_t refused = 0;
};
BOOST_DESCRIBE_STRUCT(actor_tally, (), (id, name, done, refused))

/// Actors of a summary.
inline constexpr std::int64_t tallies_max = 50;
/// Actions of a summary: more than there are routes that change something, so that a rare one can be asked for, too.
inline constexpr std::int64_t actions_max = 250;

std::vector<tally> count_by_day(transaction& tx, base::timestamp since);
std::vector<tally> count_by_action(transaction& tx, base::timestamp since);
std::vector<actor_tally> count_by_actor(transaction& tx, base::timestamp since);

}  // namespace pulse::persistence::audit

// Webhooks of members' and companies' chats, and the messages that wait to be sent there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/asking.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::chat_hooks {

/// Chats that a member, or a company, may have.
inline constexpr std::int64_t most_hooks = 5;
/// Tries that a message gets before it is given up, the pauses between them together some 15 minutes.
inline constexpr int most_tries = 5;
/// Messages that are taken at a time.
inline constexpr int batch = 20;

/// Without the address, which nobody is shown again.
struct chat_hook {
  base::uuid id;
  domain::chat_kind kind = domain::chat_kind::slack;
  std::string host;
  bool is_company = false;
  base::timestamp created_at;
  std::optional<base::timestamp> last_sent_at;
  std::optional<std::string> problem;  // why the last message did not arrive
  bool is_off = false;                 // the chat is gone: nothing is sent there
};
BOOST_DESCRIBE_STRUCT(chat_hook, (), (id, kind, host, is_company, created_at, last_sent_at, problem, is_off))

/// Those of a member, and of their company.
bound_query<chat_hook> list(const base::uuid& member_id);

/// One of this member, or of the company, or none.
bound_query<chat_hook> find(const base::uuid& id, const std::optional<base::uuid>& member_id);

struct new_hook {
  base::uuid id;
  std::optional<base::uuid> member_id;  // none: the company's
  domain::chat_kind kind = domain::chat_kind::slack;
  std::string host;
  std::string address;
};

/// False when there are as many as there may be.
bool insert(transaction& tx, const new_hook& made, const secret_box& box, base::timestamp now);
/// False if this member, or the company, has none.
bool remove(transaction& tx, const base::uuid& id, const std::optional<base::uuid>& member_id);

/// A message for the hook, due at once, with the next round trip. As either role, with the tenant set.
void queue_message(transaction& tx, const base::uuid& hook_id, const domain::chat_message& what, const secret_box& box,
                   base::timestamp now);

struct hook_id {
  base::uuid id;
};
BOOST_DESCRIBE_STRUCT(hook_id, (), (id))

/// Hooks of this member, or of the company, at which somebody listens.
bound_query<hook_id> list_listening(const std::optional<base::uuid>& member_id);

// --- as the engine ---

/// A message that is being sent.
struct taken {
  base::uuid tenant_id;
  base::uuid id;
  base::uuid hook_id;
  domain::chat_kind kind = domain::chat_kind::slack;
  bytes address;  // sealed
  bytes body;     // sealed
  int tries = 0;  // with this one
};
BOOST_DESCRIBE_STRUCT(taken, (), (tenant_id, id, hook_id, kind, address, body, tries))

struct opened {
  std::string address;
  domain::chat_message message;
};

/// Nothing when it cannot be opened: another key.
std::optional<opened> open(const taken& from, const secret_box& box);

/// Claims the due ones until `again_at`; then they are due again.
std::vector<taken> take(transaction& tx, base::timestamp now, base::timestamp again_at);
/// It arrived, or was given up for the reason `problem`; with `is_gone` no more messages are sent there.
void finish(transaction& tx, const taken& one, const std::optional<std::string>& problem, bool is_gone,
            base::timestamp now);
void put_back(transaction& tx, const taken& one, base::timestamp again_at);

}  // namespace pulse::persistence::chat_hooks

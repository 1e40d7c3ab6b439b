// Mails that wait to be sent. A mail is stored in the transaction that it is about, so it exists if and only if that
// has committed.
#pragma once

#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::mail_outbox {

/// Mails that are taken at a time.
inline constexpr int batch = 20;

struct mail {
  base::uuid id;
  std::string recipient;  // an e-mail address
  std::string subject;    // one line
  std::string text;       // UTF-8; may hold a link that lets somebody in, so it is sealed at rest
};

/// Stores a mail of the transaction's tenant, due at once.
void insert(transaction& tx, const mail& made, const secret_box& box, base::timestamp now);

/// A mail that is being sent.
struct taken {
  base::uuid tenant_id;
  base::uuid id;
  std::string recipient;
  std::string subject;
  bytes body;     // sealed: `open_text`
  int tries = 0;  // with this one
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(taken, (), (tenant_id, id, recipient, subject, body, tries, created_at))

/// Nothing when it cannot be opened: another key.
std::optional<std::string> open_text(const taken& from, const secret_box& box);

// --- as the engine ---------------------------------------------------------------------------------------------------

/// Takes what is due for the caller until `again_at`, when it is due again.
std::vector<taken> take(transaction& tx, base::timestamp now, base::timestamp again_at);

void remove(transaction& tx, const taken& sent);

/// After a failure: due again at `again_at`, or given up.
void put_back(transaction& tx, const taken& unsent, std::optional<base::timestamp> again_at,
              const std::string& problem);

}  // namespace pulse::persistence::mail_outbox

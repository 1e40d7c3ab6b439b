// Everything that is kept of a member, or of a whole company, as lines of JSON: for whoever asks for a copy of it. No
// secret and no hash of one is in it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/uuid.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::archive {

/// The position in an archive that is being read.
struct place {
  std::size_t section = 0;
  base::uuid after;  // in the section: rows come in the order of their ids
};

/// Appends the next lines, at most `limit`, to `to`: of one member, or of the company of the transaction; moves `at`
/// on. False when it was over.
bool read_next(transaction& tx, const std::optional<base::uuid>& member_id, int limit, place& at, std::string& to);

/// Erases the personal data of a member of the transaction's tenant who is not active: name, address, profile, devices,
/// network addresses, and their parts of the audit. What they did stays, without a name; the audit's chain stays valid.
/// False when there is no such member, or they are active.
bool erase(transaction& tx, const base::uuid& member_id, base::timestamp now);

}  // namespace pulse::persistence::archive

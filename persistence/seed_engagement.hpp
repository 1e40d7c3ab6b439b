// The demo company's team engagement, seen from the moment at which it is made: colleagues, pages, a month behind it,
// and what waits.
#pragma once

#include <string>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::demo {

struct engagement_demo {
  base::uuid owner_id;
  base::timestamp now;
  /// Of a password that nobody has: colleagues are there to be seen, not to sign in.
  std::string unknown_password_hash;
};

/// Writes colleagues in two teams, pages that everybody follows, their posts with what became of each like and comment,
/// and some that wait for the owner's word. Nothing of it goes out by itself. As requests of the tenant.
void insert_engagement(transaction& tx, const engagement_demo& with);

}  // namespace pulse::persistence::demo

// What was answered to a creating call that named an Idempotency-Key, stored in the transaction that created.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::idempotency_keys {

struct answer {
  bytes request_hash;
  int status = 0;
  std::string content_type;
  std::optional<std::string> location;
  std::string response;
};
BOOST_DESCRIBE_STRUCT(answer, (), (request_hash, status, content_type, location, response))

/// Takes the key for the rest of the transaction; false when another transaction holds it just now.
bool try_lock(transaction& tx, const base::uuid& member_id, const std::string& key);

/// What was answered under this key since `after`.
std::optional<answer> find(transaction& tx, const base::uuid& member_id, const std::string& key, base::timestamp after);

/// Stores the answer, in place of one from before `expired`, and forgets some others of the tenant that are as old.
void store(transaction& tx, const base::uuid& member_id, const std::string& key, const answer& given,
           base::timestamp expired, base::timestamp now);

}  // namespace pulse::persistence::idempotency_keys

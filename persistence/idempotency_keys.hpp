// The answers of creating calls with an Idempotency-Key, stored in the transaction that created.
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

/// The answer under this key since `after`.
std::optional<answer> find(transaction& tx, const base::uuid& member_id, const std::string& key, base::timestamp after);

/// Stores the answer, in place of one from before `expired`.
void store(transaction& tx, const base::uuid& member_id, const std::string& key, const answer& given,
           base::timestamp expired, base::timestamp now);

/// Removes answers from before `expired`, the oldest first and at most `limit`, of all companies. As role::engine,
/// without a tenant. Returns how many.
int forget(transaction& tx, base::timestamp expired, int limit);

}  // namespace pulse::persistence::idempotency_keys

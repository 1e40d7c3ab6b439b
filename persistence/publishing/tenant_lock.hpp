// What orders a person's commands and the engine's claims of one tenant.
#pragma once

#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence {

/// Queues the lock of the transaction's tenant, until the transaction ends; queued again it changes nothing. The first
/// thing that a command does which changes what a claim may see, before it locks any other row. The engine's claim
/// locks the same row for share before it looks: so a command that has committed is seen by every claim after it, and a
/// claim that was first is seen by the command.
void lock_tenant(transaction& tx);

}  // namespace pulse::persistence

#include "persistence/publishing/tenant_lock.hpp"

namespace pulse::persistence {

namespace {

// Not FOR UPDATE: that would wait for every insert that refers to the tenant.
constexpr statement lock_own{"lock_tenant", "SELECT FROM tenants WHERE id = pulse_tenant() FOR NO KEY UPDATE"};

}  // namespace

void lock_tenant(transaction& tx) { tx.queue(lock_own); }

}  // namespace pulse::persistence

// The engine as the front door sees it: notifies a tenant's supervisor of changed rows.
#pragma once

#include <functional>

#include "base/uuid.hpp"

namespace pulse::actors {

class engine {
 public:
  virtual ~engine() = default;

  /// Notifies the tenant's supervisor, wherever it runs, to read its rows again. Thread-safe, never blocks. `heard` is
  /// called once, on any thread: when the supervisor has read them, or when that is not known in time.
  virtual void notify(const base::uuid& tenant_id, std::function<void()> heard) = 0;
};

}  // namespace pulse::actors

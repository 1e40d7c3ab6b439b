// The engine, as the front door sees it: someone to tell that a tenant's rows have changed.
#pragma once

#include <functional>

#include "base/uuid.hpp"

namespace pulse::actors {

class engine {
 public:
  virtual ~engine() = default;

  /// Tells the tenant's supervisor, wherever it runs, to look at its rows again. Thread-safe, never blocks. `heard` is called
  /// once, on any thread: when the supervisor has looked, or when it is not known in time whether it has.
  virtual void notify(const base::uuid& tenant_id, std::function<void()> heard) = 0;
};

}  // namespace pulse::actors

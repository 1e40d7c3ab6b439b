// The member behind a change.
#pragma once

#include "base/time.hpp"
#include "base/uuid.hpp"

namespace pulse::persistence {

/// The member who gives a command, and when.
struct by_member {
  base::uuid member_id;
  base::timestamp now;
};

}  // namespace pulse::persistence

// Which page of a list is read.
#pragma once

#include <cstdint>

#include "base/time.hpp"
#include "base/uuid.hpp"

namespace pulse::persistence {

/// At most `rows` rows behind the one of that time and id, in the order of the list.
struct page_bounds {
  base::timestamp at{};
  base::uuid id{};
  std::int64_t rows = 0;
};

}  // namespace pulse::persistence

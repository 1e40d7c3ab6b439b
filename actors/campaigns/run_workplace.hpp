// What the steps of a run share while it is worked on.
#pragma once

#include "actors/campaigns/run_performance.hpp"
#include "actors/campaigns/run_record.hpp"
#include "domain/calendar/local_time.hpp"

namespace pulse::actors {

/// Lives within one transaction.
struct workplace {
  persistence::transaction& tx;
  const persistence::run_work::begun& run;
  const run_surroundings& surroundings;
  base::timestamp now;
  run_record& record;
  domain::zone_clock zone;
};

}  // namespace pulse::actors

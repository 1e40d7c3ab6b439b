// Rehearsals in the database of the running engine: a transaction in which the run is made and worked on, and which is
// rolled back.
#pragma once

#include "actors/campaigns/rehearsing.hpp"
#include "actors/campaigns/run_performance.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::actors {

class database_rehearsing final : public rehearsing {
 public:
  struct parts {
    persistence::database& database;  // as the engine
    const base::clock& clock;
    base::uuid node_id;
    run_surroundings surroundings;
  };
  explicit database_rehearsing(parts surroundings) : services_(std::move(surroundings)) {}

  void rehearse(rehearsal_wish wish, std::function<void(std::shared_ptr<std::optional<rehearsal>>)> done) override;

 private:
  const parts services_;
};

/// Within a transaction of the engine with its tenant; the caller must roll it back. Nothing if there is no such rule.
std::optional<rehearsal> rehearse_run(persistence::transaction& tx, const base::uuid& node_id,
                                      const rehearsal_wish& wish, const run_surroundings& surroundings,
                                      base::timestamp now);

}  // namespace pulse::actors

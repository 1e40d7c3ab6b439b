// The hubs' rows in PostgreSQL.
#pragma once

#include "actors/activity/rows.hpp"
#include "base/time.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::actors {

class database_source final : public activity_rows {
 public:
  /// `on` acts as the engine. Both outlive it, and what it has begun.
  database_source(persistence::database& on, const base::clock& clock) : database_(on), clock_(clock) {}

  void find_end(std::function<void(std::optional<persistence::events::cursor>)> done) override;
  void read(std::vector<persistence::events::reader> readers, int limit,
            std::function<void(std::shared_ptr<read_stretches>)> done) override;
  void find_ended(std::vector<watching_session> sessions,
                  std::function<void(std::shared_ptr<std::vector<persistence::watch_over>>)> done) override;

 private:
  persistence::database& database_;
  const base::clock& clock_;
};

}  // namespace pulse::actors

// What a pool of database connections does, for /metrics.
#pragma once

#include <string>

#include "http/operations/metrics.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::http {

/// `pool` names it in the labels: "request", "engine". Both live as long as somebody scrapes.
void add_database_metrics(metrics& to, const persistence::database& of, const std::string& pool);

}  // namespace pulse::http

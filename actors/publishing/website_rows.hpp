// The website channel's publications as rows, for its connector.
#pragma once

#include "connectors/website/store.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::actors {

/// Publications in the database, through the engine's pool, which must outlive the store and every call.
connectors::website::website_store website_rows(persistence::database& database);

}  // namespace pulse::actors

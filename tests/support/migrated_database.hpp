// A database with every migration applied. Header only, because not every test program links persistence.
#pragma once

#include <stdexcept>
#include <string>

#include "persistence/postgres/migrator.hpp"
#include "tests/support/private_servers.hpp"

namespace pulse::tests {

/// A new database with every migration applied, of its own for one test case: a copy of one that was migrated once.
inline std::string migrated_database() {
  static const std::string original = [] {
    auto url = shared_servers().new_database();
    const auto report = persistence::migrate(url);
    if (report.has_error()) throw std::runtime_error{report.error().detail};
    return url;
  }();
  return shared_servers().new_database(original);
}

}  // namespace pulse::tests

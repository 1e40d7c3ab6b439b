// Brings a database to the schema that this program was built with.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.hpp"
#include "base/time.hpp"
#include "persistence/postgres/failure.hpp"

namespace pulse::persistence {

/// One file of `persistence/migrations`: `0007_name.sql` has version 7 and name "name". Immutable once released.
struct migration {
  int version;
  std::string_view name;
  std::string_view sql;
};

/// The files, embedded at build time, by version: 1, 2, 3 … without gaps.
std::span<const migration> embedded_migrations();

struct migration_report {
  int version_before = 0;  // 0: an empty database
  int version_after = 0;
  std::vector<std::string> applied;  // "0007_name"
};
BOOST_DESCRIBE_STRUCT(migration_report, (), (version_before, version_after, applied))

/// Applies what is missing, in order, each file in one transaction, as the user of `url`. Waits for another process
/// that migrates at the same time. Fails with a sentence when an applied file has changed, when the database is newer
/// than the program, or when a file fails (which leaves the files before it applied). Blocking.
result<migration_report> migrate(const std::string& url, const base::clock& clock = base::system_clock{},
                                 std::span<const migration> migrations = embedded_migrations());

/// The names that `migrate` would apply; the same refusals. Changes nothing. Blocking.
result<std::vector<std::string>> pending(const std::string& url,
                                         std::span<const migration> migrations = embedded_migrations());

}  // namespace pulse::persistence

#include "persistence/postgres/migrator.hpp"

#include <algorithm>
#include <optional>

#include <fmt/core.h>

#include "base/secure.hpp"
#include "persistence/postgres/connection.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence {
namespace {

struct applied_migration {
  int version;
  std::string name;
  std::string checksum;
};
BOOST_DESCRIBE_STRUCT(applied_migration, (), (version, name, checksum))

// "pulse" in ASCII: one migrator at a time in one database. Freed with the connection at the latest.
constexpr std::string_view lock_migrations = "SELECT pg_advisory_lock(482972693349)";
constexpr std::string_view make_table = R"sql(
  CREATE TABLE IF NOT EXISTS schema_migrations (
    version     integer PRIMARY KEY,
    name        text NOT NULL,
    checksum    text NOT NULL,  -- SHA-256 of the file, hexadecimal
    applied_at  timestamptz NOT NULL
  ))sql";
constexpr statement has_table{"has_schema_migrations", "SELECT to_regclass('schema_migrations') IS NOT NULL"};
constexpr statement select_applied{"select_schema_migrations",
                                   "SELECT version, name, checksum FROM schema_migrations ORDER BY version"};
constexpr statement insert_applied{"insert_schema_migration", R"sql(
  INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES ($1, $2, $3, $4))sql"};

std::string checksum_of(const migration& file) { return base::to_hex(base::sha256(file.sql)); }

std::string label_of(int version, std::string_view name) {
  auto number = std::to_string(version);
  number.insert(0, 4 - std::min<std::size_t>(4, number.size()), '0');
  return fmt::format("{}_{}", number, name);
}

[[noreturn]] void stop(std::string sentence) { throw database_error{{failure_kind::bug, std::move(sentence), ""}}; }

connection connect(const std::string& url) {
  using namespace std::chrono_literals;
  // A migration takes as long as it takes.
  return connection{{url, role::login, "pulse migrate", 5000ms, 0ms}};
}

/// What the database says was applied, checked against the program's files; its size is the database's version.
std::vector<applied_migration> read_applied(connection& on, std::span<const migration> files) {
  std::vector<applied_migration> applied;
  {
    transaction reading{on, std::nullopt};
    if (reading.execute(has_table).get<bool>(0, 0)) applied = reading.execute(select_applied).all<applied_migration>();
    reading.commit();
  }
  for (std::size_t i = 0; i < applied.size(); ++i) {
    const auto& row = applied[i];
    const auto label = label_of(row.version, row.name);
    if (i >= files.size()) {
      stop(fmt::format(
          "the database is newer than this program: it has the migration {}, which this program does not know", label));
    }
    if (row.version != files[i].version || row.name != files[i].name) {
      stop(fmt::format("the database has the migration {} where this program has {}", label,
                       label_of(files[i].version, files[i].name)));
    }
    if (row.checksum != checksum_of(files[i])) {
      stop(fmt::format("the migration {} was changed after it was applied: restore the file and add a new one", label));
    }
  }
  return applied;
}

void apply(connection& on, const migration& file, base::timestamp now) {
  const auto label = label_of(file.version, file.name);
  transaction applying{on, std::nullopt};
  // The row first: it begins the transaction that the script then runs in.
  applying.execute(insert_applied, file.version, file.name, checksum_of(file), now);
  on.run_script(file.sql, label);
  applying.commit();
}

void check_numbers(std::span<const migration> files) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i].version != static_cast<int>(i) + 1) stop("the migrations are not numbered 1, 2, 3 …");
  }
}

}  // namespace

result<migration_report> migrate(const std::string& url, const base::clock& clock,
                                 std::span<const migration> migrations) {
  try {
    check_numbers(migrations);
    auto on = connect(url);
    on.run_script(lock_migrations, "lock migrations");
    const auto applied = read_applied(on, migrations);
    on.run_script(make_table, "make schema_migrations");
    migration_report report;
    report.version_before = static_cast<int>(applied.size());
    for (const auto& file : migrations.subspan(applied.size())) {
      apply(on, file, clock.now());
      report.applied.push_back(label_of(file.version, file.name));
    }
    report.version_after = static_cast<int>(migrations.size());
    return report;
  } catch (const database_error& error) {
    return error.why();
  }
}

result<std::vector<std::string>> pending(const std::string& url, std::span<const migration> migrations) {
  try {
    check_numbers(migrations);
    auto on = connect(url);
    const auto applied = read_applied(on, migrations);
    std::vector<std::string> names;
    for (const auto& file : migrations.subspan(applied.size())) names.push_back(label_of(file.version, file.name));
    return names;
  } catch (const database_error& error) {
    return error.why();
  }
}

}  // namespace pulse::persistence

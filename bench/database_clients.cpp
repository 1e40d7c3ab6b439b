// libpq in pipeline mode (persistence/postgres/connection) beside libpqxx: the transaction of a request, over one connection each,
// in turns. Prints transactions a second as JSON.
//
//   bench_database_clients --database URL [--seconds 1]
#include <chrono>
#include <iostream>
#include <stdexcept>
#include <string>

#include <boost/json.hpp>
#include <pqxx/pqxx>

#include "persistence/postgres/connection.hpp"

namespace {

using namespace pulse;
using persistence::at_stake;
using persistence::connection;
using persistence::statement;

constexpr statement select_note{"select_note", "SELECT text FROM client_notes WHERE id = $1"};
constexpr statement insert_note{"insert_note", "INSERT INTO client_notes (text) VALUES ($1)"};
constexpr const char* note = "a note of the usual length";

/// One round trip for all of it.
void by_pipeline(connection& on, bool writes) {
  on.send_begin();
  on.send_tenant(base::uuid{});
  on.scratch().assign(1);
  on.send(select_note, on.scratch());
  if (writes) {
    on.scratch().assign(std::string_view{note});
    on.send(insert_note, on.scratch());
  }
  on.send_commit();
  on.sync(writes ? at_stake::commit : at_stake::nothing);
  on.receive();
}

/// One round trip a statement, as libpqxx 6.4 has it for prepared statements with parameters.
void by_pqxx(pqxx::connection& on, bool writes) {
  pqxx::work within{on};
  within.exec_prepared("set_tenant", "00000000-0000-0000-0000-000000000000");
  within.exec_prepared("select_note", 1);
  if (writes) within.exec_prepared("insert_note", note);
  within.commit();
}

template <class Transaction>
double per_second(double seconds, Transaction transaction) {
  const auto begun = std::chrono::steady_clock::now();
  std::chrono::duration<double> took{};
  int count = 0;
  for (; took.count() < seconds; took = std::chrono::steady_clock::now() - begun, ++count) transaction();
  return count / took.count();
}

}  // namespace

int main(int count, char** arguments) {
  std::string url;
  double seconds = 1;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string name{arguments[i]};
    if (name == "--database") url = arguments[i + 1];
    if (name == "--seconds") seconds = std::stod(arguments[i + 1]);
  }
  if (url.empty()) {
    std::cerr << "bench_database_clients --database URL [--seconds 1]\n";
    return 2;
  }
  connection ours{{.url = url, .as = persistence::role::login, .application_name = "bench"}};
  ours.run_script(
      "DROP TABLE IF EXISTS client_notes; CREATE TABLE client_notes (id serial PRIMARY KEY, text text);"
      "INSERT INTO client_notes (text) VALUES ('one')",
      "bench");
  pqxx::connection theirs{url};
  theirs.prepare("set_tenant", "SELECT set_config('pulse.tenant_id', $1, true)");
  theirs.prepare("select_note", std::string{select_note.sql});
  theirs.prepare("insert_note", std::string{insert_note.sql});

  const auto pipeline_reads = per_second(seconds, [&] { by_pipeline(ours, false); });
  const auto pqxx_reads = per_second(seconds, [&] { by_pqxx(theirs, false); });
  const auto pipeline_writes = per_second(seconds, [&] { by_pipeline(ours, true); });
  const auto pqxx_writes = per_second(seconds, [&] { by_pqxx(theirs, true); });
  ours.run_script("DROP TABLE client_notes", "bench");
  std::cout << boost::json::serialize(boost::json::value{{"pipeline_reads", pipeline_reads},
                                                         {"pqxx_reads", pqxx_reads},
                                                         {"pipeline_writes", pipeline_writes},
                                                         {"pqxx_writes", pqxx_writes}})
            << '\n';
}

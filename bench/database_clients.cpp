// libpq in pipeline mode (persistence/postgres/connection) beside libpqxx: the transaction of a request, over one
// connection each, in turns. Prints transactions a second as JSON.
//
//   bench_database_clients --database URL [--seconds 1]
#include <chrono>
#include <iostream>
#include <stdexcept>
#include <string>

#include <boost/json.hpp>
#include <pqxx/pqxx>

#include "persistence/postgres/connection.hpp"

namespace pulse::bench {

struct listed {
  base::uuid id;
  base::uuid author_id;
  std::string text;
  std::int64_t position = 0;
  int version = 0;
};
BOOST_DESCRIBE_STRUCT(listed, (), (id, author_id, text, position, version))

}  // namespace pulse::bench

namespace {

using namespace pulse;
using persistence::at_stake;
using persistence::connection;
using persistence::statement;

constexpr statement select_note{"select_note", "SELECT text FROM client_notes WHERE id = $1"};
constexpr statement insert_note{"insert_note", "INSERT INTO client_notes (text) VALUES ($1)"};
constexpr statement list_notes{"list_notes", "SELECT id, author_id, text, position, version FROM client_lists"};
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

/// A hundred rows, which arrive in binary.
std::vector<bench::listed> list_by_pipeline(connection& on) {
  on.send_begin();
  on.send_tenant(base::uuid{});
  on.scratch().assign();
  on.send(list_notes, on.scratch());
  on.sync(at_stake::nothing);
  const auto found = on.receive();
  on.send_commit();
  on.sync(at_stake::nothing);
  on.receive();
  return found.all<bench::listed>();
}

/// The same, which libpqxx has sent as text.
std::vector<bench::listed> list_by_pqxx(pqxx::connection& on) {
  pqxx::work within{on};
  within.exec_prepared("set_tenant", "00000000-0000-0000-0000-000000000000");
  std::vector<bench::listed> all;
  for (const auto& row : within.exec_prepared("list_notes")) {
    all.push_back({*base::parse_uuid(row[0].c_str()), *base::parse_uuid(row[1].c_str()), row[2].c_str(),
                   row[3].as<std::int64_t>(), row[4].as<int>()});
  }
  within.commit();
  return all;
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
      "INSERT INTO client_notes (text) VALUES ('one');"
      "DROP TABLE IF EXISTS client_lists; CREATE TABLE client_lists AS"
      " SELECT gen_random_uuid() AS id, gen_random_uuid() AS author_id, 'a note of the usual length' AS text,"
      " 1795564800123456 + n AS position, n::integer AS version FROM generate_series(1, 100) n",
      "bench");
  pqxx::connection theirs{url};
  theirs.prepare("set_tenant", "SELECT set_config('pulse.tenant_id', $1, true)");
  theirs.prepare("select_note", std::string{select_note.sql});
  theirs.prepare("insert_note", std::string{insert_note.sql});
  theirs.prepare("list_notes", std::string{list_notes.sql});

  const auto pipeline_reads = per_second(seconds, [&] { by_pipeline(ours, false); });
  const auto pqxx_reads = per_second(seconds, [&] { by_pqxx(theirs, false); });
  const auto pipeline_writes = per_second(seconds, [&] { by_pipeline(ours, true); });
  const auto pqxx_writes = per_second(seconds, [&] { by_pqxx(theirs, true); });
  const auto pipeline_lists = per_second(seconds, [&] { list_by_pipeline(ours); });
  const auto pqxx_lists = per_second(seconds, [&] { list_by_pqxx(theirs); });
  ours.run_script("DROP TABLE client_notes; DROP TABLE client_lists", "bench");
  std::cout << boost::json::serialize(boost::json::value{{"pipeline_reads", pipeline_reads},
                                                         {"pqxx_reads", pqxx_reads},
                                                         {"pipeline_writes", pipeline_writes},
                                                         {"pqxx_writes", pqxx_writes},
                                                         {"pipeline_lists", pipeline_lists},
                                                         {"pqxx_lists", pqxx_lists}})
            << '\n';
}

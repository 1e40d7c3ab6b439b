#include "persistence/postgres/connection.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fmt/core.h>
#include <libpq-fe.h>
#include <poll.h>
#include <sys/socket.h>

namespace pulse::persistence {
namespace {

using namespace std::chrono_literals;

constexpr statement begin_transaction{"pulse_begin", "BEGIN"};
constexpr statement commit_transaction{"pulse_commit", "COMMIT"};
constexpr statement roll_back_transaction{"pulse_rollback", "ROLLBACK"};
constexpr statement set_tenant{"pulse_set_tenant", "SELECT set_config('pulse.tenant_id', $1, true)"};

/// How much longer than the statement time-out a connection may be silent.
constexpr auto silence_beyond_timeout = 5000ms;
/// A connection used more recently than this is not looked at before it is used again.
constexpr auto surely_alive_for = 1ms;

/// libpq's words on one line, for the log.
std::string in_one_line(const char* message) {
  std::string line;
  for (const char c : std::string_view{message}) {
    const bool is_space = c == ' ' || c == '\n' || c == '\t';
    if (!is_space) line += c;
    if (is_space && !line.empty() && line.back() != ' ') line += ' ';
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

std::string_view field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? std::string_view{} : std::string_view{text};
}

struct clear_result {
  void operator()(PGresult* result) const { PQclear(result); }
};
using result_handle = std::unique_ptr<PGresult, clear_result>;

bool is_failure(ExecStatusType status) {
  return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE || status == PGRES_NONFATAL_ERROR;
}

std::string_view sql_role(role as) {
  switch (as) {
    case role::login: return "";
    case role::request: return "pulse_api";
    case role::engine: return "pulse_engine";
  }
  return "";
}

database_error unavailable(std::string detail) {
  return database_error{{failure_kind::unavailable, std::move(detail), ""}};
}

database_error bug(std::string detail) { return database_error{{failure_kind::bug, std::move(detail), ""}}; }

/// What every session relies on: text that SQL makes has times in UTC, days in ISO style and bytes in hex.
std::string session_settings(std::chrono::milliseconds statement_timeout) {
  const auto timeout = std::to_string(statement_timeout.count());
  return fmt::format(
      "SET client_min_messages = error; SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET bytea_output = 'hex';"
      "SET standard_conforming_strings = on; SET jit = off; SET statement_timeout = {}; SET "
      "idle_in_transaction_session_timeout = {}; SET pulse.tenant_id = ''",
      timeout, timeout);
}

/// What the engine asks is planned once a connection, and always as look-ups by index: planning a statement anew for
/// every tenant that wakes costs more than running it, and a plan made while the tables were empty, or before ANALYZE
/// came by, reads them whole.
constexpr std::string_view engine_settings =
    "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off; SET "
    "enable_mergejoin = off";

}  // namespace

result<std::string> to_libpq_url(std::string_view url) {
  const auto unreadable = [](std::string why) {
    return result<std::string>{failure{failure_kind::bug, std::move(why), ""}};
  };
  const auto colon = url.find("://");
  const auto scheme = url.substr(0, std::min(colon, url.size()));
  const auto plain = scheme.substr(0, scheme.find('+'));
  if (colon == std::string_view::npos || (plain != "postgresql" && plain != "postgres")) {
    return unreadable("the database's URL must begin with postgresql://");
  }
  auto normal = "postgresql" + std::string{url.substr(colon)};
  PQconninfoOption* parsed = PQconninfoParse(normal.c_str(), nullptr);
  if (parsed == nullptr) return unreadable("the database's URL cannot be read");
  PQconninfoFree(parsed);
  return {boost::system::in_place_value, std::move(normal)};
}

void connection::close::operator()(pg_conn* connection) const { PQfinish(connection); }

connection::connection(const options& how)
    : silence_limit_(how.statement_timeout.count() == 0 ? -1ms : how.statement_timeout + silence_beyond_timeout) {
  connect(how);
  set_up(how);
}

connection::~connection() = default;

void connection::connect(const options& how) {
  const auto url = to_libpq_url(how.url);
  if (url.has_error()) throw database_error{url.error()};
  // Parameters before the URL ("dbname") are defaults that it may change; those after it are ours.
  constexpr std::size_t count = 8;
  const std::array<const char*, count + 1> names{"application_name", "keepalives_idle",  "keepalives_interval",
                                                 "keepalives_count", "tcp_user_timeout", "target_session_attrs",
                                                 "dbname",           "client_encoding",  nullptr};
  const std::array<const char*, count + 1> values{
      how.application_name.c_str(), "10", "5", "3", "15000", "read-write", url->c_str(), "UTF8", nullptr};
  handle_.reset(PQconnectStartParams(names.data(), values.data(), 1));
  if (handle_ == nullptr) throw unavailable("no memory for a connection");
  PQsetNoticeProcessor(
      handle_.get(), [](void*, const char*) {}, nullptr);

  const auto deadline = std::chrono::steady_clock::now() + how.connect_timeout;
  for (auto next = PGRES_POLLING_WRITING; next != PGRES_POLLING_OK;) {
    if (PQstatus(handle_.get()) == CONNECTION_BAD || next == PGRES_POLLING_FAILED) {
      throw unavailable(in_one_line(PQerrorMessage(handle_.get())));
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) {
      throw unavailable(fmt::format("connecting took longer than {} ms", how.connect_timeout.count()));
    }
    const short events = next == PGRES_POLLING_READING ? POLLIN : POLLOUT;
    pollfd socket{PQsocket(handle_.get()), events, 0};
    if (poll(&socket, 1, static_cast<int>(left.count())) <= 0) continue;
    next = PQconnectPoll(handle_.get());
  }
  if (PQsetnonblocking(handle_.get(), 1) != 0) throw unavailable("the connection cannot be made non-blocking");
}

void connection::set_up(const options& how) {
  run_script(session_settings(how.statement_timeout), "session settings");
  if (how.as == role::engine) run_script(engine_settings, "engine settings");
  const auto name = sql_role(how.as);
  if (!name.empty()) {
    try {
      run_script("SET ROLE " + std::string{name}, "set role");
    } catch (const database_error& error) {
      if (error.why().kind != failure_kind::bug) throw;
      throw unavailable(
          fmt::format("the login user cannot act as {}: run `pulse migrate`, and grant the role to the user if it is "
                      "not the one that migrates",
                      name));
    }
  }
  if (PQenterPipelineMode(handle_.get()) != 1) throw unavailable("the connection cannot enter pipeline mode");
}

// --- sending ---------------------------------------------------------------------------------------------------------

connection::prepared& connection::find(const statement& what) {
  if (const auto known = prepared_.find(what.name); known != prepared_.end()) {
    auto& entry = *known->second;
    if (entry.sql.data() != what.sql.data() && entry.sql != what.sql) {
      throw bug("two statements are called " + entry.name);
    }
    return entry;
  }
  auto entry = std::make_unique<prepared>(prepared{std::string{what.name}, what.sql, prepared::stage::unknown});
  auto& made = *entry;
  prepared_.emplace(made.name, std::move(entry));
  return made;
}

void connection::send_values(const statement& what, const values_to_send& given, at_stake stake) {
  auto& entry = find(what);
  bool sent = true;
  if (entry.at == prepared::stage::unknown) {
    const std::string sql{entry.sql};
    sent = PQsendPrepare(handle_.get(), entry.name.c_str(), sql.c_str(), 0, nullptr) == 1;
    entry.at = prepared::stage::sent;
    expected_.push_back({answer::kind::preparation, &entry});
  }
  constexpr int rows_are_binary = 1;
  sent = sent && PQsendQueryPrepared(handle_.get(), entry.name.c_str(), static_cast<int>(given.count), given.values,
                                     given.lengths, given.are_binary, rows_are_binary) == 1;
  expected_.push_back({answer::kind::statement, &entry});
  if (!sent) throw lost(stake, in_one_line(PQerrorMessage(handle_.get())));
}

void connection::send(const statement& what, const parameters& values) {
  std::array<const char*, parameters::max_count> pointers;
  std::array<int, parameters::max_count> lengths;
  std::array<int, parameters::max_count> are_binary;
  for (std::size_t i = 0; i < values.size(); ++i) {
    pointers[i] = values[i];
    lengths[i] = values.length(i);
    are_binary[i] = values.is_binary(i) ? 1 : 0;
  }
  send_values(what, {values.size(), pointers.data(), lengths.data(), are_binary.data()});
}

void connection::send_begin() { send_values(begin_transaction, {}); }
void connection::send_commit() { send_values(commit_transaction, {}, at_stake::commit); }
void connection::send_rollback() { send_values(roll_back_transaction, {}); }

void connection::send_tenant(const base::uuid& tenant_id) {
  std::string text;
  detail::write_uuid(text, tenant_id);
  const char* value = text.c_str();
  send_values(set_tenant, {1, &value});
}

void connection::sync(at_stake stake) {
  expected_.push_back({answer::kind::end, nullptr});
  stakes_.push_back(stake);
  // Writes everything out, as far as the socket takes it; `receive` sends the rest while it reads.
  if (PQpipelineSync(handle_.get()) != 1) throw lost(stake, in_one_line(PQerrorMessage(handle_.get())));
}

void connection::flush(at_stake stake) {
  for (;;) {
    const int left = PQflush(handle_.get());
    if (left == 0) return;
    // While the server waits for us to read, it does not read: do both.
    if (left < 0 || !wait(POLLIN | POLLOUT) || PQconsumeInput(handle_.get()) != 1) {
      throw lost(stake, in_one_line(PQerrorMessage(handle_.get())));
    }
  }
}

// --- receiving -------------------------------------------------------------------------------------------------------

bool connection::wait(short events) const {
  for (;;) {
    pollfd socket{PQsocket(handle_.get()), events, 0};
    const int ready = poll(&socket, 1, static_cast<int>(silence_limit_.count()));
    if (ready > 0) return true;
    if (ready == 0 || errno != EINTR) return false;
  }
}

pg_result* connection::next_result(at_stake stake) {
  while (PQisBusy(handle_.get()) == 1) {
    if (!wait(POLLIN)) throw lost(stake, "the server has been silent for too long");
    // On a lost connection libpq makes a result of it, unless it cannot even read.
    if (PQconsumeInput(handle_.get()) != 1 && PQisBusy(handle_.get()) == 1) {
      throw lost(stake, in_one_line(PQerrorMessage(handle_.get())));
    }
  }
  return PQgetResult(handle_.get());
}

database_error connection::lost(at_stake stake, std::string_view why) {
  broken_ = true;
  const auto kind = stake == at_stake::commit ? failure_kind::in_doubt : failure_kind::unavailable;
  return database_error{{kind, "the connection was lost: " + std::string{why}, ""}, stake == at_stake::nothing};
}

std::optional<database_error> connection::error_of(const pg_result* result, std::string_view name, at_stake stake) {
  if (!is_failure(PQresultStatus(result))) return std::nullopt;
  const error_report report{field(result, PG_DIAG_SQLSTATE), field(result, PG_DIAG_MESSAGE_PRIMARY),
                            field(result, PG_DIAG_CONSTRAINT_NAME), field(result, PG_DIAG_COLUMN_NAME)};
  const auto severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  if (PQstatus(handle_.get()) == CONNECTION_BAD || severity == "FATAL" || severity == "PANIC" ||
      report.sqlstate.empty()) {
    return lost(stake,
                report.message.empty() ? in_one_line(PQresultErrorMessage(result)) : std::string{report.message});
  }
  // A migration changed what a prepared statement gives, or a pooler between us gave us another session.
  const bool outdated = field(result, PG_DIAG_SOURCE_FUNCTION) == "RevalidateCachedQuery" || report.sqlstate == "26000";
  if (outdated) return lost(at_stake::nothing, "its prepared statements are out of date");
  return database_error{failure_of(name, report), is_repeatable(report.sqlstate)};
}

void connection::take_answer(const answer& expected, at_stake stake, rows& last, std::optional<database_error>& first) {
  bool succeeded = false;
  while (result_handle result{next_result(stake)}) {
    const auto status = PQresultStatus(result.get());
    if (auto error = error_of(result.get(), expected.of->name, stake)) {
      if (!first) first = std::move(error);
    } else if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
      succeeded = true;
      if (expected.what == answer::kind::statement) last = rows{result.release()};
    } else if (status != PGRES_PIPELINE_ABORTED && !first) {
      broken_ = true;
      first = bug(expected.of->name + ": COPY is not for prepared statements");
    }
    if (broken_) return;
  }
  if (expected.what == answer::kind::preparation) {
    expected.of->at = succeeded ? prepared::stage::ready : prepared::stage::unknown;
  }
}

void connection::take_end(at_stake stake, std::optional<database_error>& first) {
  // The end of a batch outside BEGIN … COMMIT commits, which may fail: its error comes before the end.
  for (;;) {
    const result_handle result{next_result(stake)};
    if (result == nullptr) {
      if (PQstatus(handle_.get()) != CONNECTION_BAD) continue;
      if (!first) first = lost(stake, in_one_line(PQerrorMessage(handle_.get())));
      broken_ = true;
      return;
    }
    if (PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC) return;
    auto error = error_of(result.get(), "commit", stake);
    if (error && !first) first = std::move(error);
    if (broken_) return;
  }
}

rows connection::receive() {
  if (broken_ || stakes_.empty()) throw lost(at_stake::nothing, "it broke before, or nothing was asked");
  const auto stake = stakes_.front();
  stakes_.pop_front();
  rows last;
  std::optional<database_error> first;
  try {
    flush(stake);
    bool ended = false;
    while (!ended && !broken_) {
      const answer expected = expected_.front();
      expected_.pop_front();
      ended = expected.what == answer::kind::end;
      if (ended) {
        take_end(stake, first);
      } else {
        take_answer(expected, stake, last, first);
      }
    }
  } catch (const database_error& error) {
    // What the server said before the connection was lost is the truth about the batch.
    if (!first) first = error;
  }
  last_answer_ = std::chrono::steady_clock::now();
  if (first) throw *first;
  return last;
}

void connection::run_script(std::string_view sql, std::string_view name) {
  const bool pipelined = PQpipelineStatus(handle_.get()) != PQ_PIPELINE_OFF;
  if (pipelined && PQexitPipelineMode(handle_.get()) != 1) throw bug("a script cannot run amid a batch");
  const std::string text{sql};
  if (PQsendQuery(handle_.get(), text.c_str()) != 1)
    throw lost(at_stake::nothing, in_one_line(PQerrorMessage(handle_.get())));
  flush(at_stake::nothing);
  std::optional<database_error> first;
  while (const result_handle result{next_result(at_stake::nothing)}) {
    auto error = error_of(result.get(), name, at_stake::nothing);
    if (error && !first) first = std::move(error);
    if (broken_) break;
  }
  if (pipelined && PQenterPipelineMode(handle_.get()) != 1) broken_ = true;
  if (first) throw *first;
}

bool connection::has_died() {
  if (broken_) return true;
  if (std::chrono::steady_clock::now() - last_answer_ < surely_alive_for) return false;
  constexpr int max_messages = 4;  // a notice or two, and the server's last words
  for (int i = 0; i < max_messages; ++i) {
    char byte = 0;
    const auto got = recv(PQsocket(handle_.get()), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return false;
    if (got <= 0 || PQconsumeInput(handle_.get()) != 1 || PQstatus(handle_.get()) == CONNECTION_BAD) break;
  }
  broken_ = true;
  return true;
}

}  // namespace pulse::persistence

#include "persistence/people/standing_confirmer.hpp"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <string_view>

#include <libpq-fe.h>

#include "persistence/postgres/binary_column.hpp"
#include "persistence/postgres/connection.hpp"
#include "persistence/postgres/row.hpp"

namespace pulse::persistence {

namespace {

constexpr const char* statement_name = "confirm_standings";

/// The places of the claims that hold, from 1. Look-ups by key alone, whatever ANALYZE knows of the tables.
constexpr const char* confirm = R"sql(
  SELECT i.place::integer
  FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) WITH ORDINALITY AS i (tenant_id, member_id, version, place)
  JOIN standing_versions v ON v.tenant_id = i.tenant_id AND v.member_id = i.member_id AND v.version = i.version
  JOIN tenants t ON t.id = v.tenant_id AND t.suspended_at IS NULL)sql";

constexpr std::string_view settings =
    "SET client_min_messages = error; SET jit = off; SET plan_cache_mode = force_generic_plan; SET enable_seqscan = "
    "off; "
    "SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_bitmapscan = off; SET statement_timeout = ";

struct clear_result {
  void operator()(PGresult* result) const { PQclear(result); }
};
using result_handle = std::unique_ptr<PGresult, clear_result>;

failure unavailable(std::string detail) { return {failure_kind::unavailable, std::move(detail), ""}; }

bool runs(PGconn* on, const std::string& sql) {
  const result_handle done{PQexec(on, sql.c_str())};
  return PQresultStatus(done.get()) == PGRES_COMMAND_OK;
}

}  // namespace

void standing_confirmer::close::operator()(pg_conn* connection) const { PQfinish(connection); }

standing_confirmer::standing_confirmer(pg_conn* connection) : handle_(connection) {}
standing_confirmer::~standing_confirmer() = default;

result<std::unique_ptr<standing_confirmer>> standing_confirmer::connect(const options& how) {
  const auto url = to_libpq_url(how.url);
  if (url.has_error()) return url.error();
  const auto timeout = std::to_string(how.connect_timeout.count());
  const std::array<const char*, 9> names{"application_name",     "keepalives_idle",  "keepalives_interval",
                                         "keepalives_count",     "tcp_user_timeout", "connect_timeout",
                                         "target_session_attrs", "dbname",           nullptr};
  const std::array<const char*, 9> values{
      how.application_name.c_str(), "10", "5", "3", "15000", timeout.c_str(), "read-write", url->c_str(), nullptr};
  std::unique_ptr<standing_confirmer> made{new standing_confirmer{PQconnectdbParams(names.data(), values.data(), 1)}};
  auto* on = made->handle_.get();
  if (on == nullptr || PQstatus(on) != CONNECTION_OK)
    return unavailable("there is no connection for confirming who asks");
  PQsetNoticeProcessor(
      on, [](void*, const char*) {}, nullptr);
  const bool is_set = runs(on, std::string{settings} + std::to_string(how.statement_timeout.count())) &&
                      runs(on, "SET ROLE pulse_engine");
  const result_handle prepared{is_set ? PQprepare(on, statement_name, confirm, 0, nullptr) : nullptr};
  if (PQresultStatus(prepared.get()) != PGRES_COMMAND_OK || PQsetnonblocking(on, 1) != 0)
    return unavailable("a connection for confirming who asks cannot be set up");
  return made;
}

int standing_confirmer::socket() const { return PQsocket(handle_.get()); }

bool standing_confirmer::is_alive() {
  char byte = 0;
  const auto got = ::recv(socket(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  // An unexpected message of the server is an end of the connection or a change of its settings: reconnect.
  return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
}

bool standing_confirmer::ask(std::span<const standing_claim> claims) {
  found_.assign(claims.size(), false);
  is_good_ = false;
  const std::array columns{binary_column{claims, &standing_claim::tenant_id},
                           binary_column{claims, &standing_claim::member_id},
                           binary_column{claims, &standing_claim::version}};
  std::array<const char*, columns.size()> values{};
  std::array<int, columns.size()> lengths{};
  std::array<int, columns.size()> are_binary{};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    values[i] = columns[i].data().data();
    lengths[i] = static_cast<int>(columns[i].data().size());
    are_binary[i] = 1;
  }
  constexpr int rows_are_binary = 1;
  // The question is a few kilobytes: it goes out at once, or `receive` sends the rest.
  return PQsendQueryPrepared(handle_.get(), statement_name, static_cast<int>(columns.size()), values.data(),
                             lengths.data(), are_binary.data(), rows_are_binary) == 1 &&
         PQflush(handle_.get()) >= 0;
}

standing_confirmer::progress standing_confirmer::receive(std::vector<bool>& holds) {
  if (PQflush(handle_.get()) < 0 || PQconsumeInput(handle_.get()) != 1) return progress::broken;
  while (PQisBusy(handle_.get()) == 0) {
    result_handle got{PQgetResult(handle_.get())};
    if (got == nullptr) {
      if (!is_good_) return progress::broken;
      holds = std::move(found_);
      return progress::answered;
    }
    if (PQresultStatus(got.get()) != PGRES_TUPLES_OK) continue;  // whatever the reason: the caller asks elsewhere
    is_good_ = true;
    const rows holding{got.release()};
    for (std::size_t row = 0; row < holding.size(); ++row) {
      const auto place = holding.get<std::size_t>(row, 0);
      if (place >= 1 && place <= found_.size()) found_[place - 1] = true;
    }
  }
  return progress::waiting;
}

}  // namespace pulse::persistence

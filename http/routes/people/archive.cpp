#include "http/routes/people/archive.hpp"

#include <memory>
#include <stdexcept>
#include <utility>

#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/people/archive.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace archive = persistence::archive;
using domain::permission;
using server::verb;

/// Lines read and sent at a time.
constexpr int lines_at_once = 500;

/// The progress of an export.
struct archive_run {
  persistence::database& database;
  base::uuid tenant_id;
  std::optional<base::uuid> member_id;
  archive::place at;
  bool is_over = false;
};

struct archive_part {
  std::string lines;
  archive::place at;
  bool is_over = false;
};

net::awaitable<std::string> next_part(std::shared_ptr<archive_run> run) {
  std::string lines;
  while (lines.empty() && !run->is_over) {
    auto start = [run](auto finish) {
      auto job = [run](persistence::transaction& tx) {
        archive_part made{.lines = {}, .at = run->at, .is_over = false};
        made.is_over = !archive::read_next(tx, run->member_id, lines_at_once, made.at, made.lines);
        return made;
      };
      run->database.transact(run->tenant_id, std::move(job), std::move(finish));
    };
    auto found = co_await from_callback<persistence::result<archive_part>>(std::move(start));
    if (found.has_error()) throw std::runtime_error{"an archive broke off: " + found.error().detail};
    lines = std::move(found->lines);
    run->at = found->at;
    run->is_over = found->is_over;
  }
  co_return lines;
}

reply<document> send(request_context& context, std::optional<base::uuid> member_id) {
  auto& database = context.services.costly != nullptr ? *context.services.costly : context.services.database;
  auto run = std::make_shared<archive_run>(archive_run{database, context.principal.tenant_id, member_id, {}});
  document made{.body = {}, .shared_body = nullptr, .media_type = {}, .compressible = false};
  made.parts = [run] { return next_part(run); };
  return reply<document>{std::move(made)}
      .with("content-disposition", "attachment; filename=\"pulse.ndjson\"")
      .with("cache-control", "private, no-store");
}

net::awaitable<reply<document>> send_company(request_context& context) {
  // The audit records the export.
  auto nothing_more = [](persistence::transaction&) {};
  auto told = co_await in_transaction(context, std::move(nothing_more));
  if (!told) co_return told.error();
  co_return send(context, std::nullopt);
}

}  // namespace

void add_archive(route_table& table) {
  constexpr std::string_view form =
      "One JSON object a line, {\"kind\", \"data\"}, sent as it is read. It holds no passwords, no tokens and no "
      "hashes of them. Of a picture or film it has what is known of it: GET /media/{id} gives the address of its file.";
  table.add(verb::get, "/users/export", permission::manage_self,
            [](request_context& context) { return send(context, context.principal.member_id); }, "Export my data",
            {.media_type = "application/x-ndjson", .description = form, .costly = true});
  table.add(verb::get, "/org/export", permission::manage_members, &send_company, "Export my company's data",
            {.media_type = "application/x-ndjson", .description = form, .costly = true, .audit = audit_rule::always});
}

}  // namespace pulse::http::routes

// The audit as a file: read and sent in parts, so a file of any size fits in memory.
#include <memory>
#include <stdexcept>

#include "base/csv.hpp"
#include "http/api/pagination.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/audit/audit.hpp"
#include "http/routes/audit/filters.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace audit = persistence::audit;

/// Lines read and sent at a time.
constexpr std::int64_t lines_at_once = 500;

constexpr std::string_view head =
    "time_utc,action,outcome,status,code,actor,actor_id,actor_name,token_id,subject_id,request_id,address,device,place,"
    "changes\r\n";

/// The progress of an export.
struct export_run {
  persistence::database& database;
  base::uuid tenant_id;
  audit::filter wanted;
  page_key after;
  bool has_head = false;
  bool is_over = false;
};

std::string id_text(const std::optional<base::uuid>& id) { return id ? base::to_string(*id) : std::string{}; }

std::string text_of(const boost::json::object& details, std::string_view name) {
  const auto* found = details.if_contains(name);
  if (found == nullptr) return {};
  return found->is_string() ? std::string{found->as_string()} : boost::json::serialize(*found);
}

void write_line(std::string& to, const audit::listed& row) {
  base::add_csv_value(to, base::to_string(row.at));
  base::add_csv_text(to, row.action);
  base::add_csv_value(to, row.status >= 400 ? "refused" : "done");
  base::add_csv_value(to, row.status >= 400 ? std::to_string(row.status) : "");
  base::add_csv_text(to, row.code);
  base::add_csv_value(to, base::to_name(row.actor));
  base::add_csv_value(to, id_text(row.actor_id));
  base::add_csv_text(to, row.actor_name.value_or(""));
  base::add_csv_value(to, id_text(row.token_id));
  base::add_csv_value(to, id_text(row.subject_id));
  base::add_csv_text(to, row.request_id);
  base::add_csv_text(to, text_of(row.details, "address"));
  base::add_csv_text(to, text_of(row.details, "device"));
  base::add_csv_value(to, row.seq ? std::to_string(*row.seq) : "");
  base::add_csv_text(to, text_of(row.details, "changes"));
  base::end_csv_line(to);
}

using rows = std::vector<audit::listed>;

net::awaitable<std::string> next_part(std::shared_ptr<export_run> run) {
  if (run->is_over) co_return std::string{};
  auto start = [run](auto finish) {
    auto job = [run](persistence::transaction& tx) {
      return audit::list(tx, run->wanted, run->after.at, run->after.id, lines_at_once);
    };
    run->database.transact(run->tenant_id, std::move(job), std::move(finish));
  };
  auto found = co_await from_callback<persistence::result<rows>>(std::move(start));
  if (found.has_error()) throw std::runtime_error{"an export broke off: " + found.error().detail};
  std::string part;
  if (!run->has_head) part = head;
  run->has_head = true;
  for (const auto& row : *found) write_line(part, row);
  run->is_over = found->size() < static_cast<std::size_t>(lines_at_once);
  if (!found->empty()) run->after = {found->back().at, found->back().id};
  co_return part;
}

reply<document> export_audit(request_context& context, in_query<audit_filters> query) {
  auto& database = context.services.costly != nullptr ? *context.services.costly : context.services.database;
  auto run = std::make_shared<export_run>(
      export_run{database, context.principal.tenant_id, to_filter(query.value), page_request{}.start()});
  document made{.body = {}, .shared_body = nullptr, .media_type = {}, .compressible = false};
  made.parts = [run] { return next_part(run); };
  return reply<document>{std::move(made)}
      .with("content-disposition", "attachment; filename=\"audit.csv\"")
      .with("cache-control", "private, no-store");
}

}  // namespace

void add_audit_export(route_table& table) {
  table.add(
      server::verb::get, "/audit/export", domain::permission::read_audit, &export_audit,
      "Export the audit as CSV, newest first",
      {.media_type = "text/csv; charset=utf-8; header=present",
       .description = "RFC 4180, sent as it is read, with the filters of /audit. Text that a spreadsheet would run "
                      "as a formula begins with an apostrophe.",
       .costly = true});
}

}  // namespace pulse::http::routes

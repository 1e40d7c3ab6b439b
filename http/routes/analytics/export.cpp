#include "http/routes/analytics/export.hpp"

#include <memory>
#include <stdexcept>

#include <fmt/core.h>

#include "base/csv.hpp"
#include "domain/calendar/days.hpp"
#include "domain/calendar/time_words.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/analytics/range.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/analytics/events.hpp"
#include "persistence/analytics/figures.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace analytics = persistence::analytics;

/// Lines read and sent at a time.
constexpr int lines_at_once = 500;

constexpr std::string_view head =
    "time_utc,time_local,outcome,platform,channel,post_id,title,due_utc,attempt,lateness_ms,latency_ms,platform_id,"
    "address,reason,likes,comments,shares,views\r\n";

/// The progress of an export.
struct export_run {
  persistence::database& database;
  base::uuid tenant_id;
  analytics::outcomes_asked request;
  domain::time_formatter clock;
  base::timestamp after_at;
  std::int64_t after_id = -1;
  bool has_head = false;
  bool is_over = false;
  detail::row_reach reach{};  // for callers who may see some projects and channels only
};

std::string_view outcome_of(std::string_view type) {
  if (type == "PublishSucceeded") return "published";
  if (type == "PublishFailed") return "failed";
  if (type == "PublishMissed") return "missed";
  if (type == "PublishCancelled") return "cancelled";
  return "unconfirmed";
}

std::string number(const std::optional<double>& value) {
  std::string text;
  if (value) base::json::write_double(text, *value);
  return text;
}

void write_line(std::string& to, const analytics::outcome_row& row, const domain::time_formatter& clock) {
  base::add_csv_value(to, base::to_string(row.at));
  base::add_csv_text(to, clock.format_exactly(row.at));
  base::add_csv_value(to, outcome_of(row.type));
  base::add_csv_value(to, base::to_name(row.platform));
  base::add_csv_text(to, row.channel);
  base::add_csv_value(to, row.post_id ? base::to_string(*row.post_id) : "");
  base::add_csv_text(to, row.title);
  base::add_csv_value(to, row.due_at ? base::to_string(*row.due_at) : "");
  base::add_csv_value(to, row.attempt ? std::to_string(*row.attempt) : "");
  base::add_csv_value(to, number(row.lateness_ms));
  base::add_csv_value(to, number(row.latency_ms));
  base::add_csv_text(to, row.external_id.value_or(""));
  base::add_csv_text(to, row.external_url.value_or(""));
  base::add_csv_text(to, row.reason.value_or(""));
  for (const auto& figure : {row.likes, row.comments, row.shares, row.views})
    base::add_csv_value(to, figure ? std::to_string(*figure) : "");
  base::end_csv_line(to);
}

using rows = std::vector<analytics::outcome_row>;

asio::awaitable<std::string> next_part(std::shared_ptr<export_run> run) {
  if (run->is_over) co_return std::string{};
  auto start = [run](auto finish) {
    auto job = [run](persistence::transaction& tx) {
      run->reach.set(tx);
      return analytics::list_outcomes(run->request, run->after_at, run->after_id, lines_at_once).all(tx);
    };
    run->database.transact(run->tenant_id, std::move(job), std::move(finish));
  };
  auto found = co_await from_callback<persistence::result<rows>>(std::move(start));
  if (found.has_error()) throw std::runtime_error{"an export broke off: " + found.error().detail};
  std::string part;
  if (!run->has_head) part = head;
  run->has_head = true;
  for (const auto& row : *found) write_line(part, row, run->clock);
  run->is_over = found->size() < static_cast<std::size_t>(lines_at_once);
  if (!found->empty()) {
    run->after_at = found->back().at;
    run->after_id = found->back().id;
  }
  co_return part;
}

asio::awaitable<reply<document>> export_outcomes(request_context& context, in_query<analytics_query> query) {
  auto job = [id = query->project_id](persistence::transaction& tx) { return analytics::find_project(tx, id); };
  auto project = co_await in_transaction(context, job);
  if (!project) co_return project.error();
  if (!*project) {
    co_return no_such_project({.pointer = {}, .parameter = "project_id", .detail = "is no project here"});
  }
  const auto range = query->range.value_or(day_range{});
  const auto& zone = (*project)->time_zone;
  const auto days = domain::last_days(zone, context.services.clock.now(), range.days);
  const auto from = days.front().starts_at;
  auto run = std::make_shared<export_run>(
      export_run{context.services.database,
                 context.principal.tenant_id,
                 {.project_id = query->project_id, .channel_id = query->channel_id, .to = days.back().ends_at},
                 domain::time_formatter{zone},
                 from - std::chrono::microseconds{1}});
  run->reach = detail::reach_of(context.principal);
  document made{.body = {}, .shared_body = nullptr, .media_type = {}, .compressible = false};
  made.parts = [run] { return next_part(run); };
  co_return reply<document>{std::move(made)}
      .with("content-disposition",
            fmt::format("attachment; filename=\"outcomes-{}-to-{}.csv\"", days.front().day, days.back().day))
      .with("cache-control", "private, no-store");
}

}  // namespace

void add_analytics_export(route_table& routes) {
  routes.add(server::verb::get, "/analytics/publishing-export", domain::permission::read_posts, &export_outcomes,
             "Export every outcome as CSV",
             {.media_type = "text/csv; charset=utf-8; header=present",
              .problems = {404},
              .description =
                  "RFC 4180, oldest first, sent as it is read. `range` is 7d, 30d or 90d of the project's calendar, "
                  "today included (default: 30d). Text that a spreadsheet would run as a formula begins with an "
                  "apostrophe."});
}

}  // namespace pulse::http::routes

#include "http/routes/analytics/figures.hpp"

#include <map>

#include <fmt/core.h>

#include "domain/calendar/days.hpp"
#include "http/api/cached.hpp"
#include "http/routes/analytics/range.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/analytics/figures.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace analytics = persistence::analytics;
using domain::publishing_counts;
using domain::span_percentiles;
using persistence::transaction;

/// Figures may be out of date by this much.
constexpr std::chrono::seconds cached_for{45};

/// One bucket of a histogram: how many spans were no longer than this, and longer than the bucket before.
struct spread_part {
  double at_most_ms = 0;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(spread_part, (), (at_most_ms, count))

struct platform_figures : publishing_counts {
  domain::channel_type platform = domain::channel_type::website;
  std::optional<double> success_rate;
  span_percentiles lateness;  // from the due time to the first byte at the platform
  span_percentiles latency;   // from the due time to the outcome
  std::vector<spread_part> lateness_spread;
};
BOOST_DESCRIBE_STRUCT(platform_figures, (publishing_counts),
                      (platform, success_rate, lateness, latency, lateness_spread))

struct publishing_summary : publishing_counts {
  base::uuid project_id;
  day_range range;
  std::string time_zone;
  base::timestamp from;
  base::timestamp to;
  std::optional<base::timestamp> counted_until;
  std::string sentence;
  std::optional<double> success_rate;
  std::int64_t needs_decision = 0;  // deliveries that wait for a person's decision now
  span_percentiles lateness;
  span_percentiles latency;
  std::vector<platform_figures> platforms;
};
BOOST_DESCRIBE_STRUCT(publishing_summary, (publishing_counts),
                      (project_id, range, time_zone, from, to, counted_until, sentence, success_rate, needs_decision,
                       lateness, latency, platforms))

struct day_figures : publishing_counts {
  std::string day;  // of the project's calendar
  base::timestamp starts_at;
  base::timestamp ends_at;
};
BOOST_DESCRIBE_STRUCT(day_figures, (publishing_counts), (day, starts_at, ends_at))

struct publishing_timeseries {
  base::uuid project_id;
  day_range range;
  std::string time_zone;
  std::optional<base::timestamp> counted_until;
  std::vector<day_figures> days;
};
BOOST_DESCRIBE_STRUCT(publishing_timeseries, (), (project_id, range, time_zone, counted_until, days))

std::vector<base::timestamp> bounds_of(const std::vector<domain::calendar_day>& days) {
  std::vector<base::timestamp> bounds;
  for (const auto& day : days) bounds.push_back(day.starts_at);
  bounds.push_back(days.back().ends_at);
  return bounds;
}

std::string key_of(std::string_view what, const analytics_query& request, day_range range) {
  return fmt::format("{}:{}:{}:{}", what, base::to_string(request.project_id), range.days,
                     request.channel_id ? base::to_string(*request.channel_id) : "all");
}

problem no_project() {
  return no_such_project({.pointer = {}, .parameter = "project_id", .detail = "is no project here"});
}

/// Percentiles of one measure, for one platform or for all.
span_percentiles percentiles_of(const std::vector<analytics::span_row>& rows, analytics::span_measure measure,
                                std::optional<domain::channel_type> platform) {
  std::vector<domain::counted_span> spans;
  for (const auto& row : rows) {
    if (row.measure == measure && (!platform || row.platform == *platform)) spans.push_back(row);
  }
  return domain::percentiles_of(spans);
}

std::vector<platform_figures> by_platform(const std::vector<analytics::counts_row>& counts,
                                          const std::vector<analytics::span_row>& spans) {
  using analytics::span_measure;
  std::map<domain::channel_type, platform_figures> found;
  for (const auto& row : counts) found[row.platform] += row;
  std::vector<platform_figures> made;
  for (auto& [platform, figures] : found) {
    figures.platform = platform;
    figures.success_rate = domain::success_rate_of(figures);
    figures.lateness = percentiles_of(spans, span_measure::lateness, platform);
    figures.latency = percentiles_of(spans, span_measure::latency, platform);
    for (const auto& row : spans) {
      if (row.platform != platform || row.measure != span_measure::lateness) continue;
      figures.lateness_spread.push_back({domain::span_bucket_end_ms(row.bucket), row.count});
    }
    made.push_back(std::move(figures));
  }
  return made;
}

result<publishing_summary> sum_up(transaction& tx, const analytics_query& request, day_range range,
                                  base::timestamp now) {
  using analytics::span_measure;
  const auto project = analytics::find_project(tx, request.project_id);
  if (!project) return no_project();
  const auto days = domain::last_days(project->time_zone, now, range.days);
  const std::vector<base::timestamp> bounds{days.front().starts_at, days.back().ends_at};
  const auto counts = analytics::list_counts(request.project_id, request.channel_id, bounds).all(tx);
  const auto spans =
      analytics::list_spans(request.project_id, request.channel_id, bounds.front(), bounds.back()).all(tx);
  publishing_summary made;
  for (const auto& row : counts) made += row;
  made.project_id = request.project_id;
  made.range = range;
  made.time_zone = project->time_zone;
  made.from = bounds.front();
  made.to = bounds.back();
  made.counted_until = project->counted_until;
  made.success_rate = domain::success_rate_of(made);
  made.needs_decision = analytics::count_undecided(tx, request.project_id, request.channel_id);
  made.lateness = percentiles_of(spans, span_measure::lateness, std::nullopt);
  made.latency = percentiles_of(spans, span_measure::latency, std::nullopt);
  made.sentence = domain::summary_sentence(made, made.lateness, range.days);
  made.platforms = by_platform(counts, spans);
  return made;
}

result<publishing_timeseries> by_day(transaction& tx, const analytics_query& request, day_range range,
                                     base::timestamp now) {
  const auto project = analytics::find_project(tx, request.project_id);
  if (!project) return no_project();
  publishing_timeseries made{request.project_id, range, project->time_zone, project->counted_until, {}};
  const auto days = domain::last_days(project->time_zone, now, range.days);
  for (const auto& day : days) {
    day_figures figures;
    figures.day = day.day;
    figures.starts_at = day.starts_at;
    figures.ends_at = day.ends_at;
    made.days.push_back(std::move(figures));
  }
  const auto bounds = bounds_of(days);
  for (const auto& row : analytics::list_counts(request.project_id, request.channel_id, bounds).all(tx)) {
    made.days.at(static_cast<std::size_t>(row.place)) += row;
  }
  return made;
}

asio::awaitable<reply<publishing_summary>> get_summary(request_context& context, in_query<analytics_query> query) {
  const auto range = query->range.value_or(day_range{});
  auto job = [request = query.value, range, now = context.services.clock.now()](transaction& tx) {
    return sum_up(tx, request, range, now);
  };
  auto answer = co_await answer_cached<publishing_summary>(context, key_of("publishing-summary", query.value, range),
                                                           cached_for, std::move(job));
  co_return answer;
}

asio::awaitable<reply<publishing_timeseries>> get_timeseries(request_context& context,
                                                             in_query<analytics_query> query) {
  const auto range = query->range.value_or(day_range{});
  auto job = [request = query.value, range, now = context.services.clock.now()](transaction& tx) {
    return by_day(tx, request, range, now);
  };
  auto answer = co_await answer_cached<publishing_timeseries>(
      context, key_of("publishing-timeseries", query.value, range), cached_for, std::move(job));
  co_return answer;
}

}  // namespace

void add_analytics_figures(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(verb::get, "/analytics/publishing-summary", permission::read_posts, &get_summary,
             "Read what was published, in figures and a sentence",
             {.problems = {404},
              .description =
                  "`range` is 7d, 30d or 90d of the project's calendar, today included (default: 30d). Up to 45 "
                  "seconds old, and counted up to `counted_until`. Lateness is from the due time to the first byte at "
                  "the platform, latency from the due time to the outcome; a percentile may be up to 9 % too high."});
  routes.add(verb::get, "/analytics/publishing-timeseries", permission::read_posts, &get_timeseries,
             "Read what was published, by day",
             {.problems = {404},
              .description = "`range` is 7d, 30d or 90d of the project's calendar, today included (default: 30d). "
                             "Days are as long as the project's time zone makes them. Up to 45 seconds old."});
}

}  // namespace pulse::http::routes

#include "http/routes/analytics/reactions.hpp"

#include "domain/calendar/days.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/analytics/range.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/analytics/figures.hpp"
#include "persistence/publishing/measurements.hpp"
#include "persistence/publishing/posts.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace measurements = persistence::measurements;
using persistence::transaction;

constexpr int best_posts = 10;

struct post_metrics {
  std::vector<measurements::measured> items;
};
BOOST_DESCRIBE_STRUCT(post_metrics, (), (items))

struct reactions_summary {
  base::timestamp from;
  base::timestamp to;
  std::vector<measurements::channel_figures> channels;
  std::vector<measurements::post_figures> best;
};
BOOST_DESCRIBE_STRUCT(reactions_summary, (), (from, to, channels, best))

asio::awaitable<reply<post_metrics>> show_of_post(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id](transaction& tx) -> result<post_metrics> {
    if (!persistence::posts::find(id).first(tx)) return problems::not_found("post");
    return post_metrics{measurements::list(id).all(tx)};
  };
  auto found = co_await in_transaction(context, job);
  if (!found) co_return found.error();
  co_return std::move(*found);
}

asio::awaitable<reply<reactions_summary>> sum_up(request_context& context, in_query<analytics_query> query) {
  const auto days = query->range.value_or(day_range{}).days;
  auto job = [request = query.value, days,
              now = context.services.clock.now()](transaction& tx) -> result<reactions_summary> {
    const auto project = persistence::analytics::find_project(tx, request.project_id);
    if (!project) return no_such_project({.pointer = {}, .parameter = "project_id", .detail = "is no project here"});
    const auto calendar = domain::last_days(project->time_zone, now, days);
    reactions_summary made{calendar.front().starts_at, calendar.back().ends_at, {}, {}};
    const measurements::measured_span span{request.project_id, request.channel_id, made.from, made.to};
    made.channels = measurements::sum_up(span).all(tx);
    made.best = measurements::best(span, best_posts).all(tx);
    return made;
  };
  auto found = co_await in_transaction(context, job);
  if (!found) co_return found.error();
  co_return std::move(*found);
}

}  // namespace

void add_reactions(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::get, "/posts/{id}/metrics", permission::read_posts, &show_of_post, "Read the reactions to a post",
      {.problems = {404},
       .description =
           "Likes, comments, shares and views of each channel where the platform reports them, now and over "
           "time; null for figures that it does not report. Fetched ten minutes after the post went out, then less and "
           "less often for 30 days; `stopped_because` says why fetching has ended."});
  routes.add(
      verb::get, "/analytics/reactions", permission::read_posts, &sum_up, "Read the reactions to a project's posts",
      {.problems = {404},
       .description = "By channel, and for the ten posts with the most reactions among those published in `range`: 7d, "
                      "30d or 90d of the project's calendar, today included (default: 30d)."});
}

}  // namespace pulse::http::routes

#include "http/routes/engagement/figures.hpp"

#include "base/csv.hpp"
#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/engagement/figures.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace rows = persistence::engagements;
using domain::permission;
using persistence::transaction;
using rows::engagement_figures;
using rows::engagement_tally;
using server::verb;

struct figures_query {
  std::optional<base::bounded_int<1, 366>> days;  // default: 30
};
BOOST_DESCRIBE_STRUCT(figures_query, (), (days))

struct placed_leader {
  int place = 0;  // from 1; members with equal figures share a place
  base::uuid member_id;
  std::string name;
  std::int64_t completed = 0;
  std::int64_t likes = 0;
  std::int64_t comments = 0;
  bool is_me = false;
};
BOOST_DESCRIBE_STRUCT(placed_leader, (), (place, member_id, name, completed, likes, comments, is_me))

struct engagement_leaderboard {
  bool is_on = true;  // false: the company has switched the list off, and `items` is empty
  base::timestamp since;
  std::vector<placed_leader> items;  // at most 50
};
BOOST_DESCRIBE_STRUCT(engagement_leaderboard, (), (is_on, since, items))

struct leaderboard_switch {
  bool is_on = true;
};
BOOST_DESCRIBE_STRUCT(leaderboard_switch, (), (is_on))

base::timestamp since_of(const request_context& context, const figures_query& query) {
  const auto days = query.days ? static_cast<int>(query.days->value) : 30;
  return context.services.clock.now() - std::chrono::hours{24 * days};
}

/// The end of the counted time: no act is planned further ahead than a month.
base::timestamp until_of(const request_context& context) {
  return context.services.clock.now() + std::chrono::hours{24 * 31};
}

net::awaitable<reply<engagement_figures>> show_figures(request_context& context, in_query<figures_query> query) {
  auto job = [since = since_of(context, query.value), until = until_of(context)](transaction& tx) {
    return rows::count(tx, since, until);
  };
  auto found = co_await in_transaction(context, std::move(job));
  if (!found) co_return found.error();
  co_return std::move(*found);
}

void add_lines(std::string& to, std::string_view group, const std::vector<engagement_tally>& of) {
  for (const auto& each : of) {
    base::add_csv_value(to, group);
    base::add_csv_value(to, each.key);
    base::add_csv_text(to, each.name);
    for (const auto number : {each.planned, each.completed, each.likes, each.comments, each.waiting, each.skipped,
                              each.expired, each.failed, each.posts})
      base::add_csv_value(to, std::to_string(number));
    std::string seconds;
    if (each.median_first_act_seconds) base::json::write_double(seconds, *each.median_first_act_seconds);
    base::add_csv_value(to, seconds);
    base::end_csv_line(to);
  }
}

net::awaitable<reply<document>> export_figures(request_context& context, in_query<figures_query> query) {
  auto job = [since = since_of(context, query.value), until = until_of(context)](transaction& tx) {
    return rows::count(tx, since, until);
  };
  auto found = co_await in_transaction(context, std::move(job));
  if (!found) co_return found.error();
  std::string lines =
      "by,key,name,planned,completed,likes,comments,waiting,skipped,expired,failed,posts,median_first_act_seconds\r\n";
  add_lines(lines, "member", found->by_member);
  add_lines(lines, "team", found->by_team);
  add_lines(lines, "page", found->by_page);
  add_lines(lines, "week", found->by_week);
  co_return reply<document>{document{.body = std::move(lines), .shared_body = nullptr, .media_type = {}}}
      .with("content-disposition", "attachment; filename=\"engagement.csv\"")
      .with("cache-control", "private, no-store");
}

engagement_leaderboard read_board(transaction& tx, const base::uuid& who, base::timestamp since) {
  engagement_leaderboard made{.is_on = true, .since = since, .items = {}};
  made.is_on = rows::has_leaderboard(tx);
  if (!made.is_on) return made;
  int count = 0;
  for (auto& each : rows::list_leaders(since).all(tx)) {
    ++count;
    const bool is_level = !made.items.empty() && made.items.back().completed == each.completed;
    made.items.push_back({.place = is_level ? made.items.back().place : count,
                          .member_id = each.member_id,
                          .name = std::move(each.name),
                          .completed = each.completed,
                          .likes = each.likes,
                          .comments = each.comments,
                          .is_me = each.member_id == who});
  }
  return made;
}

net::awaitable<reply<engagement_leaderboard>> show_board(request_context& context, in_query<figures_query> query) {
  auto job = [who = context.principal.member_id, since = since_of(context, query.value)](transaction& tx) {
    return read_board(tx, who, since);
  };
  auto found = co_await in_transaction(context, std::move(job));
  if (!found) co_return found.error();
  co_return std::move(*found);
}

net::awaitable<reply<engagement_leaderboard>> switch_board(request_context& context, in_body<leaderboard_switch> body) {
  auto job = [who = context.principal.member_id, is_on = body->is_on, since = since_of(context, {})](transaction& tx) {
    rows::set_leaderboard(tx, is_on);
    return read_board(tx, who, since);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  co_return std::move(*done);
}

}  // namespace

void add_engagement_figures(route_table& table) {
  table.add(verb::get, "/engagements/analytics", permission::read_audit, &show_figures,
            "Likes and comments of the company's people: by member, team, page and week",
            {.description = "Acts that were planned for the last `days` (30) or are planned for the next month.",
             .costly = true});
  table.add(verb::get, "/engagements/analytics/export", permission::read_audit, &export_figures,
            "The figures of engagement as CSV",
            {.media_type = "text/csv; charset=utf-8; header=present", .costly = true});
  table.add(verb::get, "/engagements/leaderboard", permission::read_engagement, &show_board,
            "The leaderboard of likes and comments, unless the company has switched it off");
  table.add(verb::put, "/engagements/leaderboard", permission::operate, &switch_board,
            "Switch the leaderboard on or off", {.description = "Owners and admins."});
}

}  // namespace pulse::http::routes

#include "http/routes/campaigns/calendar.hpp"

#include <algorithm>

#include "domain/calendar/days.hpp"
#include "domain/calendar/local_time.hpp"
#include "domain/campaigns/rule_moments.hpp"
#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/calendar/entries.hpp"
#include "persistence/campaigns/calendar.hpp"
#include "persistence/campaigns/rules.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace calendar = persistence::calendar;

/// Entries in one answer at most.
constexpr int most_entries = 5'000;
/// Coming runs in one answer, and of one rule, at most.
constexpr std::size_t most_coming_runs = 2'000;
constexpr int most_runs_of_rule = 200;
/// The longest window: a year and the weeks around it.
constexpr std::chrono::days longest_window{400};

/// The kind of an entry. Kinds may be added: clients leave out those that they do not know.
enum class calendar_kind { post };
BOOST_DESCRIBE_ENUM(calendar_kind, post)

struct calendar_query {
  base::uuid project_id;
  base::timestamp from;
  base::timestamp to;
};
BOOST_DESCRIBE_STRUCT(calendar_query, (), (project_id, from, to))

struct calendar_entry {
  calendar_kind kind = calendar_kind::post;
  base::uuid id;
  std::string title;
  base::timestamp at;
  std::optional<base::timestamp> until;  // the end of entries that take time
  domain::post_state state = domain::post_state::scheduled;
  bool can_move = false;
  bool has_image = false;
  std::vector<calendar::entry_channel> channels;
};
BOOST_DESCRIBE_STRUCT(calendar_entry, (), (kind, id, title, at, until, state, can_move, has_image, channels))

/// A campaign's days in the project's time zone, and the moments at which they begin and end there.
struct calendar_campaign {
  base::uuid id;
  std::string name;
  domain::campaigns::campaign_state state = domain::campaigns::campaign_state::draft;
  std::optional<std::string> first_day;  // none: no beginning
  std::optional<std::string> last_day;
  std::optional<base::timestamp> starts_at;
  std::optional<base::timestamp> ends_at;
};
BOOST_DESCRIBE_STRUCT(calendar_campaign, (), (id, name, state, first_day, last_day, starts_at, ends_at))

struct calendar_blackout {
  std::string first_day;
  std::string last_day;
  std::string reason;
  base::timestamp starts_at;
  base::timestamp ends_at;
};
BOOST_DESCRIBE_STRUCT(calendar_blackout, (), (first_day, last_day, reason, starts_at, ends_at))

/// A time at which a rule will run.
struct coming_run {
  base::uuid rule_id;
  std::string name;
  std::optional<base::uuid> campaign_id;
  base::timestamp at;
};
BOOST_DESCRIBE_STRUCT(coming_run, (), (rule_id, name, campaign_id, at))

struct calendar_answer {
  base::uuid project_id;
  std::string time_zone;
  base::timestamp from;
  base::timestamp to;
  std::vector<calendar_entry> entries;
  bool is_cut = false;  // there are more than one answer may hold: ask for a shorter window
  std::vector<domain::clock_change> clock_changes;
  std::vector<persistence::calendar::planned_content> content;  // content with a wanted time that has no post yet
  std::vector<calendar_campaign> campaigns;
  std::vector<calendar_blackout> blackouts;
  std::optional<domain::campaigns::quiet_hours> quiet_hours;  // minutes of the day, in the project's zone
  std::vector<coming_run> coming_runs;                        // of rules that are on, from now on
};
BOOST_DESCRIBE_STRUCT(calendar_answer, (),
                      (project_id, time_zone, from, to, entries, is_cut, clock_changes, content, campaigns, blackouts,
                       quiet_hours, coming_runs))

std::vector<field_error> check(const calendar_query& request) {
  std::vector<field_error> errors;
  const auto add = [&errors](std::string detail) {
    errors.push_back({.pointer = {}, .parameter = "to", .detail = std::move(detail)});
  };
  if (request.to <= request.from) add("must be after from");
  if (request.to > request.from + longest_window) add("must be at most 400 days after from");
  return errors;
}

calendar_entry to_entry(calendar::post_entry from) {
  calendar_entry made;
  made.id = from.id;
  made.title = std::move(from.title);
  made.at = from.at;
  made.state = from.state;
  made.can_move = from.can_move;
  made.has_image = from.has_image;
  made.channels = std::move(from.channels);
  return made;
}

std::optional<base::timestamp> start_of(const domain::zone_clock& zone, const std::optional<std::string>& day) {
  const auto read = day ? domain::campaigns::day_of(*day) : std::nullopt;
  if (!read) return std::nullopt;
  return zone.moment_of(*read);
}

std::optional<base::timestamp> end_of(const domain::zone_clock& zone, const std::optional<std::string>& day) {
  const auto read = day ? domain::campaigns::day_of(*day) : std::nullopt;
  if (!read) return std::nullopt;
  return zone.moment_of(*read + date::days{1});
}

/// Adds what campaigns contribute: content that waits for its time, spans of days, and times at which nothing goes out.
void add_plans(persistence::transaction& tx, calendar_answer& made) {
  const domain::zone_clock zone{made.time_zone};
  made.content = calendar::list_content(tx, made.project_id, made.from, made.to, most_entries + 1);
  if (made.content.size() > static_cast<std::size_t>(most_entries)) {
    made.content.pop_back();
    made.is_cut = true;
  }
  const auto first = zone.format(made.from, "%F");
  const auto last = zone.format(made.to, "%F");
  for (auto& each : persistence::campaigns::list_between(made.project_id, first, last).all(tx)) {
    made.campaigns.push_back({.id = each.id,
                              .name = std::move(each.name),
                              .state = each.state,
                              .first_day = each.first_day,
                              .last_day = each.last_day,
                              .starts_at = start_of(zone, each.first_day),
                              .ends_at = end_of(zone, each.last_day)});
  }
  auto settings = persistence::guardrail_settings::get(tx, made.project_id).guardrails;
  made.quiet_hours = settings.quiet_hours;
  for (auto& each : settings.blackouts) {
    if (each.last_day < first || each.first_day > last) continue;
    const auto starts_at = start_of(zone, each.first_day);
    const auto ends_at = end_of(zone, each.last_day);
    if (!starts_at || !ends_at) continue;
    made.blackouts.push_back(
        {std::move(each.first_day), std::move(each.last_day), std::move(each.reason), *starts_at, *ends_at});
  }
}

/// The coming runs of the project's rules in order; the first `most_coming_runs`.
std::vector<coming_run> list_coming_runs(persistence::transaction& tx, const calendar_query& request,
                                         const std::string& time_zone, base::timestamp now) {
  namespace campaigns = domain::campaigns;
  namespace rules = persistence::rules;
  const domain::zone_clock zone{time_zone};
  const auto from = std::max(request.from, now);
  std::vector<coming_run> made;
  for (const auto& rule : rules::list_on(request.project_id).all(tx)) {
    if (!campaigns::is_by_clock(rule.trigger.kind)) continue;
    for (const auto at : campaigns::coming_moments(rule.trigger, zone, from, request.to, most_runs_of_rule))
      made.push_back({rule.id, rule.name, rule.campaign_id, at});
  }
  std::stable_sort(made.begin(), made.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  if (made.size() > most_coming_runs) made.resize(most_coming_runs);
  return made;
}

result<calendar_answer> read_calendar(persistence::transaction& tx, const calendar_query& request,
                                      base::timestamp now) {
  const auto project = persistence::projects::find(request.project_id).first(tx);
  if (!project) return no_such_project({.pointer = {}, .parameter = "project_id", .detail = "is no project here"});
  calendar_answer made;
  made.project_id = request.project_id;
  made.time_zone = project->time_zone;
  made.from = request.from;
  made.to = request.to;
  auto posts = calendar::list_posts(request.project_id, request.from, request.to, most_entries + 1).all(tx);
  made.is_cut = posts.size() > static_cast<std::size_t>(most_entries);
  if (made.is_cut) posts.pop_back();
  made.entries.reserve(posts.size());
  for (auto& each : posts) made.entries.push_back(to_entry(std::move(each)));
  made.clock_changes = domain::clock_changes(project->time_zone, request.from, request.to);
  add_plans(tx, made);
  made.coming_runs = list_coming_runs(tx, request, project->time_zone, now);
  return made;
}

asio::awaitable<reply<calendar_answer>> get_calendar(request_context& context, in_query<calendar_query> query) {
  if (auto errors = check(query.value); !errors.empty()) co_return problems::invalid_fields(std::move(errors));
  auto job = [request = query.value, now = context.services.clock.now()](persistence::transaction& tx) {
    return read_calendar(tx, request, now);
  };
  auto found = co_await in_transaction(context, job);
  if (!found) co_return found.error();
  co_return std::move(*found);
}

}  // namespace

void add_calendar(route_table& routes) {
  routes.add(
      server::verb::get, "/calendar", domain::permission::read_posts, &get_calendar, "Read a project's calendar",
      {.problems = {404},
       .description =
           "What is planned from `from` to before `to` (400 days at most), in order; posts in every state. Each entry "
           "has a kind. Kinds may be added: leave out those that you do not know. `can_move` says whether its time may "
           "be changed (POST /posts/{id}/schedule). `clock_changes` are the moments at which the project's clocks are "
           "put forward or back. `content` has a wanted time but no post yet. Campaigns and blackouts come with the "
           "moments at which their days begin and end in the project's zone; an open end is null. `coming_runs` are "
           "the times at which its rules will run, at most 200 for each rule."});
}

}  // namespace pulse::http::routes

#include "http/routes/audit/audit.hpp"

#include <algorithm>

#include "http/api/pagination.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/audit/filters.hpp"
#include "http/routes/people/operator_acts.hpp"
#include "persistence/engagement/figures.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace audit = persistence::audit;
using domain::permission;
using server::verb;

constexpr std::int64_t recent_rows = 20;

struct audit_actor {
  audit::actor_kind kind = audit::actor_kind::nobody;
  std::optional<base::uuid> id;
  std::optional<std::string> name;
  std::optional<base::uuid> token_id;
};
BOOST_DESCRIBE_STRUCT(audit_actor, (), (kind, id, name, token_id))

struct audit_entry {
  base::uuid id;
  std::optional<std::int64_t> place;  // in the chain; null: not sealed yet
  base::timestamp at;
  std::string action;    // the route
  std::string sentence;  // the summary of the route
  audit_outcome outcome = audit_outcome::done;
  std::optional<int> status;        // of a refusal
  std::optional<std::string> code;  // likewise
  audit_actor actor;
  std::optional<base::uuid> subject_id;
  std::string request_id;
  boost::json::object details;  // address, device, changes (before and after), events
};
BOOST_DESCRIBE_STRUCT(audit_entry, (),
                      (id, place, at, action, sentence, outcome, status, code, actor, subject_id, request_id, details))

struct list_audit : page_request, audit_filters {};
BOOST_DESCRIBE_STRUCT(list_audit, (page_request, audit_filters), ())

struct recent_activity {
  std::vector<audit_entry> items;
};
BOOST_DESCRIBE_STRUCT(recent_activity, (), (items))

struct summary_query {
  std::optional<base::bounded_int<1, 366>> days;  // default: 30
};
BOOST_DESCRIBE_STRUCT(summary_query, (), (days))

struct audit_summary {
  base::timestamp since;
  std::int64_t done = 0;
  std::int64_t refused = 0;
  std::vector<audit::tally> by_day;     // of UTC
  std::vector<audit::tally> by_action;  // the most frequent
  std::vector<audit::actor_tally> by_actor;
  persistence::engagements::engagement_figures engagement;  // likes and comments of the company's people
};
BOOST_DESCRIBE_STRUCT(audit_summary, (), (since, done, refused, by_day, by_action, by_actor, engagement))

std::string sentence_of(const route_table& table, std::string_view action) {
  if (const auto act = sentence_of_act(action); !act.empty()) return std::string{act};
  const auto space = action.find(' ');
  if (space == action.npos) return {};
  for (const auto& each : table.routes()) {
    if (each.path == action.substr(space + 1) && server::to_string(each.method) == action.substr(0, space))
      return each.summary;
  }
  return {};
}

audit_entry to_entry(const route_table& table, audit::listed from) {
  const bool is_refused = from.status >= 400;
  audit_entry made{.id = from.id,
                   .place = from.seq,
                   .at = from.at,
                   .action = std::move(from.action),
                   .sentence = {},
                   .outcome = is_refused ? audit_outcome::refused : audit_outcome::done,
                   .status = std::nullopt,
                   .code = std::nullopt,
                   .actor = {from.actor, from.actor_id, std::move(from.actor_name), from.token_id},
                   .subject_id = from.subject_id,
                   .request_id = std::move(from.request_id),
                   .details = std::move(from.details)};
  made.sentence = sentence_of(table, made.action);
  if (is_refused) {
    made.status = from.status;
    made.code = std::move(from.code);
  }
  return made;
}

std::vector<audit_entry> to_entries(const route_table& table, std::vector<audit::listed> from) {
  std::vector<audit_entry> made;
  made.reserve(from.size());
  for (auto& each : from) made.push_back(to_entry(table, std::move(each)));
  return made;
}

page_key key_of(const audit_entry& entry) { return {entry.at, entry.id}; }

net::awaitable<reply<page<audit_entry>>> list_entries(request_context& context, const route_table& table,
                                                      list_audit query) {
  auto job = [wanted = to_filter(query), after = query.start(), rows = query.rows()](persistence::transaction& tx) {
    return audit::list(tx, wanted, after.at, after.id, rows);
  };
  auto found = co_await in_transaction(context, std::move(job));
  if (!found) co_return found.error();
  co_return reply_page(context, make_page(to_entries(table, std::move(*found)), query, key_of));
}

net::awaitable<reply<recent_activity>> show_recent(request_context& context, const route_table& table) {
  auto job = [after = page_request{}.start()](persistence::transaction& tx) {
    return audit::list(tx, {}, after.at, after.id, recent_rows);
  };
  auto found = co_await in_transaction(context, std::move(job));
  if (!found) co_return found.error();
  co_return recent_activity{to_entries(table, std::move(*found))};
}

net::awaitable<reply<audit_summary>> show_summary(request_context& context, summary_query query) {
  const auto days = query.days ? static_cast<int>(query.days->value) : 30;
  const auto since = context.services.clock.now() - std::chrono::hours{24 * days};
  const auto until = context.services.clock.now() + std::chrono::hours{24 * 31};
  auto job = [since, until](persistence::transaction& tx) {
    audit_summary made{
        .since = since, .done = 0, .refused = 0, .by_day = {}, .by_action = {}, .by_actor = {}, .engagement = {}};
    made.by_day = audit::count_by_day(tx, since);
    made.by_action = audit::count_by_action(tx, since);
    made.by_actor = audit::count_by_actor(tx, since);
    made.engagement = persistence::engagements::count(tx, since, until);
    for (const auto& each : made.by_day) {
      made.done += each.done;
      made.refused += each.refused;
    }
    return made;
  };
  auto found = co_await in_transaction(context, std::move(job));
  if (!found) co_return found.error();
  co_return std::move(*found);
}

}  // namespace

void add_audit(route_table& table) {
  table.add(
      verb::get, "/audit", permission::read_audit,
      [&table](request_context& context, in_query<list_audit> query) {
        return list_entries(context, table, std::move(query.value));
      },
      "Who did what, newest first",
      {.description =
           "Every call that changed something, with before and after, every sign-in and every refusal. Filters: who "
           "(`actor_id`), on what (`subject_id`), which route (`action`, \"POST /org/teams\"), `request_id`, "
           "`outcome`, `since`, `until`."});
  table.add(
      verb::get, "/audit/recent-activity", permission::read_audit,
      [&table](request_context& context) { return show_recent(context, table); }, "The last 20 entries of the audit");
  table.add(verb::get, "/audit/analytics/summary", permission::read_audit,
            [](request_context& context, in_query<summary_query> query) {
              return show_summary(context, std::move(query.value));
            },
            "How much was done and refused: by day, by action, by person; and the figures of engagement",
            {.costly = true});
}

}  // namespace pulse::http::routes

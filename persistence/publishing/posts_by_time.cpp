#include "persistence/publishing/posts_by_time.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "persistence/publishing/post_columns.hpp"
#include "persistence/publishing/post_lists.hpp"

namespace pulse::persistence::posts {

namespace {

using domain::post_state;

constexpr base::timestamp end_of_time{std::chrono::microseconds{253'402'300'799'999'999}};  // the end of the year 9999

// In all of these: $1, $2 time and id that the page comes after; $3 states, null for any; $4 limit; $5 project, $6
// channel, $7 words, each null for any. `q` are the candidates. They are few, or come in the order that is wanted, so
// that the limit ends the search. OFFSET 0 keeps the planner from reading all posts first.
#define PULSE_SELECT "SELECT " PULSE_POST_COLUMNS("p.") " FROM "
#define PULSE_WANTED                                                                                                 \
  " CROSS JOIN LATERAL (SELECT * FROM post_details o WHERE o.id = q.id AND ($5::uuid IS NULL OR o.project_id = $5) " \
  "AND ($3::text[] IS NULL OR o.status = ANY ($3)) AND ($6::uuid IS NULL OR EXISTS (SELECT FROM deliveries x WHERE " \
  "x.post_id = o.id AND x.channel_id = $6)) AND ($7::text IS NULL OR position(lower($7) IN lower(o.title)) > 0 OR "  \
  "position(lower($7) IN lower(o.text)) > 0) OFFSET 0) p "

#define PULSE_ALL_POSTS(order) "posts q"
#define PULSE_LIVE "q.tenant_id = pulse_tenant() AND q.deleted_at IS NULL AND "

// `order`, `past`: of the time and the id.
#define PULSE_TIMED_POSTS(candidates, condition, past, order)                          \
  PULSE_SELECT candidates PULSE_WANTED                                                 \
      "WHERE " condition "q.scheduled_at IS NOT NULL AND (q.scheduled_at, q.id) " past \
      " ($1::timestamptz, $2::uuid) ORDER BY q.scheduled_at " order ", q.id " order " LIMIT $4"

// Deliveries that are open, from where each channel's agenda begins (0009): by index, whatever the planner expects.
#define PULSE_OPEN_POSTS(order)                                                                                   \
  "(SELECT DISTINCT s.scheduled_at, s.id FROM channel_agendas a CROSS JOIN LATERAL (SELECT post_id FROM "         \
  "deliveries d WHERE d.tenant_id = a.tenant_id AND d.channel_id = a.channel_id AND d.not_before >= a.open_from " \
  "AND d.finished_at IS NULL OFFSET 0) d JOIN posts s ON s.tenant_id = a.tenant_id AND s.id = d.post_id WHERE "   \
  "a.tenant_id = pulse_tenant() AND s.deleted_at IS NULL AND ($5::uuid IS NULL OR s.project_id = $5) ORDER BY "   \
  "s.scheduled_at " order ", s.id " order ") q"

// $8 what deliveries are set apart for.
#define PULSE_POSTS_SET_APART(order)                                                                              \
  "(SELECT DISTINCT s.scheduled_at, s.id FROM deliveries d JOIN posts s ON s.tenant_id = d.tenant_id AND s.id = " \
  "d.post_id WHERE d.tenant_id = pulse_tenant() AND d.set_apart = ANY ($8::text[]) AND s.deleted_at IS NULL AND " \
  "($5::uuid IS NULL OR s.project_id = $5) ORDER BY s.scheduled_at " order ", s.id " order ") q"

/// A statement each way.
struct both_ways {
  statement soonest_first;
  statement latest_first;

  const statement& in(time_order order) const {
    switch (order) {
      case time_order::soonest_first: break;
      case time_order::latest_first: return latest_first;
    }
    return soonest_first;
  }
};

constexpr both_ways both(std::string_view soonest_name, std::string_view soonest_sql, std::string_view latest_name,
                         std::string_view latest_sql) {
  return {{soonest_name, soonest_sql}, {latest_name, latest_sql}};
}
#define PULSE_BOTH_WAYS(name, candidates, condition)                                                 \
  both(name "_soonest", PULSE_TIMED_POSTS(candidates("ASC"), condition, ">", "ASC"), name "_latest", \
       PULSE_TIMED_POSTS(candidates("DESC"), condition, "<", "DESC"))

constexpr both_ways all_by_time = PULSE_BOTH_WAYS("list_posts_by_time", PULSE_ALL_POSTS, PULSE_LIVE);
constexpr both_ways project_by_time =
    PULSE_BOTH_WAYS("list_posts_of_project_by_time", PULSE_ALL_POSTS, PULSE_LIVE "q.project_id = $5 AND ");
constexpr both_ways open_by_time = PULSE_BOTH_WAYS("list_open_posts_by_time", PULSE_OPEN_POSTS, "");
constexpr both_ways set_apart_by_time = PULSE_BOTH_WAYS("list_posts_set_apart_by_time", PULSE_POSTS_SET_APART, "");

constexpr statement select_untimed{"list_posts_without_time",
                                   PULSE_SELECT "posts q" PULSE_WANTED "WHERE " PULSE_LIVE R"sql(
    q.scheduled_at IS NULL AND (q.created_at, q.id) < ($1::timestamptz, $2::uuid)
  ORDER BY q.created_at DESC, q.id DESC LIMIT $4)sql"};

bool is_open(post_state state) { return state == post_state::scheduled || state == post_state::publishing; }

/// What has never had a time has not begun: it waits, or was withdrawn.
bool may_be_untimed(post_state state) { return state == post_state::draft || state == post_state::cancelled; }

/// What the deliveries of all these states are set apart for; nothing if one of them leaves no such trace.
std::optional<std::vector<std::string>> all_set_apart_of(const std::vector<post_state>& states) {
  std::vector<std::string> found;
  for (const auto state : states) {
    const auto more = set_apart_of(state);
    if (more.empty()) return std::nullopt;
    found.insert(found.end(), more.begin(), more.end());
  }
  return found;
}

}  // namespace

place_by_time place_of(const post& row) {
  if (row.scheduled_at) return {.is_timed = true, .at = *row.scheduled_at, .id = row.id};
  return {.is_timed = false, .at = row.created_at, .id = row.id};
}

place_by_time start_of(time_order order) {
  place_by_time made;
  switch (order) {
    case time_order::soonest_first: break;
    case time_order::latest_first:
      made.at = end_of_time;
      made.id.bytes.fill(0xff);
      break;
  }
  return made;
}

bound_query<post> list_timed(const sought& by, time_order order, const page_bounds& after) {
  const auto states = by.states.empty() ? std::nullopt : std::optional{by.states};
  const auto of = [&](const both_ways& what) -> bound_query<post> {
    return {what.in(order), after.at, after.id, states, after.rows, by.project_id, by.channel_id, by.words};
  };
  if (states && std::all_of(states->begin(), states->end(), is_open)) return of(open_by_time);
  if (const auto apart = states ? all_set_apart_of(*states) : std::nullopt) {
    return {set_apart_by_time.in(order),
            after.at,
            after.id,
            states,
            after.rows,
            by.project_id,
            by.channel_id,
            by.words,
            *apart};
  }
  return of(by.project_id ? project_by_time : all_by_time);
}

bound_query<post> list_untimed(const sought& by, const page_bounds& after) {
  const auto states = by.states.empty() ? std::nullopt : std::optional{by.states};
  return {select_untimed, after.at, after.id, states, after.rows, by.project_id, by.channel_id, by.words};
}

std::vector<post> list_by_time(transaction& tx, const sought& by, time_order order, const place_by_time& after,
                               std::int64_t rows) {
  std::vector<post> found;
  page_bounds rest{end_of_time, {}, rows};
  rest.id.bytes.fill(0xff);
  const auto is = [&](const auto& of) {
    return by.states.empty() || std::any_of(by.states.begin(), by.states.end(), of);
  };
  if (after.is_timed) {
    if (is([](post_state state) { return state != post_state::draft; })) {
      found = list_timed(by, order, {after.at, after.id, rows}).all(tx);
    }
  } else {
    rest.at = after.at;
    rest.id = after.id;
  }
  rest.rows -= static_cast<std::int64_t>(found.size());
  if (rest.rows > 0 && is(may_be_untimed)) {
    auto untimed = list_untimed(by, rest).all(tx);
    std::move(untimed.begin(), untimed.end(), std::back_inserter(found));
  }
  return found;
}

}  // namespace pulse::persistence::posts

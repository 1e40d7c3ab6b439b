#include "persistence/explaining/explanation.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "domain/events/sentences.hpp"
#include "persistence/engine/deliveries.hpp"
#include "persistence/publishing/publication_changes.hpp"

namespace pulse::persistence::explanations {

namespace {

struct post_row {
  base::uuid id;
  base::uuid project_id;
  std::string time_zone;
  domain::post_state status = domain::post_state::draft;
  std::optional<base::timestamp> project_paused_at;
  std::optional<base::timestamp> company_paused_at;
  std::optional<base::timestamp> lease_until;
};
BOOST_DESCRIBE_STRUCT(post_row, (),
                      (id, project_id, time_zone, status, project_paused_at, company_paused_at, lease_until))

constexpr statement find_post{"explain_post", R"sql(
  SELECT p.id, p.project_id, j.time_zone, p.status, j.paused_at AS project_paused_at, t.paused_at AS company_paused_at,
         pulse_lease_until() AS lease_until
  FROM post_details p JOIN projects j ON j.id = p.project_id JOIN tenants t ON t.id = j.tenant_id
  WHERE p.id = $1)sql"};

struct attempt_row : domain::stored_attempt {
  boost::json::value trace;
};
BOOST_DESCRIBE_STRUCT(attempt_row, (domain::stored_attempt), (trace))

struct delivery_row : domain::stored_delivery {
  std::optional<base::timestamp> paused_at;
  std::optional<int> max_attempts;
  std::optional<domain::backoff_strategy> strategy;
  std::optional<int> retry_delay_seconds;
  domain::lateness_action lateness_policy = domain::lateness_action::send;
  std::int64_t lateness_after_seconds = 0;
  std::vector<attempt_row> attempts;
  domain::chosen_options options;  // for the channel's platform
  std::map<std::string, std::string> handles;
  bool is_comment_missing = false;
};
BOOST_DESCRIBE_STRUCT(delivery_row, (domain::stored_delivery),
                      (paused_at, max_attempts, strategy, retry_delay_seconds, lateness_policy, lateness_after_seconds,
                       attempts, options, handles, is_comment_missing))

constexpr statement list_deliveries{"explain_deliveries", R"sql(
  SELECT d.id, d.channel_id, c.type AS channel_type, c.name AS channel_name, d.state, d.created_at, d.due_at, d.not_before,
         d.attempt, d.failures, d.deadline_at, d.look_at, CASE WHEN d.state = 'waiting' THEN d.asked_at END AS asked_at, d.external_id,
         d.external_url, d.reason, d.finished_at, c.is_active AS is_channel_on, c.deleted_at IS NOT NULL AS is_channel_removed,
         c.disabled_reason, c.paused_at, r.max_attempts, r.backoff_strategy AS strategy, r.retry_delay_seconds,
         coalesce(p.lateness_policy, j.lateness_policy) AS lateness_policy,
         CASE WHEN p.lateness_policy IS NULL THEN j.lateness_after_seconds
              ELSE coalesce(p.lateness_after_seconds, j.lateness_after_seconds) END::bigint AS lateness_after_seconds,
         (SELECT count(*) FROM (
            SELECT FROM channel_agendas g
            CROSS JOIN LATERAL (
              SELECT FROM deliveries o
              WHERE o.tenant_id = g.tenant_id AND o.channel_id = g.channel_id AND o.not_before >= g.open_from AND o.not_before <= $2
                AND o.state = 'waiting' AND o.asked_at IS NULL AND (o.not_before, o.id) < (d.not_before, d.id)
              LIMIT $3) o
            WHERE d.state = 'waiting' AND g.tenant_id = d.tenant_id AND g.channel_id = d.channel_id) before_it) AS ahead,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('number', a.number, 'started_at', a.started_at, 'deadline_at', a.deadline_at,
                   'finished_at', a.finished_at, 'outcome', a.outcome, 'trace', a.trace) ORDER BY a.number), '[]')
          FROM delivery_attempts a
          WHERE a.tenant_id = d.tenant_id AND a.post_id = d.post_id AND a.delivery_id = d.id) AS attempts,
         coalesce(p.options -> c.type, '{}') AS options, coalesce(d.handles, '{}') AS handles,
         )sql" PULSE_IS_COMMENT_MISSING R"sql( AS is_comment_missing
  FROM deliveries d
  JOIN posts p ON p.tenant_id = d.tenant_id AND p.id = d.post_id
  JOIN projects j ON j.tenant_id = d.tenant_id AND j.id = d.project_id
  JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  LEFT JOIN channel_retry_policies r ON r.tenant_id = d.tenant_id AND r.channel_type = c.type
  WHERE d.post_id = $1 ORDER BY c.created_at, c.id)sql"};

struct event_row {
  std::int64_t id = 0;
  base::timestamp at;
  std::string type;
  std::string message;
  std::optional<std::string> by;
  std::optional<base::uuid> delivery_id;
  std::optional<base::uuid> channel_id;
  boost::json::object metadata_json;
};
BOOST_DESCRIBE_STRUCT(event_row, (), (id, at, type, message, by, delivery_id, channel_id, metadata_json))

// The post's own; what happened to its channels and what could hold it above them; and what other posts' deliveries met
// on its channels. What else happens in the project (campaigns, rules, content, engagement) is nothing to a post. Each
// has its own bound, so that nothing of a busy channel, or of the time since it was over, crowds the post's own story
// out.
constexpr statement list_events{"explain_events", R"sql(
  SELECT e.id, e.created_at AS at, e.type, e.message, m.display_name AS by, e.delivery_id, e.channel_id, e.metadata_json
  FROM (
    (SELECT * FROM publish_events WHERE post_id = $1 ORDER BY id DESC LIMIT $3)
    UNION ALL
    (SELECT h.* FROM publish_events h
     WHERE h.project_id = $2 AND h.post_id IS NULL
       AND h.created_at BETWEEN least($4, (SELECT p.created_at FROM posts p WHERE p.id = $1)) AND $5
       AND (h.channel_id IN (SELECT d.channel_id FROM deliveries d WHERE d.post_id = $1)
            OR (h.channel_id IS NULL AND h.type IN ('ProjectPaused', 'ProjectResumed')))
     ORDER BY h.created_at DESC LIMIT $3)
    UNION ALL
    (SELECT h.* FROM publish_events h
     WHERE h.project_id IS NULL AND h.post_id IS NULL AND h.type IN ('CompanyPaused', 'CompanyResumed')
       AND h.created_at BETWEEN least($4, (SELECT p.created_at FROM posts p WHERE p.id = $1)) AND $5
     ORDER BY h.created_at DESC LIMIT $3)
    UNION ALL
    (SELECT h.* FROM publish_events h
     WHERE h.project_id = $2 AND h.post_id <> $1 AND h.type IN ('DeliveryThrottled', 'ChannelAuthFailed')
       AND h.created_at BETWEEN (SELECT p.created_at FROM posts p WHERE p.id = $1) AND $5
       AND h.channel_id IN (SELECT d.channel_id FROM deliveries d WHERE d.post_id = $1)
     ORDER BY h.created_at DESC LIMIT $3)
  ) e LEFT JOIN members m ON m.tenant_id = e.tenant_id AND m.id = coalesce(e.member_id, (e.metadata_json ->> 'member_id')::uuid)
  ORDER BY e.created_at, e.id)sql"};

/// What of an event's facts is not a figure, or has another name among a step's figures.
struct other_facts {
  std::optional<int> retry_count;
  std::optional<std::string> reason;
  std::optional<domain::withdrawal_cause> because;
};
BOOST_DESCRIBE_STRUCT(other_facts, (), (retry_count, reason, because))

domain::recorded_event to_event(const event_row& from, const domain::time_formatter& clock) {
  auto about = base::json::read_known<domain::step_figures>(from.metadata_json);
  const auto more = base::json::read_known<other_facts>(from.metadata_json);
  if (more.retry_count) about.attempt = *more.retry_count + 1;
  return {from.id,
          from.at,
          base::from_name<domain::event_kind>(from.type),
          domain::sentence_of(from.type, from.message, from.metadata_json, clock),
          from.by.value_or(""),
          from.delivery_id,
          from.channel_id,
          std::move(about),
          more.reason,
          more.because};
}

domain::recorded_attempt to_attempt(const attempt_row& from) {
  domain::recorded_attempt made{from, {}, {}, {}, {}};
  if (!from.trace.is_object()) return made;
  const auto trace = base::json::read_known<permit_trace>(from.trace.get_object());
  made.asked_at = trace.asked_at;
  made.permitted_at = trace.permitted_at;
  made.throttled_until = trace.throttled_until;
  made.budget.budget = trace.budget;
  made.budget.scope = trace.budget_scope;
  made.budget.posts = trace.budget_posts;
  made.budget.window_seconds = trace.budget_window_seconds;
  return made;
}

domain::recorded_delivery to_delivery(const delivery_row& from, const post_row& of) {
  domain::recorded_delivery made{from,
                                 {from.paused_at, of.project_paused_at, of.company_paused_at},
                                 of.lease_until,
                                 domain::policy_or_default(from.max_attempts, from.strategy, from.retry_delay_seconds),
                                 {from.lateness_policy, std::chrono::seconds{from.lateness_after_seconds}},
                                 {},
                                 domain::count_parts(from.options, from.handles),
                                 from.is_comment_missing};
  for (const auto& each : from.attempts) made.attempts.push_back(to_attempt(each));
  return made;
}

/// Since when something that is paused now has been: perhaps since before the post was written.
base::timestamp first_pause(const record& of, base::timestamp now) {
  auto first = now;
  for (const auto& each : of.deliveries) {
    for (const auto& since : {each.paused.channel, each.paused.project, each.paused.company}) {
      first = std::min(first, since.value_or(now));
    }
  }
  return first;
}

/// Until when something could still hold a delivery of the post.
base::timestamp last_end(const record& of, base::timestamp now) {
  std::optional<base::timestamp> last;
  for (const auto& each : of.deliveries)
    last = std::max(last.value_or(base::timestamp{}), each.finished_at.value_or(now));
  return last.value_or(now);
}

}  // namespace

std::optional<record> read(transaction& tx, const base::uuid& post_id, base::timestamp now) {
  const auto of = tx.execute(find_post, post_id).first<post_row>();
  if (!of) return std::nullopt;
  record made{.post_id = of->id,
              .project_id = of->project_id,
              .time_zone = of->time_zone,
              .status = of->status,
              .deliveries = {},
              .events = {}};
  for (const auto& each : tx.execute(list_deliveries, post_id, now, most_ahead).all<delivery_row>()) {
    made.deliveries.push_back(to_delivery(each, *of));
  }
  auto events =
      tx.execute(list_events, post_id, of->project_id, most_events, first_pause(made, now), last_end(made, now));
  const domain::time_formatter clock{made.time_zone};
  for (const auto& each : events.all<event_row>()) made.events.push_back(to_event(each, clock));
  return made;
}

}  // namespace pulse::persistence::explanations

#include "persistence/explaining/simulation.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include <fmt/core.h>

#include "domain/publishing/post.hpp"
#include "persistence/budgets/rate_limits.hpp"
#include "persistence/engine/deliveries.hpp"
#include "persistence/publishing/movable.hpp"

namespace pulse::persistence::simulations {

namespace {

using domain::channel_type;

/// Texts are judged in portions of this size, so that long ones are not all in memory at once.
constexpr std::size_t texts_at_once = 1'000;

constexpr statement make_read_only{"simulation_forbid_writing",
                                   "SELECT set_config('transaction_read_only', 'on', true)"};

// Thousands of rows are joined here, and right after an import nothing is known of them: loops within loops would take
// minutes.
constexpr statement join_by_hash{"simulation_join_by_hash", "SELECT set_config('enable_nestloop', 'off', true)"};

constexpr statement find_project{"simulation_project", "SELECT time_zone FROM projects WHERE id = $1"};

struct row {
  base::uuid id;
  base::uuid project_id;
  base::uuid post_id;
  base::uuid channel_id;
  std::string channel_name;
  channel_type type = channel_type::website;
  std::optional<base::uuid> account_id;
  base::timestamp due_at;
  base::timestamp not_before;
  int attempt = 0;
  int failures = 0;
  std::optional<base::timestamp> doubt_until;
  domain::lateness_action lateness_policy = domain::lateness_action::send;
  std::int64_t lateness_after_seconds = 0;
  std::optional<int> max_attempts;
  std::optional<domain::backoff_strategy> strategy;
  std::optional<int> retry_delay_seconds;
  std::optional<domain::hold_cause> cause;
  std::optional<std::string> disabled_reason;
};
BOOST_DESCRIBE_STRUCT(row, (),
                      (id, project_id, post_id, channel_id, channel_name, type, account_id, due_at, not_before, attempt,
                       failures, doubt_until, lateness_policy, lateness_after_seconds, max_attempts, strategy,
                       retry_delay_seconds, cause, disabled_reason))

// Rules and holds are those of the engine's agenda (persistence/engine/deliveries), which leaves out what is held: so
// does this for the load, and names the cause for the project's own. What is moved is what scheduling the post would
// move, drafts included; who was asked about their lateness need not answer then.
constexpr statement list_schedule{"simulation_schedule", R"sql(
  WITH held AS (
    SELECT c.id, c.tenant_id, c.name, c.type, c.account_id, c.project_id, c.disabled_reason, g.open_from,
           CASE WHEN t.paused_at IS NOT NULL THEN 'company_paused' WHEN j.paused_at IS NOT NULL THEN 'project_paused'
                WHEN NOT c.is_active AND c.disabled_reason IS NOT NULL THEN 'account_lost'
              WHEN NOT c.is_active THEN 'channel_off' WHEN c.paused_at IS NOT NULL THEN 'channel_paused' END AS cause
    FROM channels c JOIN channel_agendas g ON g.tenant_id = c.tenant_id AND g.channel_id = c.id
    JOIN projects j ON j.tenant_id = c.tenant_id AND j.id = c.project_id JOIN tenants t ON t.id = c.tenant_id
    WHERE c.deleted_at IS NULL
      AND (c.project_id = $1 OR (c.account_id IS NOT NULL AND c.type IN (
             SELECT o.type FROM channels o WHERE o.project_id = $1 AND o.deleted_at IS NULL)))
  ), moved AS (SELECT * FROM unnest($4::uuid[], $5::timestamptz[]) AS m (post_id, at))
  SELECT d.id, d.project_id, d.post_id, d.channel_id, h.name AS channel_name, h.type, h.account_id,
         coalesce(m.at, d.due_at) AS due_at, coalesce(m.at, d.not_before) AS not_before,
         d.attempt, d.failures, d.doubt_until, coalesce(p.lateness_policy, j.lateness_policy) AS lateness_policy,
         CASE WHEN p.lateness_policy IS NULL THEN j.lateness_after_seconds
              ELSE coalesce(p.lateness_after_seconds, j.lateness_after_seconds) END::bigint AS lateness_after_seconds,
         r.max_attempts, r.backoff_strategy AS strategy, r.retry_delay_seconds,
         CASE WHEN d.asked_at IS NOT NULL AND m.at IS NULL THEN 'person_asked' ELSE h.cause END AS cause, h.disabled_reason
  FROM held h
  CROSS JOIN LATERAL (
    SELECT * FROM deliveries WHERE tenant_id = h.tenant_id AND channel_id = h.id AND not_before >= h.open_from AND NOT is_undecided
    UNION ALL
    SELECT * FROM deliveries WHERE tenant_id = h.tenant_id AND channel_id = h.id AND is_undecided
    UNION ALL
    SELECT * FROM deliveries WHERE tenant_id = h.tenant_id AND channel_id = h.id AND post_id = ANY ($4::uuid[])
      AND not_before IS NULL AND NOT is_undecided) d
  JOIN posts p ON p.tenant_id = d.tenant_id AND p.id = d.post_id
  JOIN projects j ON j.tenant_id = d.tenant_id AND j.id = d.project_id
  LEFT JOIN channel_retry_policies r ON r.tenant_id = d.tenant_id AND r.channel_type = h.type
  LEFT JOIN moved m ON m.post_id = d.post_id AND d.project_id = $1 AND )sql" PULSE_IS_MOVABLE R"sql(
  WHERE d.state = 'waiting' AND coalesce(m.at, d.due_at) <= $2 AND coalesce(m.at, d.not_before) IS NOT NULL
    AND p.deleted_at IS NULL AND (d.project_id = $1 OR (h.cause IS NULL AND d.asked_at IS NULL))
  ORDER BY coalesce(m.at, d.not_before), d.id LIMIT $3)sql"};

struct channel_row {
  base::uuid channel_id;
  base::uuid project_id;
  channel_type type = channel_type::website;
  std::optional<base::uuid> account_id;
  domain::lateness_action lateness_policy = domain::lateness_action::send;
  std::int64_t lateness_after_seconds = 0;
  std::optional<int> max_attempts;
  std::optional<domain::backoff_strategy> strategy;
  std::optional<int> retry_delay_seconds;
  std::optional<domain::hold_cause> cause;
  std::optional<std::string> disabled_reason;
};
BOOST_DESCRIBE_STRUCT(channel_row, (),
                      (channel_id, project_id, type, account_id, lateness_policy, lateness_after_seconds, max_attempts,
                       strategy, retry_delay_seconds, cause, disabled_reason))

constexpr statement list_channels{"simulation_channels", R"sql(
  SELECT c.id AS channel_id, c.project_id, c.type, c.account_id, j.lateness_policy,
         j.lateness_after_seconds::bigint AS lateness_after_seconds, r.max_attempts, r.backoff_strategy AS strategy, r.retry_delay_seconds,
         CASE WHEN t.paused_at IS NOT NULL THEN 'company_paused' WHEN j.paused_at IS NOT NULL THEN 'project_paused'
              WHEN NOT c.is_active AND c.disabled_reason IS NOT NULL THEN 'account_lost'
              WHEN NOT c.is_active THEN 'channel_off' WHEN c.paused_at IS NOT NULL THEN 'channel_paused' END AS cause,
         c.disabled_reason
  FROM channels c
  JOIN projects j ON j.tenant_id = c.tenant_id AND j.id = c.project_id JOIN tenants t ON t.id = c.tenant_id
  LEFT JOIN channel_retry_policies r ON r.tenant_id = c.tenant_id AND r.channel_type = c.type
  WHERE c.project_id = $1 AND c.deleted_at IS NULL ORDER BY c.id)sql"};

struct post_row {
  base::uuid id;
  std::string title;
  std::string text;
  bool has_image = false;
};
BOOST_DESCRIBE_STRUCT(post_row, (), (id, title, text, has_image))

// Of each delivery: the text that its channel gets.
constexpr statement list_texts{"simulation_texts", R"sql(
  SELECT d.id, left(CASE WHEN p.title <> '' THEN p.title ELSE p.text END, 80) AS title,
         CASE WHEN c.type = ANY ($2::text[]) THEN coalesce(p.variants ->> c.type, p.text) ELSE '' END AS text,
         p.image IS NOT NULL AS has_image
  FROM deliveries d
  JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  JOIN posts p ON p.tenant_id = d.tenant_id AND p.id = d.post_id
  WHERE d.id = ANY ($1::uuid[]) AND p.id = ANY ($3::uuid[]))sql"};

/// Types whose limit is below what every post keeps to.
std::vector<channel_type> types_with_limits() {
  std::vector<channel_type> found;
  for (const auto& each : domain::platforms()) {
    if (domain::can_refuse_text(each)) found.push_back(each.type);
  }
  return found;
}

domain::scheduled_delivery to_scheduled(const row& from, const base::uuid& tenant_id) {
  domain::scheduled_delivery made;
  auto& d = made.row;
  d.id = from.id;
  d.tenant_id = tenant_id;
  d.project_id = from.project_id;
  d.post_id = from.post_id;
  d.channel_id = from.channel_id;
  d.due_at = from.due_at;
  d.not_before = from.not_before;
  d.attempt = from.attempt;
  d.failures = from.failures;
  d.started_at = d.deadline_at = from.due_at;
  d.doubt_until = from.doubt_until;
  d.retry = domain::policy_or_default(from.max_attempts, from.strategy, from.retry_delay_seconds);
  d.lateness = {.action = from.lateness_policy, .after = std::chrono::seconds{from.lateness_after_seconds}};
  made.type = from.type;
  made.budget = from.account_id.value_or(from.channel_id);
  made.cause = from.cause;
  made.account_lost_because = from.disabled_reason.value_or("");
  return made;
}

domain::scheduled_delivery to_scheduled(const channel_row& from, const base::uuid& tenant_id) {
  domain::scheduled_delivery made;
  auto& d = made.row;
  d.tenant_id = tenant_id;
  d.project_id = from.project_id;
  d.channel_id = from.channel_id;
  d.retry = domain::policy_or_default(from.max_attempts, from.strategy, from.retry_delay_seconds);
  d.lateness = {.action = from.lateness_policy, .after = std::chrono::seconds{from.lateness_after_seconds}};
  made.type = from.type;
  made.budget = from.account_id.value_or(from.channel_id);
  made.cause = from.cause;
  made.account_lost_because = from.disabled_reason.value_or("");
  return made;
}

std::optional<std::string> refusal_of(const post_row& post, channel_type type, bool is_judged) {
  if (domain::needs_media(type) && !post.has_image)
    return fmt::format("a post on {} needs an image", domain::display_name(type));
  if (!is_judged) return std::nullopt;
  auto problem = domain::text_problem_for(type, post.text);
  if (problem) return "the text " + *problem;
  return std::nullopt;
}

/// Titles, and what the platforms would refuse, of the deliveries that are asked about.
void read_texts(transaction& tx, plan& to) {
  const auto judged = types_with_limits();
  std::unordered_map<base::uuid, std::size_t> places;
  std::vector<base::uuid> ids;
  std::vector<base::uuid> post_ids;
  const auto judge = [&] {
    for (auto& post : tx.execute(list_texts, ids, judged, post_ids).all<post_row>()) {
      const auto place = places.at(post.id);
      auto& scheduled = to.schedule.deliveries[place];
      const bool is_judged = std::find(judged.begin(), judged.end(), scheduled.type) != judged.end();
      scheduled.refusal = refusal_of(post, scheduled.type, is_judged);
      to.labels[place].title = std::move(post.title);
    }
    ids.clear();
    post_ids.clear();
    places.clear();
  };
  for (std::size_t i = 0; i < to.labels.size(); ++i) {
    if (!to.labels[i].is_asked) continue;
    ids.push_back(to.schedule.deliveries[i].row.id);
    post_ids.push_back(to.labels[i].post_id);
    places.emplace(ids.back(), i);
    if (ids.size() == texts_at_once) judge();
  }
  if (!ids.empty()) judge();
}

/// The budgets of the types that are in the schedule, and the calls that already count against them.
void read_budgets(transaction& tx, const window& asked, const std::vector<domain::scheduled_delivery>& of_project,
                  domain::simulated_schedule& to) {
  const auto& tenant_id = *tx.tenant_id();
  const auto limits = select_limits(tx, tenant_id);
  to.apps = select_own_apps(tx, tenant_id);
  std::chrono::milliseconds longest{0};
  const auto add = [&](channel_type type) {
    if (to.budgets.contains(type)) return;
    const auto rates = domain::rates_for(type, limits);
    to.budgets.emplace(type, rates);
    longest = std::max(longest, rates.account.window);
    if (rates.tenant) longest = std::max(longest, rates.tenant->window);
    if (rates.app) longest = std::max(longest, rates.app->window);
  };
  for (const auto& each : to.deliveries) add(each.type);
  for (const auto& each : of_project) add(each.type);
  for (const auto& each : select_starts(tx, tenant_id, asked.now - longest, asked.now, most_calls_of_budget)) {
    if (to.budgets.contains(each.channel_type))
      to.calls.push_back({each.channel_type, each.budget, each.at, each.published_nothing});
  }
  for (const auto& each : rate_limits::select_blocks(tx, tenant_id, asked.now)) {
    if (to.budgets.contains(each.channel_type)) to.blocks.push_back({each.channel_type, each.budget, each.until});
  }
}

}  // namespace

void forbid_writing(transaction& tx) { tx.execute(make_read_only); }

std::optional<plan> read(transaction& tx, const window& asked) {
  forbid_writing(tx);
  tx.execute(join_by_hash);
  const auto project = tx.execute(find_project, asked.project_id);
  if (project.empty()) return std::nullopt;
  plan made;
  made.time_zone = project.get<std::string>(0, 0);
  made.schedule.now = asked.now;
  std::vector<base::uuid> moved_ids;
  std::vector<base::timestamp> moved_to;
  for (const auto& each : asked.moves) {
    moved_ids.push_back(each.post_id);
    moved_to.push_back(each.at);
  }
  auto rows =
      tx.execute(list_schedule, asked.project_id, asked.to, most_deliveries + 1, moved_ids, moved_to).all<row>();
  made.is_too_large = rows.size() > static_cast<std::size_t>(most_deliveries);
  if (made.is_too_large) return made;
  made.schedule.deliveries.reserve(rows.size());
  made.labels.reserve(rows.size());
  for (auto& each : rows) {
    made.schedule.deliveries.push_back(to_scheduled(each, *tx.tenant_id()));
    made.labels.push_back({.post_id = each.post_id,
                           .title = {},
                           .channel = std::move(each.channel_name),
                           .is_asked = each.project_id == asked.project_id && each.due_at >= asked.from});
  }
  read_texts(tx, made);
  for (const auto& each : tx.execute(list_channels, asked.project_id).all<channel_row>()) {
    made.channels.push_back(to_scheduled(each, *tx.tenant_id()));
  }
  read_budgets(tx, asked, made.channels, made.schedule);
  return made;
}

}  // namespace pulse::persistence::simulations

#include "persistence/engagement/acts.hpp"

#include <algorithm>
#include <utility>

#include "persistence/engagement/member_limits.hpp"
#include "persistence/events/events.hpp"

namespace pulse::persistence::acts {

namespace {

using domain::engagement_state;

/// Acts that count against a day on any clock.
constexpr std::chrono::hours acts_back{48};
/// An act whose member has no account is asked about again after this.
constexpr std::chrono::minutes account_pause{10};

#define PULSE_ACT_COLUMNS                                                                                          \
  "e.tenant_id, e.id, e.member_id, e.post_id, e.page_id, e.kind, e.state, e.not_before, e.expires_at, e.attempt, " \
  "e.failures, e.interruptions, e.started_at, e.deadline_at, e.way, p.name AS page_name, o.url AS post_url "
#define PULSE_ACT_JOINS                                                     \
  "JOIN tracked_pages p ON p.tenant_id = e.tenant_id AND p.id = e.page_id " \
  "JOIN tracked_posts o ON o.tenant_id = e.tenant_id AND o.id = e.post_id "

constexpr statement select_queued{"select_queued_acts",
                                  "SELECT " PULSE_ACT_COLUMNS "FROM engagements e " PULSE_ACT_JOINS R"sql(
  JOIN tenants t ON t.id = e.tenant_id AND t.paused_at IS NULL
  JOIN members m ON m.tenant_id = e.tenant_id AND m.id = e.member_id AND m.is_active
  WHERE e.state = 'queued' AND e.not_before <= $1::timestamptz AND e.expires_at > $2::timestamptz
  ORDER BY e.not_before, e.id LIMIT $3)sql"};

constexpr statement select_old{"select_old_acts",
                               "SELECT " PULSE_ACT_COLUMNS "FROM engagements e " PULSE_ACT_JOINS R"sql(
  WHERE e.state IN ('queued', 'waiting_confirmation') AND e.expires_at <= $1::timestamptz ORDER BY e.expires_at, e.id LIMIT $2)sql"};

constexpr statement adopt_begun{"adopt_begun_acts", R"sql(
  WITH begun AS (
    SELECT tenant_id, id FROM engagements
    WHERE state IN ('sending', 'unknown') AND NOT is_asked AND held_until <= $2::timestamptz
    ORDER BY held_until LIMIT $4 FOR UPDATE SKIP LOCKED
  ), adopted AS (
    UPDATE engagements e
    SET claimed_by = $1::uuid, held_until = CASE WHEN e.way = 'browser' THEN $5::timestamptz ELSE $3::timestamptz END
    FROM begun b WHERE e.tenant_id = b.tenant_id AND e.id = b.id RETURNING e.*
  )
  SELECT )sql" PULSE_ACT_COLUMNS "FROM adopted e " PULSE_ACT_JOINS};

// The page's row orders the acts of a page, the member's lock those of a member; always in this order.
constexpr statement lock_page{"lock_page_of_act", R"sql(
  SELECT first_delay_seconds, gap_seconds, spread_seconds, expires_after_seconds, acts_a_day FROM tracked_pages
  WHERE tenant_id = $1::uuid AND id = $2::uuid AND deleted_at IS NULL FOR NO KEY UPDATE)sql"};

struct page_row {
  int first_delay_seconds = 0;
  int gap_seconds = 0;
  int spread_seconds = 0;
  int expires_after_seconds = 0;
  int acts_a_day = 0;
};
BOOST_DESCRIBE_STRUCT(page_row, (),
                      (first_delay_seconds, gap_seconds, spread_seconds, expires_after_seconds, acts_a_day))

constexpr statement lock_member{
    "lock_member_of_act", "SELECT 1 AS one FROM (SELECT pg_advisory_xact_lock(hashtextextended($1::text, 17))) l"};

constexpr statement find_act{"find_act_to_claim", R"sql(
  SELECT e.state, e.attempt, e.claimed_by, e.hold, e.not_before, e.reaction, e.text, coalesce(o.urn, '') AS urn, s.id AS login_id,
         s.external_user_id, s.access_token, s.scope, b.id AS session_id, b.cookies AS session_cookies, e.way, )sql" PULSE_MEMBER_LIMITS
                                                  R"sql(
  FROM engagements e
  JOIN tracked_posts o ON o.tenant_id = e.tenant_id AND o.id = e.post_id
  LEFT JOIN member_automation a ON a.tenant_id = e.tenant_id AND a.member_id = e.member_id
  LEFT JOIN LATERAL (
    SELECT l.id, l.external_user_id, l.access_token, l.scope FROM social_accounts l
    WHERE l.tenant_id = e.tenant_id AND l.connected_by = e.member_id AND l.platform = 'linkedin' AND l.purpose = 'engage' AND NOT l.needs_reconnect AND octet_length(l.access_token) > 0
    ORDER BY l.updated_at DESC LIMIT 1) s ON true
  LEFT JOIN browser_sessions b ON b.tenant_id = e.tenant_id AND b.member_id = e.member_id AND b.cookies IS NOT NULL AND b.expires_at > $3::timestamptz
  WHERE e.tenant_id = $1::uuid AND e.id = $2::uuid)sql"};

struct found_act : act_content, member_limits_row {
  engagement_state state = engagement_state::queued;
  int attempt = 0;
  std::optional<base::uuid> claimed_by;
  std::optional<std::string> hold;
  base::timestamp not_before;
  std::optional<std::string> scope;  // of the account
};
BOOST_DESCRIBE_STRUCT(found_act, (act_content, member_limits_row),
                      (state, attempt, claimed_by, hold, not_before, scope))

constexpr statement select_begun{"select_begun_of_limits", R"sql(
  SELECT e.acted_at AS at, e.member_id = $2::uuid AS is_of_member, e.post_id = $3::uuid AS is_of_post, e.page_id = $4::uuid AS is_of_page
  FROM engagements e
  WHERE e.tenant_id = $1::uuid AND (e.member_id = $2::uuid OR e.page_id = $4::uuid) AND e.id <> $5::uuid AND e.acted_at IS NOT NULL
    AND e.state IN ('queued', 'waiting_confirmation', 'sending', 'unknown', 'completed')
    AND coalesce(e.acted_at, e.not_before) >= $6::timestamptz)sql"};

struct begun_row {
  base::timestamp at;
  bool is_of_member = false;
  bool is_of_post = false;
  bool is_of_page = false;
};
BOOST_DESCRIBE_STRUCT(begun_row, (), (at, is_of_member, is_of_post, is_of_page))

constexpr statement hold_act{"hold_act", R"sql(
  UPDATE engagements SET not_before = $3::timestamptz, hold = $4::text, updated_at = $5::timestamptz
  WHERE tenant_id = $1::uuid AND id = $2::uuid AND state = 'queued')sql"};

constexpr statement begin_act{"begin_act", R"sql(
  UPDATE engagements
  SET state = 'sending', attempt = $4::integer, claimed_by = $3::uuid, started_at = $5::timestamptz, deadline_at = $6::timestamptz,
      held_until = $6::timestamptz, acted_at = $5::timestamptz, way = $7::text, hold = NULL, updated_at = $5::timestamptz
  WHERE tenant_id = $1::uuid AND id = $2::uuid AND (state = 'queued' OR (state = 'sending' AND claimed_by = $3::uuid)))sql"};

constexpr statement change_act{"change_act", R"sql(
  UPDATE engagements
  SET state = $6::text, failures = $7::integer, interruptions = $8::integer, not_before = $9::timestamptz, is_asked = $10::boolean,
      external_id = coalesce($11::text, external_id), outcome = coalesce($12::text, outcome), reason = nullif($13::text, ''),
      acted_at = CASE WHEN $14::boolean THEN NULL ELSE acted_at END,
      held_until = CASE WHEN $6::text = 'unknown' THEN $15::timestamptz + $16::bigint * interval '1 second' ELSE held_until END,
      finished_at = CASE WHEN $17::boolean THEN $15::timestamptz END, updated_at = $15::timestamptz
  WHERE tenant_id = $1::uuid AND id = $2::uuid AND attempt = $4::integer
    AND CASE WHEN $5::text IN ('sending', 'unknown') THEN state IN ('sending', 'unknown') AND claimed_by = $3::uuid
             ELSE state IN ('queued', 'waiting_confirmation') END)sql"};

/// Not one that began after the attempt.
constexpr statement end_session{"end_browser_session_of_act", R"sql(
  UPDATE browser_sessions
  SET cookies = NULL, origin = NULL, connected_at = NULL, expires_at = NULL, problem = $3::text, ended_at = $4::timestamptz
  WHERE tenant_id = $1::uuid AND member_id = $2::uuid AND cookies IS NOT NULL AND connected_at <= $5::timestamptz)sql"};

constexpr statement refuse_login{"refuse_login_of_member", R"sql(
  UPDATE social_accounts SET needs_reconnect = true, problem = $3::text, updated_at = $4::timestamptz
  WHERE tenant_id = $1::uuid AND connected_by = $2::uuid AND platform = 'linkedin' AND purpose = 'engage' AND NOT needs_reconnect)sql"};

std::chrono::seconds looked_after(domain::act_way way) {
  switch (way) {
    case domain::act_way::api: return looked_after_for;
    case domain::act_way::browser: return looked_after_in_browser_for;
  }
  return looked_after_for;
}

domain::page_limits to_page_limits(const page_row& from) {
  using std::chrono::seconds;
  return {.first_delay = seconds{from.first_delay_seconds},
          .gap = seconds{from.gap_seconds},
          .spread = seconds{from.spread_seconds},
          .expires_after = seconds{from.expires_after_seconds},
          .acts_a_day = from.acts_a_day};
}

domain::begun_acts begun_before(transaction& tx, const domain::engagement_act& act, const base::uuid& page_id) {
  domain::begun_acts made;
  const auto rows =
      tx.execute(select_begun, act.tenant_id, act.member_id, act.post_id, page_id, act.id, act.started_at - acts_back)
          .all<begun_row>();
  for (const auto& each : rows) {
    if (each.is_of_member) made.of_member.push_back(each.at);
    if (each.is_of_post) made.of_post.push_back(each.at);
    if (each.is_of_page) made.of_page.push_back(each.at);
  }
  return made;
}

template <class Facts>
domain::event_facts facts_of(const transition& made, const due_act& about) {
  Facts facts;
  facts.act = std::string{base::to_name(about.kind)};
  facts.page_name = about.page_name;
  facts.post_url = about.post_url;
  if (made.after.attempt > 0) facts.attempt = made.after.attempt;
  if (made.what.kind) facts.outcome = *made.what.kind;
  if (!made.what.reason.empty()) facts.reason = made.what.reason;
  if (made.after.state == engagement_state::queued) facts.until = made.after.not_before;
  return facts;
}

domain::event_facts describe(const transition& made, const due_act& about) {
  switch (made.after.state) {
    case engagement_state::queued: return facts_of<domain::engagement_retried>(made, about);
    case engagement_state::completed: return facts_of<domain::engagement_completed>(made, about);
    case engagement_state::failed: return facts_of<domain::engagement_failed>(made, about);
    case engagement_state::expired: return facts_of<domain::engagement_expired>(made, about);
    case engagement_state::skipped: return facts_of<domain::engagement_skipped>(made, about);
    case engagement_state::waiting_confirmation:
    case engagement_state::sending:
    case engagement_state::unknown: break;
  }
  return facts_of<domain::engagement_unknown>(made, about);
}

void tell(transaction& tx, const due_act& about, domain::event_facts facts, base::timestamp at) {
  events::append(tx, {.tenant_id = about.tenant_id,
                      .about = events::subject{domain::subject_kind::engagement, about.id},
                      .facts = std::move(facts),
                      .at = at});
}

claim_answer hold(transaction& tx, const due_act& about, const found_act& found, base::timestamp until,
                  const std::string& why, base::timestamp now) {
  tx.queue(hold_act, about.tenant_id, about.id, until, why, now);
  if (found.hold != why) {
    domain::engagement_held facts;
    facts.act = std::string{base::to_name(about.kind)};
    facts.page_name = about.page_name;
    facts.post_url = about.post_url;
    facts.hold = why;
    facts.until = until;
    tell(tx, about, std::move(facts), now);
  }
  return held_back{until};
}

std::optional<domain::act_way> way_of(const found_act& found, const act_means& with) {
  return domain::choose_way({.has_account = found.access_token.has_value(),
                             .has_permission = domain::may_engage(found.scope.value_or("")),
                             .has_session = found.session_cookies.has_value(),
                             .is_browser_operated = with.is_browser_operated});
}

/// What a platform has refused is of no use until its member has done something about it.
void refuse_access(transaction& tx, const transition& made, const due_act& about, base::timestamp now) {
  switch (made.after.way) {
    case domain::act_way::api: return tx.queue(refuse_login, about.tenant_id, about.member_id, made.what.reason, now);
    case domain::act_way::browser:
      return tx.queue(end_session, about.tenant_id, about.member_id, made.what.reason, now, made.after.started_at);
  }
}

}  // namespace

domain::engagement_act to_domain(const due_act& from) {
  domain::engagement_act made;
  made.id = from.id;
  made.tenant_id = from.tenant_id;
  made.member_id = from.member_id;
  made.post_id = from.post_id;
  made.kind = from.kind;
  made.state = from.state;
  made.not_before = from.not_before;
  made.expires_at = from.expires_at;
  made.attempt = from.attempt;
  made.failures = from.failures;
  made.interruptions = from.interruptions;
  made.started_at = from.started_at.value_or(from.not_before);
  made.deadline_at = from.deadline_at.value_or(from.not_before);
  made.way = from.way.value_or(domain::act_way::api);
  return made;
}

std::vector<due_act> take_due(transaction& tx, const base::uuid& process, base::timestamp now, base::timestamp until,
                              int limit) {
  auto all = tx.execute(adopt_begun, process, now, now + looked_after_for, limit, now + looked_after_in_browser_for)
                 .all<due_act>();
  for (auto& each : tx.execute(select_old, now, limit).all<due_act>()) all.push_back(std::move(each));
  for (auto& each : tx.execute(select_queued, until, now, limit).all<due_act>()) all.push_back(std::move(each));
  return all;
}

claim_answer claim(transaction& tx, const base::uuid& process, const domain::engagement_act& act, const due_act& about,
                   const act_means& with) {
  const auto page = tx.execute(lock_page, about.tenant_id, about.page_id).first<page_row>();
  if (!page) return not_ours{};
  tx.execute(lock_member, base::to_string(about.tenant_id) + base::to_string(about.member_id));
  auto found = tx.execute(find_act, about.tenant_id, about.id, act.started_at).first<found_act>();
  if (!found) return not_ours{};
  const bool is_next = found->state == engagement_state::queued && found->attempt == act.attempt - 1 &&
                       found->not_before <= act.started_at;
  const bool is_same =
      found->state == engagement_state::sending && found->attempt == act.attempt && found->claimed_by == process;
  if (!is_next && !is_same) return not_ours{};
  const auto way = way_of(*found, with);
  if (is_next && !way) return hold(tx, about, *found, act.started_at + account_pause, "account", act.started_at);
  if (is_next) {
    const auto check =
        domain::when_to_send(to_limits(static_cast<const member_limits_row&>(*found)), to_page_limits(*page),
                             begun_before(tx, act, about.page_id), act.started_at);
    if (check.held) return hold(tx, about, *found, check.at, std::string{base::to_name(*check.held)}, act.started_at);
  }
  if (!way) return not_ours{};
  if (way == domain::act_way::browser && !with.has_browser) return browser_wanted{};
  const auto deadline = domain::deadline_of(*way, act.started_at, with.rules);
  const auto begun =
      tx.execute(begin_act, about.tenant_id, about.id, process, act.attempt, act.started_at, deadline, *way);
  if (begun.affected() != 1) return not_ours{};
  found->way = way;
  return static_cast<const act_content&>(*found);
}

bool record(transaction& tx, const base::uuid& process, const transition& made, const due_act& about,
            base::timestamp now) {
  const auto& after = made.after;
  const auto changed =
      tx.execute(change_act, about.tenant_id, about.id, process, after.attempt, made.from, after.state, after.failures,
                 after.interruptions, after.not_before, after.is_asked, made.what.external_id, made.what.kind,
                 made.what.reason, made.what.published_nothing, now,
                 static_cast<std::int64_t>(looked_after(after.way).count()), domain::is_settled(after.state));
  if (changed.affected() != 1) return false;
  tell(tx, about, describe(made, about), now);
  if (made.what.refuses_account) refuse_access(tx, made, about, now);
  return true;
}

std::optional<act_content> find_content(transaction& tx, const base::uuid& tenant_id, const base::uuid& id,
                                        base::timestamp now) {
  const auto found = tx.execute(find_act, tenant_id, id, now).first<found_act>();
  if (!found) return std::nullopt;
  return static_cast<const act_content&>(*found);
}

}  // namespace pulse::persistence::acts

#include "persistence/publishing/publication_changes.hpp"

#include <utility>

#include "persistence/events/events.hpp"

namespace pulse::persistence::publication_changes {

namespace {

constexpr statement select_of_post{"list_publications_of_post", R"sql(
  SELECT d.id AS delivery_id, d.channel_id, c.name AS channel_name, c.type AS channel_type, d.state, d.external_id, d.external_url,
         last.kind AS change, last.state AS change_state, last.attempt, last.text, last.reason, last.created_at AS requested_at,
         CASE WHEN last.state IN ('waiting', 'sending') THEN last.not_before END AS next_attempt_at, last.finished_at,
         EXISTS (SELECT FROM publication_changes g WHERE g.tenant_id = d.tenant_id AND g.post_id = d.post_id AND g.delivery_id = d.id
                   AND g.kind = 'remove' AND g.state = 'done')
           OR EXISTS (SELECT FROM website_publications w WHERE w.tenant_id = d.tenant_id AND w.post_id = d.post_id
                        AND w.channel_id = d.channel_id AND w.removed_at IS NOT NULL) AS is_deleted,
         )sql" PULSE_IS_OUT " AS is_out, " PULSE_IS_COMMENT_MISSING R"sql( AS is_comment_missing
  FROM deliveries d
  JOIN posts p ON p.tenant_id = d.tenant_id AND p.id = d.post_id AND p.deleted_at IS NULL
  JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  LEFT JOIN LATERAL (
    SELECT * FROM publication_changes g WHERE g.tenant_id = d.tenant_id AND g.post_id = d.post_id AND g.delivery_id = d.id
    ORDER BY g.created_at DESC, g.id DESC LIMIT 1
  ) last ON true
  WHERE d.post_id = $1 ORDER BY c.created_at, c.id)sql"};

constexpr statement insert_one{"insert_publication_change", R"sql(
  INSERT INTO publication_changes (tenant_id, id, project_id, post_id, delivery_id, channel_id, kind, text, takes_post, requested_by,
                                   not_before, created_at, updated_at)
  SELECT d.tenant_id, $1, d.project_id, d.post_id, d.id, d.channel_id, $3, $4, $5, $6,
         greatest($7::timestamptz, (SELECT max(g.not_before) + $8::bigint * interval '1 second' FROM publication_changes g
                                    WHERE g.tenant_id = d.tenant_id AND g.channel_id = d.channel_id AND g.state IN ('waiting', 'sending'))),
         $7, $7
  FROM deliveries d WHERE d.tenant_id = pulse_tenant() AND d.id = $2 AND )sql" PULSE_IS_OUT R"sql(
  ON CONFLICT DO NOTHING
  RETURNING project_id, post_id, delivery_id, channel_id,
            (SELECT c.name FROM channels c WHERE c.tenant_id = publication_changes.tenant_id AND c.id = channel_id) AS channel_name,
            (SELECT c.type FROM channels c WHERE c.tenant_id = publication_changes.tenant_id AND c.id = channel_id) AS channel_type)sql"};

// A person who wants the whole post gone joins what is under way.
constexpr statement join_one{"join_publication_change", R"sql(
  UPDATE publication_changes SET takes_post = takes_post OR $2::boolean, updated_at = $3
  WHERE tenant_id = pulse_tenant() AND delivery_id = $1 AND kind = $4 AND state IN ('waiting', 'sending') AND kind = 'remove'
  RETURNING id)sql"};

struct asked_change {
  base::uuid project_id;
  base::uuid post_id;
  base::uuid delivery_id;
  base::uuid channel_id;
  std::string channel_name;
  domain::channel_type channel_type = domain::channel_type::website;
};
BOOST_DESCRIBE_STRUCT(asked_change, (), (project_id, post_id, delivery_id, channel_id, channel_name, channel_type))

// The first due change of each channel, if no change of the channel is under way.
constexpr statement begin_those{"begin_publication_changes", R"sql(
  WITH due AS (
    SELECT g.tenant_id, g.id, g.state FROM publication_changes g
    WHERE (g.state = 'waiting' AND g.not_before <= $2 OR g.state = 'sending' AND g.deadline_at <= $2)
      AND NOT EXISTS (SELECT FROM publication_changes o
                      WHERE o.tenant_id = g.tenant_id AND o.channel_id = g.channel_id AND o.state IN ('waiting', 'sending') AND o.id <> g.id
                        AND (o.state = 'sending' AND o.deadline_at > $2 OR (o.not_before, o.id) < (g.not_before, g.id)
                             AND (o.state = 'sending' OR o.not_before <= $2)))
    ORDER BY g.not_before LIMIT $4 FOR UPDATE SKIP LOCKED
  ), begun AS (
    UPDATE publication_changes g SET state = 'sending', attempt = g.attempt + 1,
      is_in_doubt = g.is_in_doubt OR (g.kind = 'comment' AND due.state = 'sending'),
      failures = g.failures + (due.state = 'sending')::integer, claimed_by = $1, deadline_at = $3, updated_at = $2
    FROM due WHERE g.tenant_id = due.tenant_id AND g.id = due.id
    RETURNING g.*, due.state = 'sending' AS was_lost
  )
  SELECT b.tenant_id, b.id, b.project_id, b.post_id, b.delivery_id, b.channel_id, b.kind, b.text, b.attempt, b.failures, b.created_at,
         b.deadline_at, b.was_lost, b.is_in_doubt, c.name AS channel_name, c.type AS channel_type, coalesce(d.external_id, '') AS external_id, coalesce(d.handles, '{}') AS handles,
         coalesce(p.options -> c.type, '{}') AS options, a.id AS account_id, a.external_user_id, a.handle, a.access_token
  FROM begun b
  JOIN deliveries d ON d.tenant_id = b.tenant_id AND d.id = b.delivery_id
  JOIN posts p ON p.tenant_id = b.tenant_id AND p.id = b.post_id
  JOIN channels c ON c.tenant_id = b.tenant_id AND c.id = b.channel_id
  LEFT JOIN accounts a ON a.tenant_id = c.tenant_id AND a.id = c.account_id)sql"};

constexpr statement settle_one{"settle_publication_change", R"sql(
  UPDATE publication_changes SET state = $5::text, failures = $6, not_before = $7, reason = nullif($8, ''), updated_at = $9,
    is_in_doubt = $10,
    finished_at = CASE WHEN $5::text IN ('done', 'failed') THEN $9::timestamptz END
  WHERE tenant_id = $1 AND id = $2 AND claimed_by = $3 AND attempt = $4 AND state = 'sending' RETURNING takes_post)sql"};

// What the delivery itself says of its first comment.
constexpr statement keep_comment{"keep_comment_of_delivery", R"sql(
  UPDATE deliveries SET handles = coalesce(handles, '{}') || $3::jsonb, reason = $4, updated_at = $5
  WHERE tenant_id = $1 AND id = $2)sql"};

// The process that settles a post's last change removes the post, so these steps come one after the other.
constexpr statement lock_post{"lock_post_of_change", R"sql(
  SELECT FROM posts WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE)sql"};

// Nothing of the post that could be deleted is left, and nothing of it is on its way: of each delivery the last request
// counts.
constexpr statement take_post{"take_post_with_publications", R"sql(
  UPDATE posts p SET deleted_at = $3, updated_at = $3
  WHERE p.tenant_id = $1 AND p.id = $2 AND p.deleted_at IS NULL
    AND NOT EXISTS (
      SELECT FROM (SELECT DISTINCT ON (g.delivery_id) g.state, g.takes_post FROM publication_changes g
                   WHERE g.tenant_id = $1 AND g.post_id = $2 AND g.kind = 'remove' ORDER BY g.delivery_id, g.created_at DESC, g.id DESC) last
      WHERE last.takes_post AND last.state <> 'done')
    AND NOT EXISTS (SELECT FROM deliveries d WHERE d.tenant_id = $1 AND d.post_id = $2
                      AND (d.state IN ('sending', 'unknown', 'unconfirmed') OR (d.state = 'waiting' AND d.not_before IS NOT NULL)))
  RETURNING p.project_id)sql"};

template <class Facts>
Facts facts_about(const begun_change& of, const domain::publication_change& after, const std::string& reason) {
  Facts made;
  made.channel_name = of.channel_name;
  made.platform = of.channel_type;
  made.change = of.kind;
  made.attempt = of.attempt;
  made.external_id = of.external_id;
  if (!reason.empty()) made.reason = reason;
  if (after.state == domain::publication_change_state::waiting) made.until = after.not_before;
  return made;
}

domain::event_facts facts_of(const begun_change& of, const domain::publication_change& after,
                             const std::string& reason) {
  using domain::publication_change_state;
  switch (after.state) {
    case publication_change_state::done:
      switch (of.kind) {
        case domain::publication_change_kind::edit: return facts_about<domain::publication_edited>(of, after, reason);
        case domain::publication_change_kind::comment:
          return facts_about<domain::publication_commented>(of, after, reason);
        case domain::publication_change_kind::remove: break;
      }
      return facts_about<domain::publication_deleted>(of, after, reason);
    case publication_change_state::failed: return facts_about<domain::publication_change_failed>(of, after, reason);
    case publication_change_state::waiting:
    case publication_change_state::sending: break;
  }
  return facts_about<domain::publication_change_delayed>(of, after, reason);
}

void tell(transaction& tx, const begun_change& of, domain::event_facts facts, base::timestamp at) {
  events::append(tx, {.tenant_id = of.tenant_id,
                      .project_id = of.project_id,
                      .post_id = of.post_id,
                      .delivery_id = of.delivery_id,
                      .channel_id = of.channel_id,
                      .facts = std::move(facts),
                      .at = at});
}

constexpr std::string_view lost_answer =
    "Pulse stopped before it heard the platform's answer; to ask once more is harmless.";
constexpr std::string_view lost_comment =
    "Pulse stopped before it heard the platform's answer; the comment is looked for before anything is sent again.";

bool is_comment(const begun_change& of) { return of.kind == domain::publication_change_kind::comment; }

}  // namespace

bound_query<publication> list(const base::uuid& post_id) { return {select_of_post, post_id}; }

bool ask(transaction& tx, const request& wanted) {
  const auto made = tx.execute(insert_one, wanted.id, wanted.delivery_id, wanted.kind, wanted.text, wanted.takes_post,
                               wanted.member_id, wanted.now, static_cast<std::int64_t>(change_gap.count()))
                        .first<asked_change>();
  if (!made) return !tx.execute(join_one, wanted.delivery_id, wanted.takes_post, wanted.now, wanted.kind).empty();
  domain::publication_change_requested facts;
  facts.channel_name = made->channel_name;
  facts.platform = made->channel_type;
  facts.change = wanted.kind;
  events::append(tx, {.tenant_id = tx.tenant_id().value_or(base::uuid{}),
                      .project_id = made->project_id,
                      .post_id = made->post_id,
                      .delivery_id = made->delivery_id,
                      .channel_id = made->channel_id,
                      .member_id = wanted.member_id,
                      .facts = std::move(facts),
                      .at = wanted.now});
  return true;
}

domain::publication_change to_domain(const begun_change& from) {
  return {.kind = from.kind,
          .state = domain::publication_change_state::sending,
          .attempt = from.attempt,
          .failures = from.failures,
          .requested_at = from.created_at,
          .not_before = from.created_at,
          .deadline_at = from.deadline_at,
          .is_in_doubt = from.is_in_doubt};
}

std::vector<begun_change> begin_due(transaction& tx, const base::uuid& process, base::timestamp now, int limit) {
  const auto deadline = domain::begin_change({}, now).deadline_at;
  auto begun = tx.execute(begin_those, process, now, deadline, limit).all<begun_change>();
  for (const auto& each : begun) {
    if (!each.was_lost) continue;
    auto facts = facts_about<domain::publication_change_delayed>(
        each, to_domain(each), std::string{is_comment(each) ? lost_comment : lost_answer});
    facts.attempt = each.attempt - 1;
    tell(tx, each, std::move(facts), now);
  }
  return begun;
}

bool settle(transaction& tx, const base::uuid& process, const begun_change& of, const settlement& how,
            base::timestamp now) {
  const auto& [after, reason, kept] = how;
  tx.execute(lock_post, of.tenant_id, of.post_id);
  const auto changed = tx.execute(settle_one, of.tenant_id, of.id, process, of.attempt, after.state, after.failures,
                                  after.not_before, reason, now, after.is_in_doubt);
  if (changed.empty()) return false;
  const bool is_over = after.state != domain::publication_change_state::waiting;
  if (is_comment(of) && is_over) tx.execute(keep_comment, of.tenant_id, of.delivery_id, kept, reason, now);
  tell(tx, of, facts_of(of, after, reason), now);
  const bool takes_post = changed.get<bool>(0, 0) && after.state == domain::publication_change_state::done;
  if (!takes_post) return true;
  const auto taken = tx.execute(take_post, of.tenant_id, of.post_id, now);
  if (taken.empty()) return true;
  domain::post_deleted facts;
  facts.everywhere = true;
  events::append(tx, {.tenant_id = of.tenant_id,
                      .project_id = taken.get<base::uuid>(0, 0),
                      .post_id = of.post_id,
                      .facts = std::move(facts),
                      .at = now});
  return true;
}

}  // namespace pulse::persistence::publication_changes

#include "persistence/engine/delivery_decisions.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "persistence/events/events.hpp"

namespace pulse::persistence::delivery_decisions {

namespace {

using domain::delivery_decision;
using domain::delivery_state;

// Of delivery d of post p on channel c: what delivery_details names.
#define PULSE_DELIVERY_COLUMNS                                                                                 \
  "d.id, d.project_id, d.post_id, p.title AS post_title, d.channel_id, c.type AS channel_type, "               \
  "c.name AS channel_name, d.state, d.due_at, d.not_before, d.attempt, d.failures, d.outcome, d.external_id, " \
  "d.external_url, d.reason, CASE WHEN d.state = 'waiting' THEN d.asked_at END AS asked_at, d.finished_at, "   \
  "d.created_at, d.updated_at, " PULSE_IS_COMMENT_MISSING " AS is_comment_missing"

constexpr statement select_one{"find_delivery", "SELECT " PULSE_DELIVERY_COLUMNS R"sql(
  FROM deliveries d
  JOIN posts p ON p.tenant_id = d.tenant_id AND p.id = d.post_id
  JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  WHERE d.id = $1 AND p.deleted_at IS NULL)sql"};

constexpr statement select_page{"list_deliveries", "SELECT " PULSE_DELIVERY_COLUMNS R"sql(
  FROM deliveries d
  JOIN posts p ON p.tenant_id = d.tenant_id AND p.id = d.post_id
  JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  WHERE d.id < $1::uuid AND p.deleted_at IS NULL
    AND ($2::uuid IS NULL OR d.project_id = $2) AND ($3::uuid IS NULL OR d.post_id = $3)
    AND ($4::uuid IS NULL OR d.channel_id = $4) AND ($5::text IS NULL OR d.state = $5)
  ORDER BY d.id DESC LIMIT $6)sql"};

// It begins with those (index deliveries_undecided), whatever the order of ids promises: they are few, and a company's
// history is long.
constexpr statement select_undecided{"list_undecided_deliveries", "SELECT " PULSE_DELIVERY_COLUMNS R"sql(
  FROM (
    SELECT * FROM deliveries
    WHERE is_undecided
    OFFSET 0  -- by itself: no plan reads along the primary key for the sake of the order
  ) d
  JOIN posts p ON p.tenant_id = d.tenant_id AND p.id = d.post_id
  JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  WHERE d.id < $1::uuid AND p.deleted_at IS NULL
    AND ($2::uuid IS NULL OR d.project_id = $2) AND ($3::uuid IS NULL OR d.post_id = $3)
    AND ($4::uuid IS NULL OR d.channel_id = $4) AND ($5::text IS NULL OR d.state = $5)
  ORDER BY d.id DESC LIMIT $6)sql"};

constexpr statement find_post{"find_post_of_delivery", "SELECT post_id FROM deliveries WHERE id = $1"};

// What waits for a person's answer, or is at rest, goes back to the beginning: due now, whatever its lateness, with all
// the attempts of its policy, and without what an earlier attempt had left. The number of the attempt goes on.
constexpr statement send_now{"send_delivery_now", R"sql(
  WITH before AS (
    SELECT d.tenant_id, d.id, d.due_at, d.state, c.name, c.type
    FROM deliveries d JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
    WHERE d.post_id = $1 AND ($2::uuid IS NULL OR d.id = $2) AND d.state = $3
      AND (d.state <> 'waiting' OR d.asked_at IS NOT NULL) AND c.deleted_at IS NULL
    FOR SHARE OF c  -- removing it comes before, and then nothing is sent, or after, and then cancels what waits
  ), changed AS (
    UPDATE deliveries d
    SET state = 'waiting', due_at = $4, not_before = $4, failures = 0, interruptions = 0, asked_at = NULL, doubt_until = NULL, deadline_at = NULL,
        external_id = d.handles ->> 'part_1', external_url = CASE WHEN d.handles ? 'part_1' THEN d.external_url END, reason = NULL, outcome = NULL, finished_at = NULL, updated_at = $4
    FROM before b WHERE d.tenant_id = b.tenant_id AND d.id = b.id AND d.state = b.state
    RETURNING d.project_id, d.post_id, d.id AS delivery_id, d.channel_id, d.attempt, b.name AS channel_name,
              b.type AS channel_type, b.due_at AS was_due_at
  )
  SELECT * FROM changed)sql"};

constexpr statement settle{"settle_delivery", R"sql(
  WITH before AS (
    SELECT d.tenant_id, d.id, d.state, c.name, c.type
    FROM deliveries d JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
    WHERE d.id = $1 AND d.state = $2 AND (d.state <> 'waiting' OR d.asked_at IS NOT NULL)
  ), changed AS (
    UPDATE deliveries d
    SET state = $3, external_id = coalesce($4, d.external_id), external_url = coalesce($5, d.external_url), reason = $6,
        asked_at = NULL, doubt_until = NULL, finished_at = $7, updated_at = $7
    FROM before b WHERE d.tenant_id = b.tenant_id AND d.id = b.id AND d.state = b.state
    RETURNING d.project_id, d.post_id, d.id AS delivery_id, d.channel_id, d.attempt, b.name AS channel_name,
              b.type AS channel_type, NULL::timestamptz AS was_due_at
  )
  SELECT * FROM changed)sql"};

struct decided_delivery {
  base::uuid project_id;
  base::uuid post_id;
  base::uuid delivery_id;
  base::uuid channel_id;
  int attempt = 0;
  std::string channel_name;
  domain::channel_type channel_type = domain::channel_type::website;
  std::optional<base::timestamp> was_due_at;
};
BOOST_DESCRIBE_STRUCT(decided_delivery, (),
                      (project_id, post_id, delivery_id, channel_id, attempt, channel_name, channel_type, was_due_at))

events::event to_event(const transaction& tx, const decided_delivery& of, domain::event_facts facts,
                       const by_member& by) {
  return {.tenant_id = *tx.tenant_id(),
          .project_id = of.project_id,
          .post_id = of.post_id,
          .delivery_id = of.delivery_id,
          .channel_id = of.channel_id,
          .member_id = by.member_id,
          .facts = std::move(facts),
          .at = by.now};
}

/// What a settled delivery becomes.
struct settlement {
  delivery_state from;
  delivery_state to;
  std::string_view reason;
  domain::event_decision decision;
};

/// `Facts` are those of an outcome.
template <class Facts>
int settle_as(transaction& tx, const base::uuid& id, const settlement& how, const std::optional<sighting>& seen,
              const by_member& by) {
  std::optional<std::string> external_id;
  std::optional<std::string> external_url;
  if (seen) {
    external_id = seen->external_id;
    external_url = seen->external_url;
  }
  std::vector<events::event> told;
  const auto settled =
      tx.execute(settle, id, how.from, how.to, external_id, external_url, how.reason, by.now).all<decided_delivery>();
  for (const auto& each : settled) {
    Facts facts;
    facts.external_post_id = external_id;
    facts.external_url = external_url;
    facts.adapter_type = facts.platform = each.channel_type;
    facts.channel_type = each.channel_type;
    facts.retry_count = std::max(each.attempt - 1, 0);
    facts.success = how.to == delivery_state::published;
    facts.decision = how.decision;
    facts.channel_name = each.channel_name;
    told.push_back(to_event(tx, each, std::move(facts), by));
  }
  events::append(tx, told);
  return static_cast<int>(told.size());
}

int send(transaction& tx, const base::uuid& post_id, std::optional<base::uuid> only, delivery_state from,
         domain::event_decision decided, const by_member& by) {
  std::vector<events::event> told;
  for (const auto& each : tx.execute(send_now, post_id, only, from, by.now).all<decided_delivery>()) {
    domain::publish_requested facts{each.channel_name, {}, each.was_due_at, decided, each.channel_type};
    told.push_back(to_event(tx, each, std::move(facts), by));
  }
  events::append(tx, told);
  return static_cast<int>(told.size());
}

}  // namespace

bound_query<delivery_details> find(const base::uuid& id) { return {select_one, id}; }

bound_query<delivery_details> list(const narrowing& by, const base::uuid& id_before, std::int64_t most) {
  return {select_page, id_before, by.project_id, by.post_id, by.channel_id, by.state, most};
}

bound_query<delivery_details> list_undecided(const narrowing& by, const base::uuid& id_before, std::int64_t most) {
  return {select_undecided, id_before, by.project_id, by.post_id, by.channel_id, by.state, most};
}

std::optional<base::uuid> lock(transaction& tx, const base::uuid& id) {
  const auto found = tx.execute(find_post, id);
  if (found.empty()) return std::nullopt;
  const auto post_id = found.get<base::uuid>(0, 0);
  if (!posts::lock(tx, post_id)) return std::nullopt;
  return post_id;
}

int retry(transaction& tx, const base::uuid& post_id, std::optional<base::uuid> only, const by_member& by) {
  return send(tx, post_id, only, delivery_state::failed, domain::event_decision::retry, by);
}

int resolve(transaction& tx, const base::uuid& id, delivery_decision decided, const std::optional<sighting>& seen,
            const by_member& by) {
  const auto send_from = [&](delivery_state from, domain::event_decision as) {
    const auto found = tx.execute(find_post, id);
    if (found.empty()) return 0;
    return send(tx, found.get<base::uuid>(0, 0), id, from, as, by);
  };
  switch (decided) {
    case delivery_decision::is_live:
      return settle_as<domain::publish_succeeded>(tx, id,
                                                  {.from = delivery_state::unconfirmed,
                                                   .to = delivery_state::published,
                                                   .reason = "a person has seen it at the platform",
                                                   .decision = domain::event_decision::is_live},
                                                  seen, by);
    case delivery_decision::send_again:
      return send_from(delivery_state::unconfirmed, domain::event_decision::send_again);
    case delivery_decision::drop:
      return settle_as<domain::publish_failed>(tx, id,
                                               {.from = delivery_state::unconfirmed,
                                                .to = delivery_state::failed,
                                                .reason = "a person said that it is not to be sent",
                                                .decision = domain::event_decision::drop},
                                               std::nullopt, by);
    case delivery_decision::send: return send_from(delivery_state::waiting, domain::event_decision::send);
    case delivery_decision::skip:
      return settle_as<domain::publish_missed>(
          tx, id,
          {.from = delivery_state::waiting,
           .to = delivery_state::missed,
           .reason = "it was late, and a person said that it is no longer to be sent",
           .decision = domain::event_decision::skip},
          std::nullopt, by);
  }
  return 0;
}

}  // namespace pulse::persistence::delivery_decisions

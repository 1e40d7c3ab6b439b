#include "persistence/engine/delivery_decisions.hpp"

namespace pulse::persistence::delivery_decisions {

namespace {

using domain::delivery_decision;
using domain::delivery_state;

constexpr statement find_post{"find_post_of_delivery", "SELECT post_id FROM deliveries WHERE id = $1"};

// What waits for a person's answer, or is at rest, goes back to the beginning: due now, whatever its lateness, with all the
// attempts of its policy, and without what an earlier attempt had left. The number of the attempt goes on.
constexpr statement send_now{"send_delivery_now", R"sql(
  WITH before AS (
    SELECT d.tenant_id, d.id, d.due_at, d.state, c.name, c.type
    FROM deliveries d JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
    WHERE d.post_id = $1 AND ($2::uuid IS NULL OR d.id = $2) AND d.state = $3
      AND (d.state <> 'waiting' OR d.asked_at IS NOT NULL) AND c.deleted_at IS NULL
    FOR SHARE OF c  -- removing it comes before, and then nothing is sent, or after, and then cancels what waits
  ), changed AS (
    UPDATE deliveries d
    SET state = 'waiting', due_at = $4, not_before = $4, failures = 0, asked_at = NULL, doubt_until = NULL, deadline_at = NULL,
        external_id = NULL, external_url = NULL, reason = NULL, outcome = NULL, finished_at = NULL, updated_at = $4
    FROM before b WHERE d.tenant_id = b.tenant_id AND d.id = b.id AND d.state = b.state
    RETURNING d.tenant_id, d.project_id, d.post_id, d.id, d.channel_id, b.name, b.type, b.due_at
  ), told AS (
    INSERT INTO publish_events (tenant_id, project_id, post_id, delivery_id, channel_id, type, message, metadata_json, created_at)
    SELECT tenant_id, project_id, post_id, id, channel_id, 'PublishRequested', format($5::text, name),
           jsonb_build_object('member_id', $6::uuid, 'decision', $7::text, 'platform', type, 'was_due_at', due_at), $4
    FROM changed
  )
  SELECT id FROM changed)sql"};

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
    RETURNING d.tenant_id, d.project_id, d.post_id, d.id, d.channel_id, d.attempt, b.name, b.type
  ), told AS (
    INSERT INTO publish_events (tenant_id, project_id, post_id, delivery_id, channel_id, type, message, metadata_json, created_at)
    SELECT tenant_id, project_id, post_id, id, channel_id, $8, format($9::text, name),
           jsonb_build_object('member_id', $10::uuid, 'decision', $11::text, 'external_post_id', $4::text, 'external_url', $5::text,
             'adapter_type', type, 'platform', type, 'channel_type', type, 'retry_count', greatest(attempt - 1, 0),
             'success', $3 = 'published', 'retryable', false), $7
    FROM changed
  )
  SELECT id FROM changed)sql"};

/// What a settled delivery becomes, and how people are told; `message` has a %s for the channel.
struct settlement {
  delivery_state from;
  delivery_state to;
  std::string_view reason;
  std::string_view event_type;
  std::string_view message;
};

int settle_as(transaction& tx, const base::uuid& id, delivery_decision decided, const settlement& how,
              const std::optional<sighting>& seen, const change& by) {
  std::optional<std::string> external_id;
  std::optional<std::string> external_url;
  if (seen) {
    external_id = seen->external_id;
    external_url = seen->external_url;
  }
  return static_cast<int>(tx.execute(settle, id, how.from, how.to, external_id, external_url, how.reason, by.now,
                                     how.event_type, how.message, by.member_id, decided)
                              .size());
}

int send(transaction& tx, const base::uuid& post_id, std::optional<base::uuid> only, delivery_state from,
         std::string_view message, std::string_view decided, const change& by) {
  return static_cast<int>(tx.execute(send_now, post_id, only, from, by.now, message, by.member_id, decided).size());
}

}  // namespace

std::optional<delivery_details> get(transaction& tx, const base::uuid& id) {
  return tx.execute(find, id).first<delivery_details>();
}

std::optional<base::uuid> lock(transaction& tx, const base::uuid& id) {
  const auto found = tx.execute(find_post, id);
  if (found.empty()) return std::nullopt;
  const auto post_id = found.get<base::uuid>(0, 0);
  if (!posts::lock(tx, post_id)) return std::nullopt;
  return post_id;
}

int retry(transaction& tx, const base::uuid& post_id, std::optional<base::uuid> only, const change& by) {
  return send(tx, post_id, only, delivery_state::failed, "Asked to be tried again on %s.", "retry", by);
}

int resolve(transaction& tx, const base::uuid& id, delivery_decision decided, const std::optional<sighting>& seen,
            const change& by) {
  const auto send_from = [&](delivery_state from, std::string_view message) {
    const auto found = tx.execute(find_post, id);
    if (found.empty()) return 0;
    return send(tx, found.get<base::uuid>(0, 0), id, from, message, base::to_name(decided), by);
  };
  switch (decided) {
    case delivery_decision::is_live:
      return settle_as(tx, id, decided,
                       {.from = delivery_state::unconfirmed,
                        .to = delivery_state::published,
                        .reason = "a person has seen it at the platform",
                        .event_type = "PublishSucceeded",
                        .message = "Published on %s: a person has seen it there."},
                       seen, by);
    case delivery_decision::send_again:
      return send_from(delivery_state::unconfirmed, "It is not on %s, says a person: asked to be sent again.");
    case delivery_decision::drop:
      return settle_as(tx, id, decided,
                       {.from = delivery_state::unconfirmed,
                        .to = delivery_state::failed,
                        .reason = "a person said that it is not to be sent",
                        .event_type = "PublishFailed",
                        .message = "Not published on %s: a person said that it is not to be sent."},
                       std::nullopt, by);
    case delivery_decision::send:
      return send_from(delivery_state::waiting, "Late, and still wanted on %s, says a person: to be sent now.");
    case delivery_decision::skip:
      return settle_as(tx, id, decided,
                       {.from = delivery_state::waiting,
                        .to = delivery_state::missed,
                        .reason = "it was late, and a person said that it is no longer to be sent",
                        .event_type = "PublishMissed",
                        .message = "Not sent to %s: it was late, and a person said that it is no longer wanted."},
                       std::nullopt, by);
  }
  return 0;
}

}  // namespace pulse::persistence::delivery_decisions

#include "persistence/campaigns/content.hpp"

#include "persistence/campaigns/content_events.hpp"
#include "persistence/events/events.hpp"

namespace pulse::persistence::content {

namespace {

constexpr statement select_one{"find_content", R"sql(
  SELECT id, project_id, campaign_id, template_id, template_version, rule_id, run_id, title, text, variants, image, template_values,
         channel_ids, labels, state, version, round, needs_approval, submitted_at, submitted_by, approved_version, scheduled_at, post_id,
         post_status, author_id, created_at, updated_at
  FROM content_details WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

constexpr statement insert_item{"insert_content", R"sql(
  WITH made AS (
    INSERT INTO content_items (tenant_id, id, project_id, campaign_id, template_id, template_version, rule_id, run_id, title, text,
      variants, image, template_values, channel_ids, labels, needs_approval, scheduled_at, author_id, created_at, updated_at)
    VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18)
    ON CONFLICT ON CONSTRAINT content_items_run_once DO NOTHING
    RETURNING id, title, text, variants, image, author_id, created_at
  ), worded AS (
    INSERT INTO content_versions (tenant_id, content_id, version, title, text, variants, image, author_id, created_at)
    SELECT pulse_tenant(), id, 1, title, text, variants, image, author_id, created_at FROM made
  )
  SELECT id FROM made)sql"};

constexpr statement select_of_run{"find_content_of_run", R"sql(
  SELECT id FROM content_items WHERE tenant_id = pulse_tenant() AND run_id = $1)sql"};

constexpr statement submit_item{"submit_content", R"sql(
  UPDATE content_items SET state = 'pending_approval', needs_approval = true, round = round + 1, submitted_at = $4, submitted_by = $3,
    reminded_at = NULL, escalated_at = NULL, approved_version = NULL, updated_at = $4
  WHERE tenant_id = pulse_tenant() AND id = $1 AND version = $2 AND state = 'draft' AND deleted_at IS NULL
  RETURNING id)sql"};

constexpr statement pass_item{"pass_content", R"sql(
  UPDATE content_items SET state = 'approved', updated_at = $3
  WHERE tenant_id = pulse_tenant() AND id = $1 AND version = $2 AND state = 'draft' AND NOT needs_approval AND deleted_at IS NULL
  RETURNING id)sql"};

}  // namespace

bound_query<item> find(const base::uuid& id) { return {select_one, id}; }

base::uuid insert(transaction& tx, const draft& made, base::timestamp now) {
  const auto stored =
      tx.execute(insert_item, made.id, made.project_id, made.campaign_id, made.template_id, made.template_version,
                 made.rule_id, made.run_id, made.title, made.text, made.variants, made.image, made.template_values,
                 made.channel_ids, made.labels, made.needs_approval, made.scheduled_at, made.author_id, now);
  if (!stored.empty()) return made.id;
  return find_of_run(tx, *made.run_id).value();
}

std::optional<base::uuid> find_of_run(transaction& tx, const base::uuid& run_id) {
  const auto found = tx.execute(select_of_run, run_id);
  if (found.empty()) return std::nullopt;
  return found.get<base::uuid>(0, 0);
}

bool submit(transaction& tx, const base::uuid& id, int version, const std::optional<base::uuid>& member_id,
            base::timestamp now) {
  if (tx.execute(submit_item, id, version, member_id, now).empty()) return false;
  append_event<domain::content_submitted>(tx, id, {.member_id = member_id, .now = now});
  return true;
}

bool pass(transaction& tx, const base::uuid& id, int version, base::timestamp now) {
  return !tx.execute(pass_item, id, version, now).empty();
}

}  // namespace pulse::persistence::content

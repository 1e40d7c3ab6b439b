#include "persistence/campaigns/content_changes.hpp"

namespace pulse::persistence::content {

namespace {

constexpr statement select_versions{"list_content_versions", R"sql(
  SELECT v.version, v.title, v.text,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('platform', e.key, 'text', e.value) ORDER BY e.key), '[]')
          FROM jsonb_each_text(v.variants) e) AS variants,
         v.image, v.author_id, v.created_at
  FROM content_versions v JOIN content_items i ON i.tenant_id = v.tenant_id AND i.id = v.content_id
  WHERE v.tenant_id = pulse_tenant() AND v.content_id = $1 AND i.deleted_at IS NULL
  ORDER BY v.version DESC LIMIT 100)sql"};

constexpr statement select_page{"list_content", R"sql(
  SELECT id, project_id, campaign_id, template_id, template_version, rule_id, run_id, title, text, variants, image, template_values,
         channel_ids, labels, state, version, round, needs_approval, submitted_at, submitted_by, approved_version, scheduled_at, post_id,
         post_status, author_id, created_at, updated_at
  FROM content_details
  WHERE tenant_id = pulse_tenant() AND ($1::uuid IS NULL OR project_id = $1) AND ($2::text IS NULL OR state = $2)
    AND ($3::uuid IS NULL OR campaign_id = $3) AND ($4::uuid IS NULL OR rule_id = $4)
    AND (created_at, id) < ($5::timestamptz, $6::uuid)
  ORDER BY created_at DESC, id DESC LIMIT $7)sql"};

constexpr statement select_counts{"count_content_by_state", R"sql(
  SELECT state, count(*) AS items FROM content_details WHERE tenant_id = pulse_tenant() AND ($1::uuid IS NULL OR project_id = $1)
  GROUP BY state)sql"};

constexpr statement lock_item{"lock_content", R"sql(
  SELECT id FROM content_items WHERE tenant_id = pulse_tenant() AND id = $1 AND deleted_at IS NULL FOR UPDATE)sql"};

constexpr statement change_item{"change_content", R"sql(
  WITH changed AS (
    UPDATE content_items SET
      title = coalesce($2, title), text = coalesce($3, text), variants = coalesce($4::jsonb, variants),
      image = CASE WHEN $5::boolean THEN $6::jsonb ELSE image END, channel_ids = coalesce($7::uuid[], channel_ids),
      labels = coalesce($8::text[], labels), campaign_id = CASE WHEN $9::boolean THEN $10::uuid ELSE campaign_id END,
      scheduled_at = CASE WHEN $11::boolean THEN $12::timestamptz ELSE scheduled_at END,
      template_version = coalesce($13::integer, template_version), template_values = coalesce($14::jsonb, template_values),
      version = version + CASE WHEN $15::boolean THEN 1 ELSE 0 END,
      approved_version = CASE WHEN $15::boolean THEN NULL ELSE approved_version END,
      state = CASE WHEN $15::boolean AND state IN ('approved', 'rejected') THEN 'draft' ELSE state END,
      updated_at = $17
    WHERE tenant_id = pulse_tenant() AND id = $1 AND deleted_at IS NULL AND post_id IS NULL
    RETURNING id, version, title, text, variants, image
  ), worded AS (
    INSERT INTO content_versions (tenant_id, content_id, version, title, text, variants, image, author_id, created_at)
    SELECT pulse_tenant(), id, version, title, text, variants, image, $16::uuid, $17 FROM changed WHERE $15::boolean
  )
  SELECT id FROM changed)sql"};

constexpr statement remove_item{"remove_content", R"sql(
  UPDATE content_items i SET deleted_at = $2, updated_at = $2
  WHERE i.tenant_id = pulse_tenant() AND i.id = $1 AND i.deleted_at IS NULL
    AND NOT EXISTS (SELECT FROM content_details d WHERE d.tenant_id = i.tenant_id AND d.id = i.id
                      AND d.post_status IN ('scheduled', 'publishing', 'needs_attention')))sql"};

}  // namespace

bound_query<content_version> list_versions(const base::uuid& id) { return {select_versions, id}; }

bound_query<item> list(const narrowing& by, const page_bounds& page) {
  return {select_page, by.project_id, by.state, by.campaign_id, by.rule_id, page.at, page.id, page.rows};
}

bound_query<state_count> count_by_state(const std::optional<base::uuid>& project_id) {
  return {select_counts, project_id};
}

std::optional<item> lock(transaction& tx, const base::uuid& id) {
  tx.queue(lock_item, id);
  return find(id).first(tx);
}

bool change(transaction& tx, const base::uuid& id, const edit& wanted, const std::optional<base::uuid>& author_id,
            base::timestamp now) {
  return !tx.execute(change_item, id, wanted.title, wanted.text, wanted.variants, wanted.image.is_given,
                     wanted.image.value, wanted.channel_ids, wanted.labels, wanted.campaign_id.is_given,
                     wanted.campaign_id.value, wanted.scheduled_at.is_given, wanted.scheduled_at.value,
                     wanted.template_version, wanted.template_values, wanted.has_words(), author_id, now)
              .empty();
}

bool remove(transaction& tx, const base::uuid& id, base::timestamp now) {
  return tx.execute(remove_item, id, now).affected() == 1;
}

}  // namespace pulse::persistence::content

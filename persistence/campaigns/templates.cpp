#include "persistence/campaigns/templates.hpp"

#include <utility>

#include "persistence/campaigns/named.hpp"
#include "persistence/events/events.hpp"

namespace pulse::persistence::templates {

namespace {

#define PULSE_TEMPLATE_COLUMNS                                                                               \
  "t.id, t.project_id, t.name, v.version, v.title, v.text, (SELECT "                                         \
  "coalesce(jsonb_agg(jsonb_build_object('platform', e.key, 'text', e.value) ORDER BY e.key), '[]') FROM "   \
  "jsonb_each_text(v.variants) e) AS variants, v.variables, v.ai_prompt, v.ai, v.created_by, t.created_at, " \
  "t.updated_at FROM content_templates t"

constexpr statement select_one{"find_template", "SELECT " PULSE_TEMPLATE_COLUMNS R"sql(
  JOIN content_template_versions v ON v.tenant_id = t.tenant_id AND v.template_id = t.id AND v.version = coalesce($2::integer, t.version)
  WHERE t.tenant_id = pulse_tenant() AND t.id = $1 AND t.deleted_at IS NULL)sql"};

constexpr statement select_page{"list_templates", "SELECT " PULSE_TEMPLATE_COLUMNS R"sql(
  JOIN content_template_versions v ON v.tenant_id = t.tenant_id AND v.template_id = t.id AND v.version = t.version
  WHERE t.tenant_id = pulse_tenant() AND t.deleted_at IS NULL AND ($1::uuid IS NULL OR t.project_id = $1)
    AND (t.created_at, t.id) < ($2::timestamptz, $3::uuid)
  ORDER BY t.created_at DESC, t.id DESC LIMIT $4)sql"};

constexpr statement select_versions{"list_template_versions", R"sql(
  SELECT v.version, v.created_by, v.created_at
  FROM content_templates t JOIN content_template_versions v ON v.tenant_id = t.tenant_id AND v.template_id = t.id
  WHERE t.tenant_id = pulse_tenant() AND t.id = $1 AND t.deleted_at IS NULL
  ORDER BY v.version DESC LIMIT 200)sql"};

constexpr statement insert_template{"insert_template", R"sql(
  INSERT INTO content_templates (tenant_id, id, project_id, name, created_by, created_at, updated_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $5))sql"};

constexpr statement insert_version{"insert_template_version", R"sql(
  INSERT INTO content_template_versions (tenant_id, template_id, version, title, text, variants, variables, ai_prompt, ai, created_by,
    created_at)
  SELECT pulse_tenant(), t.id, t.version, $2, $3, $4, $5, $6, $7, $8, $9
  FROM content_templates t WHERE t.tenant_id = pulse_tenant() AND t.id = $1)sql"};

constexpr statement lock_template{"lock_template", R"sql(
  SELECT id FROM content_templates WHERE tenant_id = pulse_tenant() AND id = $1 AND deleted_at IS NULL FOR UPDATE)sql"};

constexpr statement update_template{"update_template", R"sql(
  UPDATE content_templates SET name = coalesce($2, name), version = version + CASE WHEN $3::boolean THEN 1 ELSE 0 END, updated_at = $4
  WHERE tenant_id = pulse_tenant() AND id = $1 AND deleted_at IS NULL
  RETURNING project_id, name)sql"};

constexpr statement remove_template{"remove_template", R"sql(
  UPDATE content_templates SET deleted_at = $2, updated_at = $2
  WHERE tenant_id = pulse_tenant() AND id = $1 AND deleted_at IS NULL
  RETURNING project_id, name)sql"};

template <class Facts>
void tell(transaction& tx, const base::uuid& id, const named& of, const base::uuid& member_id, base::timestamp at) {
  Facts facts;
  facts.template_id = id;
  facts.template_name = of.name;
  events::append(tx, {.tenant_id = *tx.tenant_id(),
                      .project_id = of.project_id,
                      .member_id = member_id,
                      .facts = std::move(facts),
                      .at = at});
}

void queue_version(transaction& tx, const base::uuid& id, const words& said, const base::uuid& member_id,
                   base::timestamp now) {
  tx.queue(insert_version, id, said.title, said.text, said.variants, said.variables, said.ai_prompt, said.ai, member_id,
           now);
}

}  // namespace

bound_query<content_template> find(const base::uuid& id, std::optional<int> version) {
  return {select_one, id, version};
}

bound_query<content_template> list(const std::optional<base::uuid>& project_id, const page_bounds& page) {
  return {select_page, project_id, page.at, page.id, page.rows};
}

bound_query<template_version> list_versions(const base::uuid& id) { return {select_versions, id}; }

void insert(transaction& tx, const draft& made, base::timestamp now) {
  tx.queue(insert_template, made.id, made.project_id, made.name, made.created_by, now);
  queue_version(tx, made.id, made.first, made.created_by, now);
  tell<domain::template_created>(tx, made.id, {made.project_id, made.name}, made.created_by, now);
}

std::optional<content_template> lock(transaction& tx, const base::uuid& id) {
  tx.queue(lock_template, id);
  return find(id).first(tx);
}

void update(transaction& tx, const base::uuid& id, const std::optional<std::string>& name,
            const std::optional<words>& next, const base::uuid& member_id, base::timestamp now) {
  const auto changed = tx.execute(update_template, id, name, next.has_value(), now).first<named>();
  if (!changed) return;
  if (next) queue_version(tx, id, *next, member_id, now);
  tell<domain::template_changed>(tx, id, *changed, member_id, now);
}

bool remove(transaction& tx, const base::uuid& id, const base::uuid& member_id, base::timestamp now) {
  const auto changed = tx.execute(remove_template, id, now).first<named>();
  if (changed) tell<domain::template_removed>(tx, id, *changed, member_id, now);
  return changed.has_value();
}

}  // namespace pulse::persistence::templates

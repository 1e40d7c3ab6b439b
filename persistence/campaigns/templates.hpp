// Templates of content. Each change is a version that never changes; items and runs name the one that they used.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/template_variables.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/publishing/posts.hpp"

namespace pulse::persistence::templates {

/// How an AI provider is asked; what is left out is the installation's.
struct ai_settings {
  std::optional<std::string> provider = std::nullopt;  // "openai", "openrouter", "offline"
  std::optional<std::string> model = std::nullopt;
  std::optional<double> temperature = std::nullopt;  // 0 to 2
  std::optional<int> max_output_tokens = std::nullopt;
  std::optional<std::string> tone = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(ai_settings, (), (provider, model, temperature, max_output_tokens, tone))

/// A template in one of its versions.
struct content_template {
  base::uuid id;
  base::uuid project_id;
  std::string name;
  int version = 1;
  std::string title;
  std::string text;
  std::vector<posts::variant> variants;
  std::vector<domain::campaigns::template_variable> variables;
  std::string ai_prompt;
  ai_settings ai;
  base::uuid created_by;  // the version
  base::timestamp created_at;
  base::timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(content_template, (),
                      (id, project_id, name, version, title, text, variants, variables, ai_prompt, ai, created_by,
                       created_at, updated_at))

/// The constraint that a second template of one name breaks (failure_kind::conflict).
inline constexpr std::string_view name_once = "content_templates_name_once";

/// $1 id; $2 version, null for the latest → one template or none.
inline constexpr statement find{"find_template", R"sql(
  SELECT t.id, t.project_id, t.name, v.version, v.title, v.text,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('platform', e.key, 'text', e.value) ORDER BY e.key), '[]')
          FROM jsonb_each_text(v.variants) e) AS variants,
         v.variables, v.ai_prompt, v.ai, v.created_by, t.created_at, t.updated_at
  FROM content_templates t
  JOIN content_template_versions v ON v.tenant_id = t.tenant_id AND v.template_id = t.id AND v.version = coalesce($2::integer, t.version)
  WHERE t.tenant_id = pulse_tenant() AND t.id = $1 AND t.deleted_at IS NULL)sql"};

/// $1 project, null for any; $2, $3 created_at and id that the page comes after; $4 limit → templates in their latest version, newest first.
inline constexpr statement list{"list_templates", R"sql(
  SELECT t.id, t.project_id, t.name, v.version, v.title, v.text,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('platform', e.key, 'text', e.value) ORDER BY e.key), '[]')
          FROM jsonb_each_text(v.variants) e) AS variants,
         v.variables, v.ai_prompt, v.ai, v.created_by, t.created_at, t.updated_at
  FROM content_templates t
  JOIN content_template_versions v ON v.tenant_id = t.tenant_id AND v.template_id = t.id AND v.version = t.version
  WHERE t.tenant_id = pulse_tenant() AND t.deleted_at IS NULL AND ($1::uuid IS NULL OR t.project_id = $1)
    AND (t.created_at, t.id) < ($2::timestamptz, $3::uuid)
  ORDER BY t.created_at DESC, t.id DESC LIMIT $4)sql"};

/// A version as lists show it.
struct template_version {
  int version = 1;
  base::uuid created_by;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(template_version, (), (version, created_by, created_at))

/// $1 id → template_version, latest first, at most 200.
inline constexpr statement list_versions{"list_template_versions", R"sql(
  SELECT v.version, v.created_by, v.created_at
  FROM content_templates t JOIN content_template_versions v ON v.tenant_id = t.tenant_id AND v.template_id = t.id
  WHERE t.tenant_id = pulse_tenant() AND t.id = $1 AND t.deleted_at IS NULL
  ORDER BY v.version DESC LIMIT 200)sql"};

/// The template in a version, or its latest.
std::optional<content_template> get(transaction& tx, const base::uuid& id, std::optional<int> version = std::nullopt);

/// What a version says.
struct words {
  std::string title = {};
  std::string text = {};
  std::map<std::string, std::string> variants = {};  // by channel type
  std::vector<domain::campaigns::template_variable> variables = {};
  std::string ai_prompt = {};
  ai_settings ai = {};
};
BOOST_DESCRIBE_STRUCT(words, (), (title, text, variants, variables, ai_prompt, ai))

struct draft {
  base::uuid id;
  base::uuid project_id;
  std::string name;
  words first = {};
  base::uuid created_by;
};

/// Stores a new template with its first version. A name that is taken is a conflict of `name_once`.
void insert(transaction& tx, const draft& made, base::timestamp now);

/// Locks the template until the transaction ends and reads its latest version; nothing when there is none.
std::optional<content_template> lock(transaction& tx, const base::uuid& id);

/// Names the template anew, and gives it another version when there are words. To follow `lock`.
void update(transaction& tx, const base::uuid& id, const std::optional<std::string>& name,
            const std::optional<words>& next, const base::uuid& member_id, base::timestamp now);

/// Takes it out of every list; items and runs that used it keep its versions. False when there is none.
bool remove(transaction& tx, const base::uuid& id, base::timestamp now);

}  // namespace pulse::persistence::templates

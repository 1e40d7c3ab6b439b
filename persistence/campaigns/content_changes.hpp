// What changes content that is not a post yet.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/nullable.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/campaigns/content.hpp"

namespace pulse::persistence::content {

/// What an edit leaves out stays as it is.
struct edit {
  std::optional<std::string> title = std::nullopt;
  std::optional<std::string> text = std::nullopt;
  std::optional<std::map<std::string, std::string>> variants = std::nullopt;
  base::nullable<domain::image> image{};
  std::optional<std::vector<base::uuid>> channel_ids = std::nullopt;
  std::optional<std::vector<std::string>> labels = std::nullopt;
  base::nullable<base::uuid> campaign_id{};
  base::nullable<base::timestamp> scheduled_at{};
  std::optional<int> template_version = std::nullopt;  // that the words are from
  std::optional<std::map<std::string, std::string>> template_values = std::nullopt;

  /// Whether it changes what was, or would be, approved: the words, the image or where they go.
  bool has_words() const { return title || text || variants || image.is_given || channel_ids; }
};

/// Locks the item until the transaction ends and reads it; nothing when there is none.
std::optional<item> lock(transaction& tx, const base::uuid& id);

/// Changes an item that has no post yet; false when it has one. Other words are another version: what was approved or rejected is a draft
/// again, and approvals of what is pending no longer count. `author_id` is who wrote them; none: a rule.
bool change(transaction& tx, const base::uuid& id, const edit& wanted, const std::optional<base::uuid>& author_id,
            base::timestamp now);

/// Takes the item out of every list; false when there is none, or while its post is still to go out or going out.
bool remove(transaction& tx, const base::uuid& id, base::timestamp now);

/// A version of the words.
struct content_version {
  int version = 1;
  std::string title;
  std::string text;
  std::vector<posts::variant> variants;
  std::optional<domain::image> image;
  std::optional<base::uuid> author_id;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(content_version, (), (version, title, text, variants, image, author_id, created_at))

/// $1 content → content_version, latest first, at most 100.
inline constexpr statement list_versions{"list_content_versions", R"sql(
  SELECT v.version, v.title, v.text,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('platform', e.key, 'text', e.value) ORDER BY e.key), '[]')
          FROM jsonb_each_text(v.variants) e) AS variants,
         v.image, v.author_id, v.created_at
  FROM content_versions v JOIN content_items i ON i.tenant_id = v.tenant_id AND i.id = v.content_id
  WHERE v.tenant_id = pulse_tenant() AND v.content_id = $1 AND i.deleted_at IS NULL
  ORDER BY v.version DESC LIMIT 100)sql"};

/// $1 project, $2 state, $3 campaign, $4 rule, each null for any; $5, $6 created_at and id that the page comes after; $7 limit → items,
/// newest first.
inline constexpr statement list{"list_content", R"sql(
  SELECT id, project_id, campaign_id, template_id, template_version, rule_id, run_id, title, text, variants, image, template_values,
         channel_ids, labels, state, version, round, needs_approval, submitted_at, submitted_by, approved_version, scheduled_at, post_id,
         post_status, author_id, created_at, updated_at
  FROM content_details
  WHERE tenant_id = pulse_tenant() AND ($1::uuid IS NULL OR project_id = $1) AND ($2::text IS NULL OR state = $2)
    AND ($3::uuid IS NULL OR campaign_id = $3) AND ($4::uuid IS NULL OR rule_id = $4)
    AND (created_at, id) < ($5::timestamptz, $6::uuid)
  ORDER BY created_at DESC, id DESC LIMIT $7)sql"};

struct state_count {
  domain::campaigns::content_state state = domain::campaigns::content_state::draft;
  std::int64_t items = 0;
};
BOOST_DESCRIBE_STRUCT(state_count, (), (state, items))

/// $1 project, null for any → a row a state that there is.
inline constexpr statement count_by_state{"count_content_by_state", R"sql(
  SELECT state, count(*) AS items FROM content_details WHERE tenant_id = pulse_tenant() AND ($1::uuid IS NULL OR project_id = $1)
  GROUP BY state)sql"};

}  // namespace pulse::persistence::content

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

  /// Whether it changes the approved parts: the words, the image or the channels.
  bool has_words() const { return title || text || variants || image.is_given || channel_ids; }
};

/// Locks the item until the transaction ends and reads it; nothing if there is none.
std::optional<item> lock(transaction& tx, const base::uuid& id);

/// Changes an item that has no post yet; false when it has one. Other words are another version: what was approved or
/// rejected is a draft again, and approvals of what is pending no longer count. `author_id` is who wrote them; none: a
/// rule.
bool change(transaction& tx, const base::uuid& id, const edit& wanted, const std::optional<base::uuid>& author_id,
            base::timestamp now);

/// Removes the item from every list; false if there is none, or while its post has not gone out.
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

/// The latest first, at most 100.
bound_query<content_version> list_versions(const base::uuid& id);

/// What a list of items is narrowed by; each may be left out.
struct narrowing {
  std::optional<base::uuid> project_id;
  std::optional<domain::campaigns::content_state> state;
  std::optional<base::uuid> campaign_id;
  std::optional<base::uuid> rule_id;
};

/// Newest first.
bound_query<item> list(const narrowing& by, const page_bounds& page);

struct state_count {
  domain::campaigns::content_state state = domain::campaigns::content_state::draft;
  std::int64_t items = 0;
};
BOOST_DESCRIBE_STRUCT(state_count, (), (state, items))

/// A row a state that there is, of one project or of all.
bound_query<state_count> count_by_state(const std::optional<base::uuid>& project_id);

}  // namespace pulse::persistence::content

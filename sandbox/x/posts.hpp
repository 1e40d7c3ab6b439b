// X's posts, and the timelines of its users.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/time.hpp"

namespace pulse::sandbox::x {

using post_id = std::uint64_t;

struct stored_post {
  post_id id = 0;
  std::string user_id;
  std::string text;  // as it was sent
  base::timestamp created_at;
  std::vector<std::string> media_ids{};
  post_id reply_to = 0;  // 0: no reply
};

/// The bounds of a requested timeline, all optional.
struct timeline_query {
  std::size_t max_results = 10;
  std::optional<post_id> since_id;            // newer than
  std::optional<post_id> until_id;            // older than; also the start of a page
  std::optional<base::timestamp> start_time;  // from
  std::optional<base::timestamp> end_time;    // before
};

struct timeline_page {
  std::vector<const stored_post*> posts;  // newest first
  bool more = false;
};

/// Ids have X's form: milliseconds since 2010-11-04, then 22 bits that distinguish posts of the same millisecond.
class post_store {
 public:
  /// Makes a post with an id above all earlier ones.
  const stored_post& create(const std::string& user_id, std::string text, base::timestamp now,
                            std::vector<std::string> media_ids = {}, post_id reply_to = 0);
  /// Restores a post of an earlier run.
  void restore(stored_post post);
  /// False if there was none.
  bool remove(post_id id);
  const stored_post* find(post_id id) const;
  /// Whether the user has a post with exactly this text.
  bool has_text(const std::string& user_id, const std::string& text) const;
  timeline_page timeline(const std::string& user_id, const timeline_query& query) const;
  const std::map<post_id, stored_post>& all() const { return posts_; }

 private:
  std::map<post_id, stored_post> posts_;
  struct user_posts {
    std::set<post_id> ids;
    std::unordered_set<std::string> texts;
  };
  std::unordered_map<std::string, user_posts> by_user_;
  post_id last_id_ = 0;
};

/// Reads an id: 1 to 19 digits.
std::optional<post_id> parse_id(std::string_view text);

}  // namespace pulse::sandbox::x

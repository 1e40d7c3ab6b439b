// Instagram's objects: invisible containers, and the published media made from them.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace pulse::sandbox::instagram {

using media_id = std::uint64_t;

/// `status_code` of a container.
enum class container_state { in_progress, finished, error, expired, published };
std::string_view to_string(container_state state);  // "IN_PROGRESS"

struct container {
  media_id id = 0;
  std::string user_id;
  std::string type = "IMAGE";  // or "REELS", "CAROUSEL"
  std::string image_url;       // for reels that of the film
  std::vector<std::string> children;
  bool is_child = false;
  std::string caption;
  std::string alt_text;
  base::timestamp created_at;
  base::timestamp ready_at;  // the end of its processing
  bool fails = false;        // its processing ends in an error
  std::optional<media_id> published_as{};

  container_state state_at(base::timestamp now) const;
};

struct medium {
  media_id id = 0;
  media_id made_of = 0;  // the container
  std::string user_id;
  base::timestamp published_at;
};

/// Containers and media share one range of ids, as at Instagram.
class media_store {
 public:
  static constexpr std::chrono::hours container_life{24};

  /// Stores `made` under a new id.
  const container& create(container made);
  /// Publishes the container's image. The container must be finished.
  const medium& publish(media_id container_id, base::timestamp now);

  /// Restores an object of an earlier run.
  void restore(container made);
  void restore(medium published);

  /// False if there was none.
  bool remove(media_id id);

  const container* find_container(media_id id) const;
  const medium* find_medium(media_id id) const;
  const std::map<media_id, container>& containers() const { return containers_; }
  const std::map<media_id, medium>& media() const { return media_; }

  /// The user's media, newest first and only those older than `after`; one more than `limit` if there are more.
  std::vector<const medium*> list(const std::string& user_id, std::optional<media_id> after, std::size_t limit) const;

 private:
  media_id next_id();

  std::map<media_id, container> containers_;
  std::map<media_id, medium> media_;
  std::map<std::string, std::set<media_id>> by_user_;
  media_id last_id_ = 17'895'695'668'004'550;
};

/// Reads an id: 1 to 19 digits.
std::optional<media_id> parse_id(std::string_view text);

/// The public address of a medium: "https://www.instagram.com/p/CxYz…/", derived from its id.
std::string permalink_of(media_id id);

}  // namespace pulse::sandbox::instagram

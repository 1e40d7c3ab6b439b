#include "sandbox/x/posts.hpp"

#include <algorithm>
#include <charconv>

namespace pulse::sandbox::x {

namespace {

constexpr std::int64_t first_ms = 1'288'834'974'657;
constexpr int bits_below = 22;

}  // namespace

const stored_post& post_store::create(const std::string& user_id, std::string text, base::timestamp now,
                                      std::vector<std::string> media_ids, post_id reply_to) {
  const auto ms = std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch().count() - first_ms;
  const auto from_time = static_cast<post_id>(std::max<std::int64_t>(ms, 1)) << bits_below;
  const auto id = std::max(from_time, last_id_ + 1);
  restore({id, user_id, std::move(text), now, std::move(media_ids), reply_to});
  return posts_.at(id);
}

void post_store::restore(stored_post post) {
  const auto id = post.id;
  last_id_ = std::max(last_id_, id);
  auto& its = by_user_[post.user_id];
  its.ids.insert(id);
  its.texts.insert(post.text);
  posts_[id] = std::move(post);
}

bool post_store::remove(post_id id) {
  const auto found = posts_.find(id);
  if (found == posts_.end()) return false;
  auto& its = by_user_[found->second.user_id];
  its.ids.erase(id);
  its.texts.erase(found->second.text);
  posts_.erase(found);
  return true;
}

const stored_post* post_store::find(post_id id) const {
  const auto found = posts_.find(id);
  return found == posts_.end() ? nullptr : &found->second;
}

bool post_store::has_text(const std::string& user_id, const std::string& text) const {
  const auto found = by_user_.find(user_id);
  return found != by_user_.end() && found->second.texts.contains(text);
}

timeline_page post_store::timeline(const std::string& user_id, const timeline_query& query) const {
  timeline_page page;
  const auto user = by_user_.find(user_id);
  if (user == by_user_.end()) return page;
  const auto& ids = user->second.ids;
  const auto newest = query.until_id ? ids.lower_bound(*query.until_id) : ids.end();
  for (auto at = std::make_reverse_iterator(newest); at != ids.rend(); ++at) {
    const auto& post = posts_.at(*at);
    if (query.since_id && post.id <= *query.since_id) break;
    if (query.start_time && post.created_at < *query.start_time) break;
    if (query.end_time && post.created_at >= *query.end_time) continue;
    if (page.posts.size() == query.max_results) {
      page.more = true;
      break;
    }
    page.posts.push_back(&post);
  }
  return page;
}

std::optional<post_id> parse_id(std::string_view text) {
  constexpr std::size_t max_digits = 19;
  post_id id = 0;
  if (text.empty() || text.size() > max_digits) return std::nullopt;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return id;
}

}  // namespace pulse::sandbox::x

#include "sandbox/instagram/media.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include <fmt/core.h>

namespace pulse::sandbox::instagram {

std::string_view to_string(container_state state) {
  switch (state) {
    case container_state::in_progress: return "IN_PROGRESS";
    case container_state::finished: return "FINISHED";
    case container_state::error: return "ERROR";
    case container_state::expired: return "EXPIRED";
    case container_state::published: return "PUBLISHED";
  }
  return "";
}

container_state container::state_at(base::timestamp now) const {
  if (published_as) return container_state::published;
  if (now >= created_at + media_store::container_life) return container_state::expired;
  if (now < ready_at) return container_state::in_progress;
  return fails ? container_state::error : container_state::finished;
}

media_id media_store::next_id() { return ++last_id_; }

const container& media_store::create(container made) {
  made.id = next_id();
  const auto id = made.id;
  restore(std::move(made));
  return containers_.at(id);
}

const medium& media_store::publish(media_id container_id, base::timestamp now) {
  const auto id = next_id();
  restore(medium{id, container_id, containers_.at(container_id).user_id, now});
  return media_.at(id);
}

void media_store::restore(container made) {
  last_id_ = std::max(last_id_, made.id);
  const auto id = made.id;
  containers_[id] = std::move(made);
}

void media_store::restore(medium published) {
  last_id_ = std::max(last_id_, published.id);
  if (const auto from = containers_.find(published.made_of); from != containers_.end()) {
    from->second.published_as = published.id;
  }
  by_user_[published.user_id].insert(published.id);
  const auto id = published.id;
  media_[id] = std::move(published);
}

bool media_store::remove(media_id id) {
  const auto found = media_.find(id);
  if (found == media_.end()) return false;
  by_user_[found->second.user_id].erase(id);
  media_.erase(found);
  return true;
}

const container* media_store::find_container(media_id id) const {
  const auto found = containers_.find(id);
  return found == containers_.end() ? nullptr : &found->second;
}

const medium* media_store::find_medium(media_id id) const {
  const auto found = media_.find(id);
  return found == media_.end() ? nullptr : &found->second;
}

std::vector<const medium*> media_store::list(const std::string& user_id, std::optional<media_id> after,
                                             std::size_t limit) const {
  std::vector<const medium*> page;
  const auto user = by_user_.find(user_id);
  if (user == by_user_.end()) return page;
  const auto newest = after ? user->second.lower_bound(*after) : user->second.end();
  for (auto at = std::make_reverse_iterator(newest); at != user->second.rend() && page.size() <= limit; ++at) {
    page.push_back(&media_.at(*at));
  }
  return page;
}

std::optional<media_id> parse_id(std::string_view text) {
  constexpr std::size_t max_digits = 19;
  media_id id = 0;
  if (text.empty() || text.size() > max_digits) return std::nullopt;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return id;
}

std::string permalink_of(media_id id) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string code;
  for (auto left = id; left > 0; left /= letters.size()) code.insert(code.begin(), letters[left % letters.size()]);
  return fmt::format("https://www.instagram.com/p/{}/", code);
}

}  // namespace pulse::sandbox::instagram

#include "http/live/reach.hpp"

#include <utility>

namespace pulse::http::live {

namespace {

constexpr std::string_view begins_with = "limited";

/// Removes and returns the text before `end`, and removes `end`; the whole text if there is no `end`.
std::string_view take_until(std::string_view& from, char end) {
  const auto at = from.find(end);
  const auto taken = from.substr(0, at);
  from.remove_prefix(at == from.npos ? from.size() : at + 1);
  return taken;
}

}  // namespace

std::shared_ptr<const watch_reach> watch_reach::read(std::string_view text) {
  if (text.empty()) return nullptr;
  auto made = std::make_shared<watch_reach>();
  if (take_until(text, ' ') != begins_with) return made;
  while (!text.empty()) {
    auto grant = take_until(text, ' ');
    const auto project = base::parse_uuid(take_until(grant, ':'));
    if (!project || grant.empty()) continue;
    channels some;
    if (grant != "*") {
      some.emplace();
      while (!grant.empty()) {
        if (const auto channel = base::parse_uuid(take_until(grant, '+'))) some->insert(*channel);
      }
    }
    made->projects_.emplace(*project, std::move(some));
  }
  return made;
}

bool watch_reach::covers(const actors::activity_frame& event) const {
  if (!event.project_id) return false;
  const auto found = projects_.find(*event.project_id);
  if (found == projects_.end()) return false;
  return !event.channel_id || !found->second || found->second->contains(*event.channel_id);
}

}  // namespace pulse::http::live

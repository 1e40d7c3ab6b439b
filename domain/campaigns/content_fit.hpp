// Which channels content goes to and whether it fits them; the same for scheduling and for simulation.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/uuid.hpp"
#include "domain/platforms/image.hpp"
#include "domain/publishing/option_fit.hpp"
#include "domain/publishing/post_fit.hpp"
#include "domain/publishing/post_limits.hpp"

namespace pulse::domain::campaigns {

/// Of the project's channels those that are wanted; none wanted means all that are active. A wanted channel that is
/// missing or off is a misfit. `Channel` has id, name, type and is_active.
template <class Channel>
std::vector<Channel> choose_channels(const std::vector<Channel>& of_project, std::vector<base::uuid> wanted,
                                     std::vector<misfit>& misfits) {
  const bool is_any = wanted.empty();
  std::vector<Channel> made;
  for (const auto& each : of_project) {
    const bool is_wanted = is_any ? each.is_active : std::find(wanted.begin(), wanted.end(), each.id) != wanted.end();
    if (!is_wanted) continue;
    // What a person must choose for each post (who may see it) is never chosen automatically.
    const auto asked = unchosen({}, each.type);
    if (is_any && !asked.empty()) continue;
    std::erase(wanted, each.id);
    if (!asked.empty())
      misfits.push_back({"/channel_ids", "has the channel " + each.name +
                                             ", for which a person must choose with each post: " + asked.front() +
                                             ". Write a post for it"});
    if (!each.is_active)
      misfits.push_back({"/channel_ids", "has the channel " + each.name + ", which is switched off"});
    made.push_back(each);
  }
  if (!wanted.empty()) misfits.push_back({"/channel_ids", "names a channel that the project does not have any more"});
  if (made.empty()) misfits.push_back({"/channel_ids", "is empty: the project has no active channel"});
  if (made.size() > most_post_channels) {
    misfits.push_back({"/channel_ids", "is needed: the project has more active channels than one post can go to"});
  }
  return made;
}

/// The content of a post, with the UTM fields on its links.
struct fitted_words {
  std::string title;
  std::string text;
  texts_by_type variants;
  std::optional<domain::image> image;
};

/// Where it does not fit channels of `types`, or a post at all.
std::vector<misfit> misfits_of(const fitted_words& words, const std::vector<channel_type>& types);

}  // namespace pulse::domain::campaigns

#include "domain/platforms/oauth.hpp"

#include <algorithm>

#include "domain/platforms/platform.hpp"

namespace pulse::domain {

std::vector<provider_entry> oauth_providers() {
  std::vector<provider_entry> found;
  for (const auto& each : platforms()) {
    if (!each.oauth) continue;
    auto known = std::find_if(found.begin(), found.end(),
                              [&](const provider_entry& entry) { return entry.is.name == each.oauth->name; });
    if (known == found.end()) known = found.insert(found.end(), {*each.oauth, {}});
    known->platforms.push_back(each.type);
  }
  return found;
}

}  // namespace pulse::domain

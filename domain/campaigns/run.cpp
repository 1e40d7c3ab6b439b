#include "domain/campaigns/run.hpp"

#include <algorithm>
#include <array>

namespace pulse::domain::campaigns {

namespace {

constexpr std::array<std::chrono::seconds, most_tries - 1> pauses{std::chrono::seconds{30}, std::chrono::minutes{2},
                                                                  std::chrono::minutes{10}};
constexpr std::chrono::hours longest_word_obeyed{1};

}  // namespace

std::optional<base::timestamp> next_try(int tries, base::timestamp now, std::optional<base::timestamp> not_before) {
  if (tries < 1 || tries >= most_tries) return std::nullopt;
  const base::timestamp at = now + pauses[static_cast<std::size_t>(tries - 1)];
  if (!not_before) return at;
  if (*not_before > now + longest_word_obeyed) return std::nullopt;
  return std::max(at, *not_before);
}

}  // namespace pulse::domain::campaigns

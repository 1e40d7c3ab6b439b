// The reactions to a post that the stand-ins report: always the same for the same id, so that a test knows them.
#pragma once

#include <cstdint>
#include <string_view>

namespace pulse::sandbox {

struct shown_figures {
  std::int64_t likes = 0;
  std::int64_t comments = 0;
  std::int64_t shares = 0;
  std::int64_t views = 0;
};

constexpr shown_figures figures_of(std::string_view id) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char each : id) hash = (hash ^ static_cast<unsigned char>(each)) * 1099511628211ULL;
  shown_figures made;
  made.likes = static_cast<std::int64_t>(hash % 500) + 1;
  made.comments = static_cast<std::int64_t>((hash >> 9U) % 80);
  made.shares = static_cast<std::int64_t>((hash >> 17U) % 60);
  made.views = made.likes * 20 + static_cast<std::int64_t>((hash >> 23U) % 1000);
  return made;
}

}  // namespace pulse::sandbox

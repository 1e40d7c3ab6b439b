#include "connectors/linkedin/little_text.hpp"

#include "domain/platforms/tags.hpp"
#include "domain/platforms/unicode.hpp"

namespace pulse::connectors::linkedin {

namespace {

constexpr std::u32string_view reserved = U"|{}@[]()<>#\\*_~";

}  // namespace

std::string little_text(std::string_view text) {
  const auto points = domain::to_code_points(text);
  const auto tags = domain::find_hashtags(points);
  auto next = tags.begin();
  std::u32string little;
  little.reserve(points.size() + points.size() / 8);
  for (std::size_t at = 0; at < points.size();) {
    if (next != tags.end() && next->begin == at) {
      little += U"{hashtag|\\#|";
      little.append(points, at + 1, next->end - at - 1);
      little += U'}';
      at = next++->end;
      continue;
    }
    if (reserved.find(points[at]) != reserved.npos) little += U'\\';
    little += points[at++];
  }
  return domain::to_utf8(little);
}

}  // namespace pulse::connectors::linkedin

#include "domain/platforms/media.hpp"

#include "base/secure.hpp"

namespace pulse::domain {

std::string mark_of(const std::vector<media>& all) {
  constexpr std::size_t digits = 32;
  std::string text;
  for (const auto& each : all) {
    if (each.kind == media_kind::video) text += "film ";
    text += each.url + '\n' + each.alt_text;
    if (&each != &all.back()) text += '\n';
  }
  return base::to_hex(base::sha256(text)).substr(0, digits);
}

}  // namespace pulse::domain

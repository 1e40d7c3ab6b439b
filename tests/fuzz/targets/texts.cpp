#include "base/text.hpp"
#include "connectors/bluesky/record.hpp"
#include "connectors/linkedin/little_text.hpp"
#include "connectors/shared/html_text.hpp"
#include "domain/platforms/links.hpp"
#include "domain/platforms/tags.hpp"
#include "domain/platforms/unicode.hpp"
#include "tests/fuzz/targets.hpp"

namespace pulse::fuzz {

namespace {

void check_ranges(const std::vector<domain::text_range>& found, std::size_t size, const char* law) {
  std::size_t end = 0;
  for (const auto& each : found) {
    must(each.begin >= end && each.begin < each.end && each.end <= size, law);
    end = each.end;
  }
}

void check_facets(std::string_view text) {
  std::size_t end = 0;
  for (const auto& each : connectors::bluesky::find_facets(text)) {
    must(each.begin >= end && each.begin < each.end && each.end <= text.size(), "facets lie in the text, in order");
    must(base::is_clean_utf8(text.substr(each.begin, each.end - each.begin)), "a facet is made of whole characters");
    must(!each.value.empty() && base::is_clean_utf8(each.value), "a facet means something");
    end = each.end;
  }
}

}  // namespace

void texts(std::string_view input) {
  must(base::is_clean_utf8(connectors::plain_text(input)) || !base::is_clean_utf8(input), "text stays text");
  const auto points = domain::to_code_points(input);
  check_ranges(domain::find_links(points), points.size(), "links lie in the text, in order");
  check_ranges(domain::find_hashtags(points), points.size(), "hashtags lie in the text, in order");
  must(domain::count_hashtags(points) >= static_cast<int>(domain::find_hashtags(points).size()),
       "a platform sees no fewer hashtags than we say");
  must(domain::count_mentions(points) >= 0 && domain::count_cashtags(points) >= 0, "there are no fewer than none");
  if (!base::is_clean_utf8(input)) return;
  check_facets(input);
  must(base::is_clean_utf8(connectors::linkedin::little_text(input)), "text stays text");
  const auto card = connectors::bluesky::card_of("https://example.org/a", input);
  must(!card.title.empty() && base::is_clean_utf8(card.title) && base::is_clean_utf8(card.description),
       "a card is text");
}

}  // namespace pulse::fuzz

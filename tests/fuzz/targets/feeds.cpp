#include "connectors/feeds/feed.hpp"

#include "base/text.hpp"
#include "tests/fuzz/targets.hpp"

namespace pulse::fuzz {

void feeds(std::string_view input) {
  using namespace connectors::feeds;
  const auto read = parse_feed(input);
  if (read.has_error()) return must(base::is_clean_utf8(read.error()), "a refusal is told in text");
  must(read->size() <= most_feed_items, "the number of items has a limit");
  for (const auto& each : *read) {
    must(!each.id.empty(), "an item has an id");
    must(each.title.size() <= most_title_bytes, "a title has a limit");
    must(each.summary.size() <= most_summary_bytes, "a summary has a limit");
    for (const auto* part : {&each.id, &each.title, &each.url, &each.summary})
      must(base::is_clean_utf8(*part), "what a feed says is text");
  }
}

}  // namespace pulse::fuzz

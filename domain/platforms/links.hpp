// What X takes for a link in a text: with or without http://, and where it ends.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace pulse::domain {

/// A part of a text, in code points.
struct text_range {
  std::size_t begin = 0;
  std::size_t end = 0;

  friend bool operator==(const text_range&, const text_range&) = default;
};

/// The links of `text` in order, by the rules of twitter-text (its conformance suite is the test): `https://…`, and
/// bare domains under a known top-level domain; not inside e-mail addresses, hashtags, cashtags and mentions; without
/// the punctuation that follows. At most one pass over the text with a bounded look-ahead.
std::vector<text_range> find_links(std::u32string_view text);

}  // namespace pulse::domain

// X's treatment of a text: counting, shortening links, escaping. Written for the sandbox alone, because it must not
// share a mistake with the product that it checks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pulse::sandbox::x {

/// A link in a text, in bytes.
struct found_link {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// `http://…` and `https://…` up to white space, without closing punctuation; and bare domains with a few well-known
/// endings. Simpler than X: it misses rare endings and links inside words of other scripts.
std::vector<found_link> find_links(std::string_view text);

/// X's weighted length, never above X's own: an emoji with all that is joined to it is 2, combining marks are 0 (X
/// composes them), a bare domain is the smaller of its letters and 23. The text must be valid UTF-8.
int weighted_length(std::string_view text);

/// A text in X's reply, and the targets of its short links.
struct wrapped_text {
  struct short_link {
    std::string url;           // "https://t.co/AbCdEfGhIj", derived from the link: equal links have equal short links
    std::string expanded_url;  // including its protocol
  };
  std::string text;  // with short links; &, < and > are escaped
  std::vector<short_link> links;
};
wrapped_text wrap(std::string_view text);

}  // namespace pulse::sandbox::x

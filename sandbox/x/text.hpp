// What X does to a text: counts it, shortens its links, escapes its signs. Written for the sandbox alone: it must not
// share a mistake with the product that it witnesses.
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

/// `http://…` and `https://…` up to white space, without closing punctuation; and bare domains under a few well-known
/// endings. Simpler than X: rare endings and links inside words of other scripts are not seen.
std::vector<found_link> find_links(std::string_view text);

/// X's weighted length, on the side of letting a text through: an emoji with everything that is joined to it is 2,
/// combining marks are 0 (X composes them), a bare domain is what is less, its letters or 23. Valid UTF-8 is expected.
int weighted_length(std::string_view text);

/// A text as X gives it back, and what its short links stand for.
struct wrapped_text {
  struct short_link {
    std::string url;  // "https://t.co/AbCdEfGhIj", made of the link itself: the same link has the same short one
    std::string expanded_url;  // with its protocol
  };
  std::string text;  // with short links, and &, < and > escaped
  std::vector<short_link> links;
};
wrapped_text wrap(std::string_view text);

}  // namespace pulse::sandbox::x

// Whether a post that X lists is one that we sent: X gives a text back with its links shortened and its signs escaped.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors::x {

/// A text in the form in which both sides are equal: NFC, each link replaced by one placeholder, line ends as \n,
/// without white space around it.
struct comparable_text {
  std::string text;
  std::vector<std::string> links;  // as written, without their protocol and a closing slash, in lower case

  friend bool operator==(const comparable_text&, const comparable_text&) = default;
};

/// A post as X lists it.
struct listed_post {
  std::string id;
  std::string text;                               // as listed
  std::optional<base::timestamp> created_at;      // from the field, else from the id, which begins with its time
  std::optional<std::vector<std::string>> links;  // what its t.co links stand for, when X said so
};

/// One page of `GET /2/users/:id/tweets`.
struct post_page {
  std::vector<listed_post> posts;
  std::string next_token;  // empty: the last page
};

/// "&amp;" is "&", once: X escapes &, < and > in the texts that it lists.
std::string decode_entities(std::string_view text);

/// Our text, as it was sent.
comparable_text comparable(std::string_view text);

/// Whether the listed post has the text that was sent. Where X says what its short links stand for, they must be the
/// same links. A post that was sent with an image is listed with one link more, to the image, at its end.
bool is_same_text(const comparable_text& sent, const listed_post& listed, bool with_image = false);

/// The time inside an id ("snowflake"): milliseconds since 2010-11-04, above 22 other bits. Nothing when it is no
/// number.
std::optional<base::timestamp> time_of_id(std::string_view id);

/// Reads a page; nothing when the body is not one.
std::optional<post_page> read_page(const std::string& body);

}  // namespace pulse::connectors::x

// Reads addresses of companies' pages and posts: all spellings of an address lead to one page or post.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

namespace pulse::domain {

/// What a tracked page is.
enum class page_kind {
  linkedin,   // a company's page at LinkedIn
  feed,       // the feed of a company's own site (RSS, Atom, JSON Feed)
  facebook,   // a Facebook Page that the company has connected
  instagram,  // an Instagram Business account
};
BOOST_DESCRIBE_ENUM(page_kind, linkedin, feed, facebook, instagram)

/// A page that can be tracked.
struct page_address {
  page_kind kind = page_kind::linkedin;
  std::string url;         // the one spelling of it; two pages are the same when it is the same
  std::string name;        // its name until somebody gives it another: `acme-inc`, `blog.example.com`
  bool is_number = false;  // LinkedIn: named by its number rather than by its vanity name

  friend bool operator==(const page_address&, const page_address&) = default;
};

/// Bytes of an address of a page or a post.
inline constexpr std::size_t most_page_address_bytes = 2'000;

/// Either the page, or why the text names none, as the end of a sentence about it.
struct read_page {
  std::optional<page_address> page;
  std::string problem;
};

/// Reads a company's page at LinkedIn in every spelling that is in use (with or without scheme, of any country and of
/// the mobile site, with a language, a tab, a query or a fragment behind it, in any case, percent-encoded or not), or
/// the address of a feed. A profile, a group or a school of LinkedIn is none. With `is_loopback_allowed` a feed may be
/// on this machine (development and tests).
read_page read_page_address(std::string_view text, bool is_loopback_allowed);

/// A post at LinkedIn.
struct post_address {
  std::string urn;  // urn:li:activity:…, urn:li:share:… or urn:li:ugcPost:…
  std::string url;  // where people read it
  /// The name that its address begins with: `acme` of /posts/acme_we-are-hiring-activity-7100000000000000000-AbCd.
  /// Nothing where it says none.
  std::string author;

  friend bool operator==(const post_address&, const post_address&) = default;
};

/// Reads a post's address in its spellings: /feed/update/urn:li:…, /posts/NAME_words-activity-NUMBER-xxxx, an URN
/// alone. Nothing for anything else.
std::optional<post_address> read_post_address(std::string_view text);

/// The first address of a LinkedIn post in a text of any kind, such as a message.
std::optional<post_address> find_post_address(std::string_view text);

}  // namespace pulse::domain

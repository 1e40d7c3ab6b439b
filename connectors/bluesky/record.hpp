// The record of a post: its words with facets, its pictures or its link card.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "base/time.hpp"

namespace pulse::connectors::bluesky {

enum class facet_kind { link, mention, tag };

/// A part of a text that means something, in bytes of its UTF-8; `end` is behind it.
struct facet {
  facet_kind kind = facet_kind::link;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string value;  // the link's address, the mentioned handle, the tag without its sign
};

/// Links, mentions and tags of `text`, in order, none within another. Nothing is linked at Bluesky without one.
std::vector<facet> find_facets(std::string_view text);

/// Of one post; further ones are mere words.
inline constexpr std::size_t most_mentions = 10;

/// What stands below a post with a link and without pictures.
struct link_card {
  std::string url;
  std::string title;  // not empty
  std::string description;
};

/// The card of a page by its Open Graph tags, its description and its title; the host's name when it has none. Bounded.
link_card card_of(const std::string& url, std::string_view html);

struct picture_blob {
  std::string blob;  // as uploadBlob gave it
  std::string alt_text;
  int width = 0;  // pixels, as people see it; 0: not known
  int height = 0;
};

/// A film, as a picture: `alt_text` is cut to what Bluesky takes of one.
inline constexpr std::size_t longest_film_description =
    1'000;  // code points; the platform counts graphemes, which are no more

/// A post as another one refers to it.
struct post_reference {
  std::string uri;
  std::string cid;  // of the content that is meant
};

struct reply_place {
  post_reference root;
  post_reference parent;
};

struct post_parts {
  std::string text;
  base::timestamp created_at;
  std::vector<facet> facets;
  std::map<std::string, std::string> dids;  // of the handles that could be resolved; mentions of others are mere words
  std::vector<picture_blob> pictures;
  std::optional<picture_blob> film{};  // instead of pictures
  std::optional<link_card> card;       // heeded without pictures and film only
  std::string language{};              // empty: not told
  std::optional<reply_place> reply{};  // what it stands below
};

/// The same parts always give the same bytes, so that the server takes a repeated call for the same record.
std::string record_of(const post_parts& parts);

}  // namespace pulse::connectors::bluesky

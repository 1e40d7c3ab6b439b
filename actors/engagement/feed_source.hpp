// The feed of a tracked page: fetched conditionally, at most one of a host at a time, and once for all companies that track it where it is public.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "connectors/egress/egress.hpp"
#include "persistence/engagement/polls.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::actors {

/// Entries of one look; a feed lists its latest first.
inline constexpr std::size_t most_entries = 50;
inline constexpr std::size_t most_external_id = 500;

struct feed_source_parts {
  persistence::database& database;  // as the engine
  const base::clock& clock;
  connectors::egress& client;
};

/// Reads the page's feed when its turn has come, as persistence::polls::due_page::turn says or else the rows; a page without one has no source.
/// Calls back exactly once, on any thread.
void read_feed(const feed_source_parts& with, const persistence::polls::due_page& page,
               std::function<void(persistence::polls::page_answer)> done);

/// What a feed's document makes of a page: an entry that names a post at LinkedIn is that post; another is found, and nothing can be done
/// under it. RSS, Atom and JSON Feed (1.0, 1.1).
persistence::polls::page_answer read_feed_of_page(std::string_view document, base::timestamp now);

/// A look that came to nothing, with the sentence that says why.
persistence::polls::page_answer failed_look(std::string problem);

/// Words of a post as they may be kept: at most so many bytes, cut at a character.
std::string kept_words(std::string text, std::size_t most);

}  // namespace pulse::actors

// The feed of a tracked page: fetched conditionally, at most one of a host at a time, and once for all companies that
// track it where it is public.
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

/// Entries of one poll; a feed lists its latest first.
inline constexpr std::size_t most_entries = 50;
inline constexpr std::size_t most_external_id = 500;

struct feed_source_parts {
  persistence::database& database;  // as the engine
  const base::clock& clock;
  connectors::egress& client;
};

/// Reads the page's feed when its turn has come, as persistence::polls::due_page::turn says or else the rows; a page
/// without one has no source. Calls back exactly once, on any thread.
void read_feed(const feed_source_parts& services, const persistence::polls::due_page& page,
               std::function<void(persistence::polls::page_answer)> done);

/// The posts of a feed's document. An entry that names a post at LinkedIn is that post; any other is listed, but
/// members cannot act under it. RSS, Atom and JSON Feed (1.0, 1.1).
persistence::polls::page_answer read_feed_of_page(std::string_view document, base::timestamp now);

/// A failed poll, with a sentence that says why.
persistence::polls::page_answer failed_poll(std::string problem);

/// The text of a post as it is stored: cut to the maximum number of bytes, between characters.
std::string kept_words(std::string text, std::size_t most);

}  // namespace pulse::actors

// Feeds that several companies track: public ones are fetched once for all of them. Each company polls its page by its
// own schedule and has its own rows, so none sees that another tracks it too.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"

namespace pulse::domain {

/// The least time between two fetches of one feed, also when somebody asks by hand.
inline constexpr std::chrono::seconds least_between_fetches{60};
/// A poll that finds its feed being fetched is repeated after this.
inline constexpr std::chrono::seconds shared_fetch_pause{2};
/// Between the end of one fetch of a host and the beginning of the next; there is never more than one at a time.
inline constexpr std::chrono::seconds host_pause{1};
/// Entries that are kept of a feed, and bytes of their words: the latest of both bounds.
inline constexpr std::size_t most_shared_entries = 50;
inline constexpr std::size_t most_shared_bytes = 128 * 1024;

/// Whether what is at this address is the same for whoever asks, as far as the address tells: no user's name, no query
/// or part of the path that might be a key. In doubt it is not. Of two spellings each is fetched by itself.
bool may_share_feed(std::string_view url);

/// The host, with its port where the address names one; empty when it has none.
std::string feed_host(std::string_view url);

/// The stored state of a shared feed.
struct feed_state {
  std::optional<base::timestamp> fetched_at{};      // the last fetch that came to an end, whichever
  base::timestamp next_fetch_at{};                  // by how often it posts and how often it failed
  std::optional<base::timestamp> fetching_until{};  // somebody fetches it, or has died meanwhile
  std::optional<base::timestamp> retry_at{};        // the server's own word: no earlier
};

enum class feed_step {
  fetch,  // it is this one's turn
  hand,   // the stored entries are recent enough
  wait,   // somebody fetches it
};

struct feed_decision {
  feed_step what = feed_step::fetch;
  base::timestamp until{};  // of `wait`
};

/// What a company's poll does. `is_urgent`: it is the first of this page, or a person has asked for it. So the earliest
/// poll of all companies fetches.
feed_decision step_of(const std::optional<feed_state>& row, bool is_urgent, base::timestamp now);

/// One entry, as it is kept for all who track the feed.
struct shared_entry {
  std::string external_id;
  std::optional<std::string> urn;
  std::string url;
  std::string title;
  std::string text;
  base::timestamp published_at;
  std::optional<base::timestamp> unlisted_at{};  // the first fetch in which the feed no longer named it

  friend bool operator==(const shared_entry&, const shared_entry&) = default;
};
BOOST_DESCRIBE_STRUCT(shared_entry, (), (external_id, urn, url, title, text, published_at, unlisted_at))

/// What is kept after a fetch at `now` that found `listed`; oldest first, as both are. A company that polls less often
/// than the feed is fetched misses nothing that was listed meanwhile, within the bounds.
std::vector<shared_entry> merge_entries(const std::vector<shared_entry>& before, std::vector<shared_entry> listed,
                                        base::timestamp now);

/// Of those what is given to a page that is tracked since `since`: nothing that the feed had dropped before.
std::vector<shared_entry> entries_for(const std::vector<shared_entry>& kept, base::timestamp since);

}  // namespace pulse::domain

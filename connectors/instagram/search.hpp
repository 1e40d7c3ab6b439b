// Finds a post in an account's list of media.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "connectors/instagram/listing.hpp"
#include "connectors/instagram/options.hpp"
#include "connectors/meta/errors.hpp"

namespace pulse::connectors::instagram {

/// The result of a search.
struct search_result {
  enum class kind {
    none,      // the whole list from `earliest` on was read, and it is not there
    one,       // `found`
    several,   // more than one fits, and nothing tells them apart
    too_many,  // the account has more media since `earliest` than are looked through
    failed,    // `problem`
  };
  kind what = kind::none;
  std::optional<list_item> found{};
  std::optional<domain::outcome> problem{};  // in the words of a step that publishes nothing
};

/// Reads the list page by page, newest first, for media with the caption of `what` that were published at or after
/// `earliest`; 10 pages of 100 at most, each within `request_timeout`. Calls back once, on the client's thread.
/// `client` must outlive the search.
void search_media(const instagram_options& options, egress& client, const base::clock& clock, const publication& what,
                  base::timestamp earliest, std::chrono::milliseconds request_timeout,
                  std::function<void(search_result)> done);

/// The earliest time at which something that was published of the container may be listed: what was kept beside the
/// container says when it was made; without that, a container's whole life before the attempt.
base::timestamp earliest_of(const instagram_options& options, const publication& what);

}  // namespace pulse::connectors::instagram

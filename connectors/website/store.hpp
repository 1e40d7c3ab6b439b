// Where the website channel's publications live, as its connector needs it.
#pragma once

#include <functional>
#include <string>

#include "base/time.hpp"
#include "base/uuid.hpp"

namespace pulse::connectors::website {

/// What is to be stored.
struct website_publication {
  base::uuid id;  // the external id: the same for every attempt of one post to one channel
  base::uuid tenant_id;
  base::uuid project_id;
  base::uuid post_id;
  base::uuid channel_id;
  base::uuid delivery_id;
  int attempt = 0;
  std::string text;
  std::string url;                 // where it can be read
  base::timestamp published_at;    // of the first attempt that is stored; a later one must not move it
  std::function<bool()> may_send;  // see publication; empty: always
};

/// What a store operation came to. `problem` is a sentence without secrets, empty when there is none.
struct store_result {
  bool certain = true;  // false: the write may or may not have happened (its COMMIT got no answer)
  bool done = false;    // stored, or found
  std::string problem;
};

/// Where publications live; persistence implements it. Both calls return at once and call back exactly once.
struct website_store {
  /// Inserts, or leaves the row as it is when it exists already. Not done, and certain, when `may_send` says no, asked
  /// on the thread that writes, or when the delivery is no longer being sent by this attempt: a look may have called it
  /// absent by then.
  std::function<void(website_publication, std::function<void(store_result)>)> store;
  /// Whether the row is there: `done` says so.
  std::function<void(base::uuid tenant_id, base::uuid id, std::function<void(store_result)>)> find;
};

}  // namespace pulse::connectors::website

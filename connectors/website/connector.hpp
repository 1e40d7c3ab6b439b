// The website channel: the product itself is the platform (platforms/website.md). Publishing is one idempotent write of
// a row whose id follows from post and channel, so a repeated attempt finds its own work and nothing can be published
// twice.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "connectors/connector.hpp"

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
  /// Inserts, or leaves the row as it is when it exists already. Not done, and certain, when `may_send` says no, asked on the
  /// thread that writes, or when the delivery is no longer being sent by this attempt: a look may have called it absent by then.
  std::function<void(website_publication, std::function<void(store_result)>)> store;
  /// Whether the row is there: `done` says so.
  std::function<void(base::uuid tenant_id, base::uuid id, std::function<void(store_result)>)> find;
};

/// The external id of `post` on `channel`.
base::uuid publication_id(const base::uuid& post, const base::uuid& channel);

/// "{public_base}/site/{project}/posts/{id}": next to the project's feeds (/site/{project}/feed.json, feed.xml), whose
/// items carry it as their id and url.
std::string publication_url(const std::string& public_base, const base::uuid& project, const base::uuid& id);

/// The connector. Thread-safe; calls back on the store's thread.
class website_connector final : public connector {
 public:
  /// `public_base` is the address under which the service is reached, without a closing slash; `clock` must outlive it.
  website_connector(std::string public_base, website_store store, const base::clock& clock);

  domain::channel_type type() const override { return domain::channel_type::website; }
  void publish(publication what, std::function<void(publish_reply)> done) override;
  void reconcile(publication what, std::function<void(domain::reconciliation)> done) override;

 private:
  std::string public_base_;
  website_store store_;
  const base::clock& clock_;
};

}  // namespace pulse::connectors::website

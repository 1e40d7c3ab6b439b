// The website channel: the product itself is the platform. Publishing is one idempotent write of
// a row whose id follows from post and channel, so a repeated attempt finds its own work and nothing can be published
// twice.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "connectors/connector.hpp"
#include "connectors/website/store.hpp"

namespace pulse::connectors::website {

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

// Instagram: publishes an image with its caption in two steps, looks up by the container and the list of media
// (as the documents of Instagram say).
#pragma once

#include <functional>
#include <memory>

#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/instagram/options.hpp"
#include "connectors/instagram/quota.hpp"
#include "connectors/roles/measure.hpp"
#include "connectors/roles/read_pages.hpp"
#include "connectors/roles/remove.hpp"

namespace pulse::connectors::instagram {

/// The connector for Instagram. Thread-safe; calls back on the egress client's thread, or where `keep` does.
class instagram_connector final : public connector, public reads_pages, public removes, public measures {
 public:
  /// `client` and `clock` must outlive the connector and every call.
  instagram_connector(instagram_options options, egress& client, const base::clock& clock);

  domain::channel_type type() const override { return domain::channel_type::instagram; }

  /// Keeps the container ("container", "container_made_at", "container_content") before it may be published, and goes
  /// on with a kept one; one that was refused twice is replaced, after a reconciliation. A container that is not ready
  /// in time is `transient`: the next attempt goes on with it. The id of what was published is kept too ("media").
  void publish(publication what, std::function<void(publish_reply)> done) override;

  /// Asks for the kept container, unless the id of the post was kept. Without a container the step that publishes was
  /// never reached. A published one is live; its id is the one medium with this caption since the container was made.
  /// `absent` only when no such medium is listed either, and `is_refused` after suspected spam. `cannot_know` when
  /// several fit, or one although the container is not said to be published, or Instagram refuses to be read;
  /// `try_again` when Instagram could not be asked, or does not list yet what it says it published.
  void reconcile(publication what, std::function<void(domain::reconciliation)> done) override;
  void remove(removal what, std::function<void(removal_reply)> done) override;
  void measure(measured_post what, std::function<void(measure_reply)> done) override;

  void read_page(page_look what, std::function<void(page_reading)> done) override;

 private:
  instagram_options options_;
  egress& client_;
  const base::clock& clock_;
  std::shared_ptr<quota_book> book_ = std::make_shared<quota_book>();
};

}  // namespace pulse::connectors::instagram

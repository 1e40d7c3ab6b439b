// TikTok: what it makes of pictures and films it says by the id under which a post was begun.
#pragma once

#include <functional>

#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/roles/list.hpp"
#include "connectors/roles/measure.hpp"
#include "connectors/tiktok/options.hpp"

namespace pulse::connectors::tiktok {

/// The connector for TikTok. Thread-safe; calls back on the egress client's thread. TikTok deletes and edits nothing.
class tiktok_connector final : public connector, public lists, public measures {
 public:
  tiktok_connector(tiktok_options options, egress& client, const base::clock& clock);

  domain::channel_type type() const override { return domain::channel_type::tiktok; }

  /// Asks first what the account may do. TikTok fetches pictures and films from their addresses: the call that begins
  /// it publishes, so that it is about to be made is kept before it, and the id of the post after it. An attempt whose
  /// time is over while TikTok works is `unknown`, and is looked up by that id.
  void publish(publication what, std::function<void(publish_reply)> done) override;

  /// By the id of the post, if one was kept. Without one: `absent` when nothing was ever sent to be published; else the
  /// list of public films, of which only finding it says something.
  void reconcile(publication what, std::function<void(domain::reconciliation)> done) override;

  /// Public posts alone: TikTok lists no others.
  void list_recent(credentials account, int count, std::function<void(listing)> done) override;
  void measure(measured_post what, std::function<void(measure_reply)> done) override;

 private:
  tiktok_options options_;
  egress& client_;
  const base::clock& clock_;
};

}  // namespace pulse::connectors::tiktok

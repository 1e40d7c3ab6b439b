// Bluesky and what speaks the AT Protocol: puts the record of a post under a key that is chosen before, and reads it
// back by that key (as the documents of Bluesky say).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "connectors/bluesky/hosts.hpp"
#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/roles/list.hpp"
#include "connectors/roles/measure.hpp"
#include "connectors/roles/remove.hpp"
#include "connectors/shared/film_uploads.hpp"
#include "connectors/shared/media_files.hpp"

namespace pulse::connectors::bluesky {

struct bluesky_options {
  directories where{};
  std::string video_url = "https://video.bsky.app";  // BLUESKY_VIDEO_URL, without a slash at the end
  media_files* files = nullptr;  // the library's pictures and films; null: pictures are fetched, and there are no films
  std::chrono::milliseconds lookup_timeout{10'000};
  std::chrono::milliseconds mention_timeout{2'000};  // of one handle; what takes longer stays a mere word
  std::chrono::milliseconds card_timeout{3'000};     // of a linked page; without it the card has its host's name
  std::chrono::milliseconds publish_needs{1'500};    // of the attempt's time
};

/// The connector for Bluesky. Thread-safe; calls back on the egress client's thread.
class bluesky_connector final : public connector, public removes, public measures, public lists {
 public:
  /// `client` and `clock` must outlive the connector and every call.
  bluesky_connector(bluesky_options options, egress& client, const base::clock& clock);

  domain::channel_type type() const override { return domain::channel_type::bluesky; }

  /// The key and the record are kept before the record is put, and every attempt with the same content puts the same
  /// record under the same key, if there is none: so the server itself lets no second post happen, however late a first
  /// call arrives.
  void publish(publication what, std::function<void(publish_reply)> done) override;

  /// Asks the account's server for the record under the kept key. `live` when it is ours, `absent` when there is none,
  /// `cannot_know` when it is another.
  void reconcile(publication what, std::function<void(domain::reconciliation)> done) override;

  void remove(removal what, std::function<void(removal_reply)> done) override;
  void list_recent(credentials account, int count, std::function<void(listing)> done) override;
  void measure(measured_post what, std::function<void(measure_reply)> done) override;

 private:
  const bluesky_options options_;
  egress& client_;
  const base::clock& clock_;
  const std::shared_ptr<host_directory> hosts_;
  const std::shared_ptr<film_uploads> uploads_ = std::make_shared<film_uploads>();
};

}  // namespace pulse::connectors::bluesky

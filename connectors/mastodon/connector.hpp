// Mastodon, and what speaks its API: publishes by `POST /api/v1/statuses` under a key of ours, looks up by the
// account's own list (as the documents of Mastodon say).
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/mastodon/instance.hpp"
#include "connectors/mastodon/instance_limits.hpp"
#include "connectors/roles/edit.hpp"
#include "connectors/roles/list.hpp"
#include "connectors/roles/measure.hpp"
#include "connectors/roles/remove.hpp"
#include "connectors/shared/film_uploads.hpp"
#include "connectors/shared/media_files.hpp"

namespace pulse::connectors::mastodon {

struct mastodon_options {
  instances reached{};
  media_files* files = nullptr;  // the library's pictures and films; null: pictures are fetched, and there are no films
  std::chrono::seconds absent_after{10};  // before it `absent` is not said: a request may still be on its way
  std::chrono::milliseconds lookup_timeout{10'000};
  std::chrono::milliseconds first_pause{250};  // between two looks at a medium; doubled each time
  std::chrono::milliseconds longest_pause{4'000};
  std::chrono::milliseconds publish_needs{1'500};  // of the attempt's time
  std::chrono::seconds retry_unfinished_after{20};
  std::chrono::hours media_life{20};  // servers forget what is not attached after about a day
};

/// The connector for Mastodon. Thread-safe; calls back on the egress client's thread.
class mastodon_connector final : public connector, public removes, public edits, public measures, public lists {
 public:
  /// `client` and `clock` must outlive the connector and every call.
  mastodon_connector(mastodon_options options, egress& client, const base::clock& clock);

  domain::channel_type type() const override { return domain::channel_type::mastodon; }

  /// Before the post goes out, the account's newest post and the uploaded media are kept. Every attempt of a delivery
  /// with the same content has the same Idempotency-Key: within an hour the server answers the second one with the
  /// first one's post.
  void publish(publication what, std::function<void(publish_reply)> done) override;

  /// Reads the account's posts that are newer than what was kept, whole, and compares their sources. `live` with the
  /// one that is ours, `cannot_know` with several, `absent` with none. What was never about to be sent is `absent` at
  /// once.
  void reconcile(publication what, std::function<void(domain::reconciliation)> done) override;

  /// A post that is not there any more is gone.
  void remove(removal what, std::function<void(removal_reply)> done) override;

  void list_recent(credentials account, int count, std::function<void(listing)> done) override;
  void edit(edition what, std::function<void(removal_reply)> done) override;
  void measure(measured_post what, std::function<void(measure_reply)> done) override;

 private:
  const mastodon_options options_;
  egress& client_;
  const base::clock& clock_;
  const std::shared_ptr<known_limits> limits_ = std::make_shared<known_limits>();
  const std::shared_ptr<film_uploads> uploads_ = std::make_shared<film_uploads>();
};

}  // namespace pulse::connectors::mastodon

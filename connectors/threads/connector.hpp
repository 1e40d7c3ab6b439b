// Threads: a container is made, waited for and published; looked up by the container and by the account's list.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/roles/measure.hpp"
#include "connectors/roles/remove.hpp"

namespace pulse::connectors::threads {

struct threads_options {
  std::string base_url = "https://graph.threads.net";  // setting THREADS_API_BASE_URL
  std::chrono::seconds clock_skew{120};
  std::chrono::seconds absent_after{10};
  std::chrono::milliseconds lookup_timeout{10'000};
  std::chrono::milliseconds first_pause{250};  // between two looks at a container; doubled each time
  std::chrono::milliseconds longest_pause{4'000};
  std::chrono::milliseconds publish_needs{1'500};  // of the attempt's time
  std::chrono::seconds retry_unfinished_after{20};
};

/// The connector for Threads. Thread-safe; calls back on the egress client's thread.
class threads_connector final : public connector, public removes, public measures {
 public:
  threads_connector(threads_options options, egress& client, const base::clock& clock);

  domain::channel_type type() const override { return domain::channel_type::threads; }

  /// The container is kept before it is published, and a later attempt goes on with it as long as the post is the same.
  /// So Threads itself refuses a second publication.
  void publish(publication what, std::function<void(publish_reply)> done) override;

  /// Asks the container, if one was kept, and then looks for the text in the account's list: a post is `live` when the
  /// container is published and one fits, `absent` when it surely was not. Without a container nothing was ever sent to
  /// be published.
  void reconcile(publication what, std::function<void(domain::reconciliation)> done) override;

  void remove(removal what, std::function<void(removal_reply)> done) override;
  void measure(measured_post what, std::function<void(measure_reply)> done) override;

 private:
  threads_options options_;
  egress& client_;
  const base::clock& clock_;
};

}  // namespace pulse::connectors::threads

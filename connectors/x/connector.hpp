// X (Twitter): publishes by `POST /2/tweets`, looks up by `GET /2/users/:id/tweets`.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/roles/measure.hpp"
#include "connectors/roles/remove.hpp"
#include "connectors/shared/media_files.hpp"

namespace pulse::connectors::x {

struct x_options {
  std::string base_url = "https://api.x.com";  // setting X_API_BASE_URL; the sandbox in development
  /// How far X's clock and ours may differ: a post listed as made up to this long before the first attempt began that
  /// may be live may be ours. An older one with the same text is another post. (Two posts with one text inside this
  /// span cannot be: X refuses the second as a duplicate.)
  std::chrono::seconds clock_skew{120};
  /// `absent` is not said earlier than this after the attempt began: a request may still be on its way, and X's list
  /// lags.
  std::chrono::seconds absent_after{5};
  std::chrono::milliseconds lookup_timeout{10'000};  // of each page
};

/// The connector for X. Thread-safe; calls back on the egress client's thread.
class x_connector final : public connector, public removes, public measures {
 public:
  /// All must outlive the connector and every call. Without `films` posts with a film are refused.
  x_connector(x_options options, egress& client, const base::clock& clock, media_files* films = nullptr);

  domain::channel_type type() const override { return domain::channel_type::x; }
  void publish(publication what, std::function<void(publish_reply)> done) override;

  /// Reads the account's posts from shortly before the first attempt began that may be live, page by page, and looks
  /// for the text. Never repeats the publish call. `try_again` when X could not be asked, with X's time when it wants
  /// to be left alone, and `is_unauthorized` while the access is refused; `cannot_know` when X will not let us look, or
  /// the account has more posts than X lists.
  void reconcile(publication what, std::function<void(domain::reconciliation)> done) override;
  void remove(removal what, std::function<void(removal_reply)> done) override;
  void measure(measured_post what, std::function<void(measure_reply)> done) override;

 private:
  x_options options_;
  egress& client_;
  const base::clock& clock_;
  media_files* const films_;
};

}  // namespace pulse::connectors::x

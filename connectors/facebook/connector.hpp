// Facebook Pages: `POST /{page}/feed`, with photos that are uploaded unpublished first; looked up by `GET
// /{page}/published_posts` (as the documents of Facebook say).
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/roles/edit.hpp"
#include "connectors/roles/measure.hpp"
#include "connectors/roles/read_pages.hpp"
#include "connectors/roles/remove.hpp"
#include "connectors/shared/media_files.hpp"

namespace pulse::connectors::facebook {

struct facebook_options {
  std::string base_url = "https://graph.facebook.com";  // setting META_GRAPH_API_BASE_URL
  std::string version = "v26.0";                        // setting META_GRAPH_VERSION
  std::chrono::seconds clock_skew{120};                 // how far Facebook's clock and ours may differ
  std::chrono::seconds absent_after{10};                // `absent` is not said earlier after the attempt began
  std::chrono::milliseconds lookup_timeout{10'000};     // of each page
};

/// The connector for Facebook Pages. The account is the page, with the page's own token. Thread-safe; calls back on the
/// egress client's thread.
class facebook_connector final : public connector, public removes, public reads_pages, public edits, public measures {
 public:
  /// All must outlive the connector and every call. Without `films` posts with a film are refused.
  facebook_connector(facebook_options options, egress& client, const base::clock& clock, media_files* films = nullptr);

  domain::channel_type type() const override { return domain::channel_type::facebook; }

  /// Photos are made unpublished, harmlessly, and kept; the post names them and is the one step that publishes. A film:
  /// see film.hpp.
  void publish(publication what, std::function<void(publish_reply)> done) override;

  /// Reads the page's posts since shortly before the first attempt that may be live, and looks for the text.
  void reconcile(publication what, std::function<void(domain::reconciliation)> done) override;

  void remove(removal what, std::function<void(removal_reply)> done) override;
  void read_page(page_look what, std::function<void(page_reading)> done) override;
  void edit(edition what, std::function<void(removal_reply)> done) override;
  void measure(measured_post what, std::function<void(measure_reply)> done) override;

 private:
  facebook_options options_;
  egress& client_;
  const base::clock& clock_;
  media_files* const films_;
};

}  // namespace pulse::connectors::facebook

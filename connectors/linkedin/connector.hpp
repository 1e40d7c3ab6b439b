// LinkedIn: publishes a member's posts by `POST /rest/posts`, and finds out whether a post is live by sending it again.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/roles/edit.hpp"
#include "connectors/roles/engage.hpp"
#include "connectors/roles/measure.hpp"
#include "connectors/roles/read_pages.hpp"
#include "connectors/roles/remove.hpp"
#include "connectors/shared/media_files.hpp"

namespace pulse::connectors::linkedin {

/// How long after an attempt began Pulse relies on LinkedIn to refuse the same post as a duplicate and to name the
/// first. A safe assumption: LinkedIn documents that it refuses duplicates, not for how long; in practice it does for
/// days.
inline constexpr std::chrono::minutes duplicates_known_for{10};

struct linkedin_options {
  std::string base_url = "https://api.linkedin.com";  // setting LINKEDIN_API_BASE_URL; the sandbox in development
  std::string version = "202609";                     // setting LINKEDIN_VERSION
  /// The pause between uploading an image and the post: a member's token cannot ask LinkedIn whether the image is
  /// ready.
  std::chrono::milliseconds image_settles{2'000};
};

/// The connector for LinkedIn. Thread-safe; calls back on the egress client's thread.
class linkedin_connector final : public connector,
                                 public engages,
                                 public reads_pages,
                                 public removes,
                                 public edits,
                                 public measures {
 public:
  /// All of them must outlive the connector and every call. Without `films` posts with a film are refused.
  linkedin_connector(linkedin_options options, egress& client, const base::clock& clock, media_files* films = nullptr);

  domain::channel_type type() const override { return domain::channel_type::linkedin; }

  /// A text is published at once. Pictures are first fetched, uploaded and kept; a film is uploaded in pieces; see
  /// publishing.hpp.
  void publish(publication what, std::function<void(publish_reply)> done) override;

  /// LinkedIn does not let a member's posts be listed or read (r_member_social is closed), so this sends no request:
  /// the answer is `repeat_tells` within `duplicates_known_for`, then `cannot_know`.
  void reconcile(publication what, std::function<void(domain::reconciliation)> done) override;

  void engage(engagement_call what, std::function<void(domain::outcome)> done) override;
  void find_engagement(engagement_call what, std::function<void(domain::reconciliation)> done) override;
  void read_page(page_look what, std::function<void(page_reading)> done) override;
  void remove(removal what, std::function<void(removal_reply)> done) override;
  void edit(edition what, std::function<void(removal_reply)> done) override;
  void measure(measured_post what, std::function<void(measure_reply)> done) override;

 private:
  linkedin_options options_;
  egress& client_;
  const base::clock& clock_;
  media_files* const films_;
};

}  // namespace pulse::connectors::linkedin

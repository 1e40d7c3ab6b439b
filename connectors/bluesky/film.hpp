// A film's way to an account at Bluesky: the video service takes it, makes a blob of it at the account's server, and the record names the blob.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "connectors/bluesky/hosts.hpp"
#include "connectors/bluesky/record.hpp"
#include "connectors/shared/film_uploads.hpp"
#include "connectors/shared/media_files.hpp"
#include "connectors/shared/publish_steps.hpp"

namespace pulse::connectors::bluesky {

/// What the video service says of a film that it was given.
struct film_job {
  enum class state { running, done, failed };
  std::string id;
  std::string did;  // whose it is; empty: not told
  state is = state::running;
  std::string blob;  // done: JSON, as it stands in a record
  std::string why;   // failed: the service's words
};

/// The job of a reply of uploadVideo or getJobStatus, with or without `jobStatus` around it. A film that is known already (409, `already_exists`) is
/// a job like any other. Nothing when the reply is none.
std::optional<film_job> job_in(const egress_reply& reply);

/// Why the service would not take a film of so many bytes, by a reply of getUploadLimits; nothing when it would, or does not say.
std::optional<domain::outcome> limit_problem(const egress_reply& reply, std::int64_t bytes, base::timestamp now);

/// "did:web:video.bsky.app" of "https://video.bsky.app"; a port is written as did:web wants it.
std::string service_did(const std::string& url);

/// The steps that bring a film, for the steps of a post to derive from. Over as many attempts as it takes: the service's job and the blob are kept.
/// A form that is cut begins anew, unless the service has all of it: then it knows the bytes.
class film_steps : public publish_steps {
 public:
  film_steps(std::string video_url, std::shared_ptr<film_uploads> uploads, media_files* files, egress& client,
             const base::clock& clock, publication what, std::function<void(publish_reply)> done);

 protected:
  /// Goes on with the film as the record shows it; ends the call when it cannot be had, or not in this attempt.
  void bring_film(const repository_host& host, std::function<void(picture_blob)> then);
  /// The server no longer has the blob: the next `bring_film` uploads again.
  void forget_blob(std::function<void()> then);

 private:
  const std::string& did() const { return what().account.external_user_id; }
  egress_request video_request(std::string method, const std::string& name_and_query, const std::string& token) const;
  void ask_token(const std::string& audience, const std::string& method, std::function<void(std::string token)> then);
  void ask_limits();
  void upload(const std::string& token);
  void follow(std::int64_t read_before);
  void read_upload(const egress_reply& reply);
  void look();
  void read_job(const egress_reply& reply, const film_job& job);
  void keep_blob(const std::string& blob);
  void give(const std::string& blob);
  void forget_job(domain::outcome why);

  std::string video_url_;  // without a slash at the end
  const std::shared_ptr<film_uploads> uploads_;
  media_files* const files_;
  egress& client_;
  repository_host host_;
  media_files::facts facts_;
  std::string key_;  // of the upload
  std::string job_;
  bool has_forgotten_ = false;  // what was kept before this attempt counts no more
  std::function<void(picture_blob)> then_;
};

}  // namespace pulse::connectors::bluesky

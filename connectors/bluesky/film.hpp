// A film's way to an account at Bluesky: the video service takes it, makes a blob of it at the account's server, and
// the record names the blob.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "connectors/bluesky/film_session.hpp"
#include "connectors/bluesky/hosts.hpp"
#include "connectors/bluesky/record.hpp"
#include "connectors/shared/film_uploads.hpp"
#include "connectors/shared/media_files.hpp"
#include "connectors/shared/publish_steps.hpp"

namespace pulse::connectors::bluesky {

/// What is kept of a film between attempts: the upload in parts, the job that looks through it, the blob at the
/// account's server.
inline constexpr const char* film_upload_handle = "film_upload";
inline constexpr const char* film_job_handle = "film_job";
inline constexpr const char* film_blob_handle = "film_blob";

/// What a step needs of the attempt's time; with less it is left to the next attempt.
inline constexpr std::chrono::milliseconds film_step_needs{2'500};
inline constexpr std::chrono::milliseconds film_look_pause{1'000};

/// What the video service says of a film that it was given.
struct film_job {
  enum class state { running, done, failed };
  std::string id;
  std::string did;  // whose it is; empty: not told
  state is = state::running;
  std::string blob;  // done: JSON, as it stands in a record
  std::string why;   // failed: the service's words
};

/// The job of a reply of uploadVideo or getJobStatus, with or without `jobStatus` around it. A film that is known
/// already (409, `already_exists`) is a job like any other. Nothing when the reply is none.
std::optional<film_job> job_in(const egress_reply& reply);

/// Why the service would not take a film of so many bytes, by a reply of getUploadLimits; nothing when it would, or
/// does not say.
std::optional<domain::outcome> limit_problem(const egress_reply& reply, std::int64_t bytes, base::timestamp now);

/// What a refusal of the video service means: its token was made by the account's server a moment ago, so it is not the
/// session that is wrong.
domain::outcome refused_film(const egress_reply& reply, base::timestamp now);

/// "did:web:video.bsky.app" of "https://video.bsky.app"; a port is written as did:web wants it.
std::string service_did(const std::string& url);

/// The steps that bring a film, for the steps of a post to derive from. Over as many attempts as it takes: the upload,
/// the service's job and the blob are kept. A film goes in parts (film_parts.cpp), and whoever comes after a crash
/// sends those that the service does not have. A service that knows no parts gets it in one request, which begins anew
/// when it is cut, unless the service has all of it: then it knows the bytes.
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
  void ask_upload_token(std::function<void(std::string token)> then);
  void upload(const std::string& token);
  void send(const std::string& key, egress_request request, std::function<void(const egress_reply&)> then);
  void follow(std::int64_t read_before);
  void read_upload(const egress_reply& reply);
  void look();
  void read_job(const egress_reply& reply, const film_job& job);
  void keep_blob(const std::string& blob);
  void give(const std::string& blob);
  void forget_job(domain::outcome why);

  // In parts:
  void begin_parts();
  void look_at_parts();
  void read_parts(const egress_reply& reply);
  void send_next_part();
  void send_part(std::size_t part, const std::string& token);
  void read_part(std::size_t part, const egress_reply& reply);
  void finish_parts();
  /// Of a reply that is not what was hoped for.
  void refuse_parts(const egress_reply& reply);

  std::string video_url_;  // without a slash at the end
  const std::shared_ptr<film_uploads> uploads_;
  media_files* const files_;
  egress& client_;
  repository_host host_;
  media_files::facts facts_;
  std::string key_;      // of the film
  std::string sending_;  // of the upload that is followed
  std::function<void(const egress_reply&)> sent_;
  film_session session_;
  std::string token_;              // for the parts of this attempt
  base::timestamp token_until_{};  // when it is made anew
  std::int64_t there_ = 0;         // bytes that the service has of the film beside what is on its way
  std::string job_;
  bool has_forgotten_ = false;  // what was kept before this attempt counts no more
  std::function<void(picture_blob)> then_;
};

}  // namespace pulse::connectors::bluesky

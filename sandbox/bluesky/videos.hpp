// Bluesky's video service: accepts a film with a token of the account's server, processes it, and stores a blob there.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sandbox/bluesky/records.hpp"
#include "sandbox/core/platform.hpp"

namespace pulse::sandbox::bluesky {

inline constexpr std::size_t most_film_bytes = 300'000'000;

/// A job in its public form.
boost::json::object status_of(const std::string& id, const std::string& did, std::string_view state);
/// The journal's record of a film.
boost::json::object film_record(const std::string& id, std::string_view film);

/// In memory only: after a restart of the sandbox a client begins again. Lives on the sandbox's one thread.
class video_service {
 public:
  std::int64_t daily = 25;
  std::int64_t daily_bytes = 10'000'000'000;
  bool has_email = true;  // a confirmed one
  bool has_parts = true;  // false: as the service was before 2026-08

  /// getServiceAuth of the account's server: a token for one call to one service.
  verdict give_token(const http::server::request& request, const std::string& did, base::timestamp now);
  verdict take(const http::server::request& request, base::timestamp now);
  /// startUpload, uploadPart, getUploadStatus and finishUpload.
  verdict begin(const http::server::request& request, base::timestamp now);
  verdict take_part(const http::server::request& request, base::timestamp now);
  verdict show_upload(const http::server::request& request, base::timestamp now) const;
  verdict finish(const http::server::request& request, base::timestamp now);
  /// Needs no token. Asking for a finished film stores its blob.
  verdict show_job(const http::server::request& request, blobs& at_server, base::timestamp now);
  verdict show_limits(const http::server::request& request, base::timestamp now);
  void process_next(processing how) { next_ = how; }

 private:
  struct service_token {
    std::string did;
    std::string audience;
    std::string method;
    base::timestamp until;
  };
  struct job {
    std::string did;
    std::string cid;
    std::int64_t bytes = 0;
    base::timestamp ready_at;
    bool fails = false;
  };

  /// An upload in parts.
  struct upload {
    std::string did;
    std::int64_t bytes = 0;
    std::map<std::int64_t, std::string> parts;  // from 1
    base::timestamp until;
    std::string job;  // when it is finished
  };
  struct found_upload {
    std::string id;
    std::string did;
    std::map<std::string, upload>::const_iterator at;
    std::optional<verdict> wrong = std::nullopt;
  };

  struct given_job {
    std::string id;
    bool is_known = false;  // the same bytes were uploaded before
    std::optional<verdict> wrong = std::nullopt;
  };
  /// The job of a complete film; an error if it is not a film, or the daily quota is used up.
  given_job job_of(const std::string& did, std::string_view film, processing how, base::timestamp now);
  /// The open upload that a request names, of the token's account.
  found_upload upload_of(const http::server::request& request, const std::string& id, base::timestamp now) const;

  /// The token's account; an error if the token is not for this service and call.
  std::pair<std::string, std::optional<verdict>> holder_of(const http::server::request& request,
                                                           std::string_view method, base::timestamp now) const;
  std::pair<std::int64_t, std::int64_t> left_of(const std::string& did, base::timestamp now) const;

  std::map<std::string, service_token> tokens_;  // by hash
  std::map<std::string, job> jobs_;
  std::map<std::string, upload> uploads_;
  std::deque<std::pair<base::timestamp, std::string>> taken_;  // when, and for which job
  processing next_;
};

}  // namespace pulse::sandbox::bluesky

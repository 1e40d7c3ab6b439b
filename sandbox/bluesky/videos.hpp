// Bluesky's service for films: it takes one with a token of the account's server, takes its time, and puts a blob there.
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

/// Kept in memory only: a client whose sandbox ended begins anew. Lives on the sandbox's one thread.
class video_service {
 public:
  std::int64_t daily = 25;
  std::int64_t daily_bytes = 10'000'000'000;
  bool has_email = true;  // that was confirmed

  /// getServiceAuth of the account's server: a token for one call of one service.
  verdict give_token(const http::server::request& asked, const std::string& did, base::timestamp now);
  verdict take(const http::server::request& asked, base::timestamp now);
  /// Needs no token. A film that is ready becomes a blob now.
  verdict show_job(const http::server::request& asked, blobs& at_server, base::timestamp now);
  verdict show_limits(const http::server::request& asked, base::timestamp now);
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

  /// The token's account; an error when it is none for this service and call.
  std::pair<std::string, std::optional<verdict>> holder_of(const http::server::request& asked, std::string_view method,
                                                           base::timestamp now) const;
  std::pair<std::int64_t, std::int64_t> left_of(const std::string& did, base::timestamp now) const;

  std::map<std::string, service_token> tokens_;  // by hash
  std::map<std::string, job> jobs_;
  std::deque<std::pair<base::timestamp, std::string>> taken_;  // when, and which job
  processing next_;
};

}  // namespace pulse::sandbox::bluesky

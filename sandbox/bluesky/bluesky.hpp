// The stand-in for Bluesky: the service that resolves handles, the directory of identities, a server of repositories,
// and the video service.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/bluesky/records.hpp"
#include "sandbox/bluesky/sessions.hpp"
#include "sandbox/bluesky/videos.hpp"
#include "sandbox/core/platform.hpp"

namespace pulse::sandbox::bluesky {

/// Served below /bluesky/, and below /xrpc/ as on a real host. Strict about client errors: see the README.
class bluesky_platform final : public platform {
 public:
  std::string_view name() const override { return "bluesky"; }
  bool owns(std::string_view path) const override { return path.starts_with("/xrpc/"); }
  std::string account_of(const http::server::request& request) const override;
  verdict answer(const http::server::request& request, base::timestamp now) override;
  void process_next(processing how) override { videos_.process_next(how); }
  http::server::response failure(int status) const override;

  /// `{"user_id": "did:plc:…", "username": "acme.bsky.social"}`
  complaint add_account(const boost::json::object& command, const std::string& token_hash) override;
  /// `{"points": {"hourly": 5000, "daily": 35000}, "access_life_s": 7200, "refresh_grace_s": 7200, "lose_blobs": true,
  /// "videos": {"daily": 25, "daily_bytes": 10000000000}, "has_email": false}`
  complaint set_limits(const boost::json::object& command) override;
  void replay(const boost::json::object& record, base::timestamp at) override;
  boost::json::object state() const override;

 private:
  struct stored_post {
    boost::json::object record;
    std::string cid;
  };
  using post_key = std::pair<std::string, std::string>;  // DID and record key; newest last

  verdict carry_out(const http::server::request& request, std::string_view method, base::timestamp now);
  verdict write(const http::server::request& request, const std::string& did, std::string_view method,
                base::timestamp now);
  verdict put(const boost::json::object& body, const std::string& did, const std::string& rkey, bool is_create);
  verdict remove(const std::string& did, const std::string& rkey);
  verdict upload(const http::server::request& request, const std::string& did);
  verdict get_record(const http::server::request& request) const;
  verdict count_post(const http::server::request& request) const;
  verdict list_records(const http::server::request& request) const;

  session_desk desk_;
  write_points points_;
  blobs blobs_;
  video_service videos_;
  std::map<post_key, stored_post> posts_;
};

}  // namespace pulse::sandbox::bluesky

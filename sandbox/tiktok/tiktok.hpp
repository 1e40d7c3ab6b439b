// The stand-in for TikTok: creators, posts that are fetched or uploaded and then processed, the list, the login.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/core/calls_window.hpp"
#include "sandbox/core/oauth_desk.hpp"
#include "sandbox/core/platform.hpp"
#include "sandbox/tiktok/requests.hpp"

namespace pulse::sandbox::tiktok {

/// Served below /tiktok/. Strict about client errors: tokens, scopes, fields, lengths, privacy levels not offered,
/// sources, sizes and order of pieces, calls a minute, posts a day, and whether the creator was queried first.
class tiktok_platform final : public platform {
 public:
  std::string_view name() const override { return "tiktok"; }
  bool owns(std::string_view) const override { return false; }
  std::string account_of(const http::server::request& request) const override;
  verdict answer(const http::server::request& request, base::timestamp now) override;
  void process_next(processing how) override { next_ = how; }
  http::server::response failure(int status) const override;

  /// `{"user_id": "178", "username": "acme", "name": "Acme"}`
  complaint add_account(const boost::json::object& command, const std::string& token_hash) override;
  /// `{"posts": {"limit": 15}}`, `{"begin": {"limit": 6}}`, `{"privacy": ["SELF_ONLY"]}`, `{"fail_reason":
  /// "internal"}`, `{"refuse": "spam_risk_too_many_posts"}`: the error that the next query of the creator gets, once.
  complaint set_limits(const boost::json::object& command) override;
  void replay(const boost::json::object& record, base::timestamp at) override;
  boost::json::object state() const override;

 private:
  struct creator {
    std::string username;
    std::string name;
    bool was_asked_for = false;  // since the last post
  };
  struct post {
    std::string publish_id;
    std::string user_id;
    post_content content;
    base::timestamp created_at;
    base::timestamp ready_at;
    bool fails = false;
    std::string post_id;
    // Only for an upload:
    std::string upload_token;
    std::int64_t uploaded = 0;
    bool is_whole() const { return uploaded >= content.video_size; }
  };

  verdict log_in(const http::server::request& request, base::timestamp now);
  verdict carry_out(const http::server::request& request, const std::string& user, base::timestamp now);
  verdict ask_creator(const std::string& user);
  verdict begin(const http::server::request& request, const std::string& user, bool is_film, base::timestamp now);
  verdict upload(const http::server::request& request, base::timestamp now);
  verdict look(const http::server::request& request, const std::string& user, base::timestamp now) const;
  verdict list(const http::server::request& request, const std::string& user, base::timestamp now) const;
  verdict count(const http::server::request& request, const std::string& user, base::timestamp now) const;
  bool is_live(const post& one, base::timestamp now) const;
  bool has_scope(const std::string& user, std::string_view wanted) const;
  void restore_id(const std::string& post_id);

  std::map<std::string, std::string> users_by_token_;
  std::map<std::string, std::string> scopes_;  // by user; none: all
  std::map<std::string, creator> creators_;
  std::map<std::string, post> posts_;  // by publish_id
  std::uint64_t last_id_ = 7'400'000'000'000'000'000;
  std::vector<std::string> privacy_levels_{"PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"};
  std::string fail_reason_ = "file_format_check_failed";
  std::string refuse_with_;
  std::optional<processing> next_;
  calls_window posts_a_day_{15, std::chrono::hours{24}};
  calls_window begins_{6, std::chrono::seconds{60}};
  calls_window looks_{30, std::chrono::seconds{60}};
  calls_window asks_{20, std::chrono::seconds{60}};
  oauth_desk desk_{{.platform = "TikTok",
                    .authorize_path = "/v2/auth/authorize/",
                    .token_path = "/v2/oauth/token/",
                    .client_id = "sandbox-tiktok-app",
                    .client_secret = "sandbox-tiktok-secret",
                    .id_name = "client_key",
                    .proof = proof_rule::hex_s256,
                    .code_life = std::chrono::minutes{10},
                    .access_life = std::chrono::hours{24},
                    .refresh_life = std::chrono::hours{24 * 365},
                    .revoke_path = "/v2/oauth/revoke/"}};
};

}  // namespace pulse::sandbox::tiktok

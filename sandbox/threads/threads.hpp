// The stand-in for Threads: containers, publishing, an account's own list, the login.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/core/oauth_desk.hpp"
#include "sandbox/core/platform.hpp"
#include "sandbox/instagram/requests.hpp"

namespace pulse::sandbox::threads {

/// Served below /threads/. Strict about client errors: tokens, parameters, lengths, links, children, and containers
/// that are unfinished, published already or 24 hours old.
class threads_platform final : public platform {
 public:
  std::string_view name() const override { return "threads"; }
  bool owns(std::string_view) const override { return false; }
  std::string account_of(const http::server::request& request) const override;
  verdict answer(const http::server::request& request, base::timestamp now) override;
  void process_next(processing how) override { next_ = how; }
  http::server::response failure(int status) const override;

  /// `{"user_id": "178", "username": "acme", "name": "Acme"}`
  complaint add_account(const boost::json::object& command, const std::string& token_hash) override;
  complaint set_limits(const boost::json::object& command) override;
  void replay(const boost::json::object& record, base::timestamp at) override;
  boost::json::object state() const override;

 private:
  struct container {
    std::string user_id;
    std::string type;
    std::string text;
    std::string image_url;
    std::vector<std::string> children;
    std::string reply_to;  // empty: none; also in a post
    bool is_child = false;
    base::timestamp created_at;
    base::timestamp ready_at;
    bool fails = false;
    bool is_published = false;
  };
  struct post {
    std::string id;
    std::string user_id;
    std::string text;
    std::string made_of;
    std::string reply_to;
    base::timestamp published_at;
  };
  using parameters = instagram::parameters;

  verdict log_in(const http::server::request& request, base::timestamp now);
  verdict longer(const parameters& given, std::string_view kind, base::timestamp now);
  verdict carry_out(const http::server::request& request, const std::string& account, std::string_view path,
                    base::timestamp now);
  verdict create(const parameters& given, const std::string& account, base::timestamp now);
  verdict publish(const parameters& given, const std::string& account, base::timestamp now);
  const post* find_post(const std::string& id) const;
  verdict list(const parameters& given, const std::string& account, const std::string& above) const;
  std::string permalink_of(const post& one) const;
  verdict read(const std::string& id, const std::string& account, base::timestamp now) const;
  verdict remove(const std::string& id, const std::string& account);
  verdict count(const std::string& id, const parameters& given, const std::string& account) const;
  std::string_view status_of(const container& one, base::timestamp now) const;
  void restore_id(const std::string& id);

  std::map<std::string, std::string> users_by_token_;
  std::map<std::string, std::pair<std::string, std::string>> users_;  // id → username, name
  std::map<std::string, container> containers_;
  std::vector<post> posts_;  // oldest first
  std::uint64_t last_id_ = 17'800'000'000'000'000;
  std::optional<processing> next_;
  std::int64_t posts_a_day_ = 250;
  oauth_desk desk_{{.platform = "Threads",
                    .authorize_path = "/oauth/authorize",
                    .token_path = "/oauth/access_token",
                    .client_id = "sandbox-threads-app",
                    .client_secret = "sandbox-threads-secret",
                    .code_life = std::chrono::hours{1},
                    .access_life = std::chrono::hours{1}}};
};

}  // namespace pulse::sandbox::threads

// The stand-in for Instagram's content publishing: containers, media_publish, the list of media, the quota (according
// to Instagram's documentation).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>

#include "sandbox/core/oauth_desk.hpp"
#include "sandbox/core/platform.hpp"
#include "sandbox/instagram/comments.hpp"
#include "sandbox/instagram/limits.hpp"
#include "sandbox/instagram/media.hpp"
#include "sandbox/instagram/requests.hpp"

namespace pulse::sandbox::instagram {

/// Strict about client errors: unknown tokens, fields and parameters, retired versions, captions and images that
/// Instagram refuses, unfinished, published or foreign containers, and calls beyond the limits are refused as by
/// Instagram. Served below `/instagram/v26.0/` and, as on the real hosts, below `/v26.0/`.
class instagram_platform final : public platform {
 public:
  /// The accounts that a login offers, at least one.
  std::vector<desk_user> people();
  /// Makes a login's token valid for this account, too.
  void link(const std::string& token_hash, const std::string& user_id) { users_by_token_[token_hash] = user_id; }

  std::string_view name() const override { return "instagram"; }
  bool owns(std::string_view path) const override;
  std::string account_of(const http::server::request& request) const override;
  verdict answer(const http::server::request& request, base::timestamp now) override;
  void process_next(processing how) override { next_ = how; }
  http::server::response failure(int status) const override;

  /// `{"user_id": "17841400000000001", "username": "acme"}`; one user may have several tokens.
  complaint add_account(const boost::json::object& command, const std::string& token_hash) override;
  /// `{"publish": {"limit": 100, "window_s": 86400}, …}` for publish, create, calls and app_calls.
  complaint set_limits(const boost::json::object& command) override;
  void replay(const boost::json::object& record, base::timestamp at) override;
  boost::json::object state() const override;

 private:
  verdict carry_out(const http::server::request& request, const std::string& account, std::string_view path,
                    base::timestamp now);
  verdict create(const parameters& given, const std::string& account, base::timestamp now);
  verdict publish(const parameters& given, const std::string& account, base::timestamp now);
  verdict remove(const std::string& id, const std::string& account);
  verdict list(const parameters& given, const std::string& account) const;
  verdict discuss(const http::server::request& request, const parameters& given, const std::string& id,
                  const std::string& account, base::timestamp now);
  comment_manners manners() const;
  verdict quota(const parameters& given, const std::string& account, base::timestamp now);
  verdict read(const std::string& id, const parameters& given, const std::string& account, base::timestamp now) const;

  std::map<std::string, std::string> users_by_token_;  // the token's hash → user id
  std::map<std::string, std::string> usernames_;       // by user id
  media_store media_;
  comment_store comments_{manners()};
  rolling_limits limits_;
  std::optional<processing> next_;  // how the next container is processed
};

}  // namespace pulse::sandbox::instagram

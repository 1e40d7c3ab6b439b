// The stand-in for Pinterest: boards, pins, the login.
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
#include "sandbox/pinterest/films.hpp"

namespace pulse::sandbox::pinterest {

/// Served below /pinterest/. Strict about client errors: tokens, fields, lengths, foreign boards, media sources,
/// unreachable images, page sizes, bookmarks.
class pinterest_platform final : public platform {
 public:
  std::string_view name() const override { return "pinterest"; }
  bool owns(std::string_view) const override { return false; }
  std::string account_of(const http::server::request& request) const override;
  verdict answer(const http::server::request& request, base::timestamp now) override;
  http::server::response failure(int status) const override;

  /// `{"user_id": "178", "username": "acme", "boards": ["178"]}`; by default there is one board with the user's id.
  complaint add_account(const boost::json::object& command, const std::string& token_hash) override;
  void process_next(processing how) override { films_.process_next(how); }
  /// `{"write": {"limit": 100, "window_s": 60}, "read": …}`
  complaint set_limits(const boost::json::object& command) override;
  void replay(const boost::json::object& record, base::timestamp at) override;
  boost::json::object state() const override;

 private:
  struct board {
    std::string id;
    std::string user_id;
    std::string name;
    std::string privacy = "PUBLIC";
  };
  struct pin {
    std::string id;
    std::string user_id;
    std::string board_id;
    boost::json::object shown;  // title, description, link, alt_text
    base::timestamp created_at;
  };

  verdict log_in(const http::server::request& request, base::timestamp now);
  verdict carry_out(const http::server::request& request, const std::string& user, std::string_view path,
                    base::timestamp now);
  verdict create_pin(const http::server::request& request, const std::string& user, base::timestamp now);
  verdict create_board(const http::server::request& request, const std::string& user);
  verdict list_pins(const http::server::request& request, const std::string& user, const std::string& board_id) const;
  verdict list_boards(const http::server::request& request, const std::string& user) const;
  verdict remove_pin(const std::string& id, const std::string& user);
  verdict read_pin(const http::server::request& request, const std::string& id, const std::string& user) const;
  /// The refusal of a pin whose film is not ready, or belongs to another user.
  std::optional<http::server::response> film_refusal(const boost::json::object& pin, const std::string& user,
                                                     base::timestamp now) const;
  bool owns_board(const std::string& user, const std::string& board_id) const;
  boost::json::object to_json(const pin& one) const;
  void make_demo_account();
  void restore_id(const std::string& id);

  std::map<std::string, std::string> users_by_token_;
  std::map<std::string, std::string> users_;  // id → username
  std::vector<board> boards_;
  std::vector<pin> pins_;  // oldest first
  std::uint64_t last_id_ = 813'744'226'420'000'000;
  film_shelf films_;
  calls_window writes_{100, std::chrono::seconds{60}};
  calls_window reads_{1'000, std::chrono::seconds{60}};
  oauth_desk desk_{{.platform = "Pinterest",
                    .authorize_path = "/oauth/",
                    .token_path = "/v5/oauth/token",
                    .client_id = "sandbox-pinterest-app",
                    .client_secret = "sandbox-pinterest-secret",
                    .how = client_auth::basic,
                    .code_life = std::chrono::minutes{10},
                    .access_life = std::chrono::hours{24 * 30},
                    .refresh_life = std::chrono::hours{24 * 60}}};
};

}  // namespace pulse::sandbox::pinterest

// The stand-in for Mastodon: apps, statuses under keys, media, an account's own list.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/core/platform.hpp"
#include "sandbox/mastodon/apps.hpp"
#include "sandbox/mastodon/rules.hpp"

namespace pulse::sandbox::mastodon {

struct stored_status {
  std::string id;
  std::string user_id;
  std::string text;
  std::string spoiler;
  std::string visibility;
  std::string language;
  std::string reply_to;
  std::string app_name;
  std::vector<std::string> media_ids;
  base::timestamp created_at;
};

struct stored_medium {
  std::string user_id;
  std::string description;
  base::timestamp ready_at;
  bool fails = false;
  std::string status_id;  // empty: not attached
  bool is_film = false;
};

/// Served below /mastodon/, and as on a real host where paths do not collide. Strict about client errors: see the
/// README.
class mastodon_platform final : public platform {
 public:
  std::string_view name() const override { return "mastodon"; }
  bool owns(std::string_view path) const override;
  std::string account_of(const http::server::request& request) const override;
  verdict answer(const http::server::request& request, base::timestamp now) override;
  void process_next(processing how) override { next_ = how; }
  http::server::response failure(int status) const override;

  /// `{"user_id": "42", "username": "acme", "name": "Acme"}`
  complaint add_account(const boost::json::object& command, const std::string& token_hash) override;
  complaint set_limits(const boost::json::object& command) override { return apply(command, rules_, limits_); }
  void replay(const boost::json::object& record, base::timestamp at) override;
  boost::json::object state() const override;

 private:
  struct user {
    std::string username;
    std::string name;
  };
  struct used_key {
    std::string status_id;
    base::timestamp at;
  };

  verdict carry_out(const http::server::request& request, const token_holder& holder, base::timestamp now);
  verdict on_status(const http::server::request& request, const std::string& account, std::string_view rest,
                    base::timestamp now);
  verdict create(const http::server::request& request, const token_holder& holder, base::timestamp now);
  std::optional<verdict> refuse_status(const values& given, const stored_status& made, base::timestamp now) const;
  verdict upload(const http::server::request& request, const std::string& account, base::timestamp now);
  verdict show_medium(const std::string& account, const std::string& id, base::timestamp now) const;
  verdict list(const http::server::request& request, const std::string& account, const std::string& of) const;
  verdict remove(const std::string& account, const std::string& id);
  verdict edit(const http::server::request& request, const std::string& account, const std::string& id);
  verdict show_instance(bool is_old) const;
  verdict show_user(const std::string& account) const;
  boost::json::object to_json(const stored_status& one) const;
  const stored_status* find(const std::string& id) const;
  void restore_status(const boost::json::object& record);

  app_desk desk_;
  instance_rules rules_;
  rate_limits limits_;
  std::map<std::string, user> users_;
  std::vector<stored_status> statuses_;  // oldest first
  std::map<std::string, stored_medium> media_;
  std::map<std::pair<std::string, std::string>, used_key> keys_;  // by account and key
  std::uint64_t last_id_ = 115'000'000'000'000'000;
  std::optional<processing> next_;
};

}  // namespace pulse::sandbox::mastodon

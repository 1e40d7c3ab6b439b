// Registered apps, and the tokens that people gave them. This server stands for every instance; an app belongs to the
// host at which it was registered.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "base/time.hpp"
#include "sandbox/core/oauth_desk.hpp"
#include "sandbox/core/platform.hpp"
#include "sandbox/mastodon/requests.hpp"

namespace pulse::sandbox::mastodon {

/// The account of a token. An app's own token has none.
struct token_holder {
  std::string user_id;  // empty: the app
  std::string scope;
  std::string app_name;
};

/// Lives on the sandbox's one thread.
class app_desk {
 public:
  bool owns(std::string_view path) const;

  /// POST /api/v1/apps, GET /oauth/authorize, POST /oauth/token, POST /oauth/revoke.
  verdict answer(const http::server::request& request, const std::vector<desk_user>& users, base::timestamp now);

  /// The holder of the request's token; nothing without a valid token.
  std::optional<token_holder> holder_of(const http::server::request& request) const;

  /// Adds a token with all scopes, without the consent page.
  void add_token(const std::string& hash, const std::string& user_id);
  void restore(const boost::json::object& record);

 private:
  struct app {
    std::string host;
    std::string name;
    std::string secret_hash;
    std::vector<std::string> redirect_uris;
    std::vector<std::string> scopes;
    std::unique_ptr<oauth_desk> desk;
  };

  verdict register_app(const http::server::request& request, base::timestamp now);
  verdict authorize(const http::server::request& request, const std::vector<desk_user>& users, base::timestamp now);
  verdict token(const http::server::request& request, base::timestamp now);
  verdict revoke(const http::server::request& request);
  /// The app of this host that the form names with its secret; nothing otherwise.
  app* client_in(const values& given, const http::server::request& request);

  std::map<std::string, app, std::less<>> apps_;
  std::map<std::string, token_holder> tokens_;  // by hash
};

}  // namespace pulse::sandbox::mastodon

// The front door: from a parsed request to its response, for every route of the API.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "http/api/audited.hpp"
#include "http/api/route_table.hpp"
#include "http/api/services.hpp"
#include "http/auth/authenticator.hpp"
#include "http/auth/browser_sessions.hpp"
#include "http/auth/call_limits.hpp"
#include "http/auth/sign_in_limits.hpp"
#include "http/auth/standings.hpp"
#include "http/bridges/confirmation.hpp"
#include "http/routes/operations/docs_assets.hpp"
#include "http/routes/site/site_cache.hpp"
#include "http/server/message.hpp"
#include "http/server/server.hpp"

namespace pulse::http {

/// Beginnings of the paths that pages of every origin may read, for server::options.
std::vector<std::string> open_paths();

/// The largest body where a route says nothing else: for whoever has shown a token, and for everybody.
inline constexpr std::size_t body_bytes_max = 1024 * 1024;
inline constexpr std::size_t public_body_bytes_max = 4 * 1024;

/// Finds the route, identifies the caller, checks the permission, runs the handler, counts and logs. Built before the
/// server and destroyed after it; then read-only, so every io thread uses the same one.
class front_door {
 public:
  struct options {
    /// Where `npm ci` put the viewers of /docs and /redoc: the node_modules of http/docs_assets. Missing files are said
    /// to whoever opens the pages; nothing else needs them.
    std::string docs_assets;
    sign_in_limits::options limits;
    call_limits::options calls = {};
    /// Asked for GET and HEAD where no route is, and before the route for "/": the dashboard (dashboard_pages). The
    /// path is the request's without the prefix under which others see this service. May be empty.
    std::function<std::optional<server::response>(const server::request&, std::string_view path)> pages;
    /// Adds further routes to the table. May be empty.
    std::function<void(route_table&)> more_routes;
    /// How io threads confirm who asks on connections of their own (http/bridges/confirmation). None: the pool does.
    std::optional<persistence::standing_confirmer::options> confirming = {};
  };

  /// `with` outlives it.
  front_door(services& services, options settings);
  front_door(const front_door&) = delete;
  front_door& operator=(const front_door&) = delete;

  /// For server::server. Both refer to this front door.
  server::handler handler();
  server::server::refusal refusal();
  /// For server::options::before_body. No such address, no token, a token that is not good or lacks the permission:
  /// answered at once.
  server::body_permit permit_body(const server::request& request);

  boost::asio::awaitable<server::response> answer(const server::request& request);

  /// The cache of members' standings, which is told of every change.
  standings& known() { return standings_; }

  const route_table& table() const { return table_; }
  const confirmations& confirming() const { return confirmations_; }

 private:
  /// The route, also below the prefix that a proxy may leave on; `path` becomes the one that was found.
  router::match find(const server::request& request, std::string_view& path) const;
  server::response answer_unrouted(const server::request& request, const router::match& match);
  std::optional<server::response> find_page(const server::request& request, std::string_view path) const;
  /// The caller, as far as known without asking the database.
  std::optional<problem> presume(request_context& context);
  std::optional<problem> check_permission(const request_context& context) const;
  boost::asio::awaitable<std::optional<problem>> admit(request_context& context, call_limits::taken& taken);
  boost::asio::awaitable<server::response> run(request_context& context);
  boost::asio::awaitable<std::optional<problem>> confirm(request_context& context, server::response& given);
  void finish(const request_context& context, server::response& given) const;

  services& services_;
  options settings_;
  standings standings_;
  authenticator authenticator_;
  confirmations confirmations_;
  sign_in_limits limits_;
  call_limits calls_;
  refusal_audit refusals_;
  browser_sessions browsers_;
  routes::docs_assets docs_;
  routes::site_cache sites_;
  route_table table_;
};

}  // namespace pulse::http

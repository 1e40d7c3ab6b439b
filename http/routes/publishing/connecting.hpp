// Connecting an account at a provider, for a channel or as a member's own account.
#pragma once

#include <optional>
#include <string>

#include "domain/platforms/login_purpose.hpp"
#include "http/api/reply.hpp"
#include "http/api/route_table.hpp"

namespace pulse::http::routes {

struct oauth_start {
  std::string provider;
  std::string authorization_url;  // where the browser goes
};
BOOST_DESCRIBE_STRUCT(oauth_start, (), (provider, authorization_url))

/// A name and an app password. Neither is stored.
struct password_request {
  base::text<1, 255> identifier;
  base::text<1, 255> app_password;
  std::optional<base::uuid> project_id;
};
BOOST_DESCRIBE_STRUCT(password_request, (), (identifier, app_password, project_id))

enum class connect_result { connected, choose };
BOOST_DESCRIBE_ENUM(connect_result, connected, choose)

struct connected_account {
  std::string provider;
  connect_result result = connect_result::choose;  // choose: no channel was made
  int accounts = 0;
};
BOOST_DESCRIBE_STRUCT(connected_account, (), (provider, result, accounts))

/// The provider's name for people; the given name if the provider is unknown.
std::string display_name_of(const std::string& provider);

/// Connections belong to the whole company: refuses members and tokens that are limited to projects.
std::optional<problem> refuse_limited(const request_context& context);

/// Begins a sign-in at the provider's page. The answer sets the cookie that binds the return to this browser.
boost::asio::awaitable<reply<oauth_start>> start_connecting(request_context& context, std::string provider,
                                                            domain::login_purpose purpose,
                                                            std::optional<base::uuid> project_id,
                                                            std::string instance = {});

/// Signs in with an app password, for providers without a sign-in page.
boost::asio::awaitable<reply<connected_account>> connect_by_password(request_context& context, std::string provider,
                                                                     password_request given);

/// The address to which the provider's page returns the browser: completes the sign-in and redirects to the dashboard.
boost::asio::awaitable<reply<document>> come_back(request_context& context, std::string provider);

}  // namespace pulse::http::routes

// Connecting an account at a provider, whoever asks: a channel's connection, or a member's own account.
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

/// A name and a password that the person made for apps. Nothing of it is kept.
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

/// What people call the provider; its name for one that is not known.
std::string display_name_of(const std::string& provider);

/// Logins are the whole company's: nothing for a member, or a token, limited to projects.
std::optional<problem> refuse_limited(const request_context& context);

/// Begins a sign-in at the provider's page. The answer sets the cookie that binds the way back to this browser.
boost::asio::awaitable<reply<oauth_start>> start_connecting(request_context& context, std::string provider,
                                                            domain::login_purpose purpose,
                                                            std::optional<base::uuid> project_id,
                                                            std::string instance = {});

/// Signs in by a password for apps, where the provider has no page.
boost::asio::awaitable<reply<connected_account>> connect_by_password(request_context& context, std::string provider,
                                                                     password_request given);

/// Where the provider's page sends the browser back: finishes the sign-in and redirects to the dashboard.
boost::asio::awaitable<reply<document>> come_back(request_context& context, std::string provider);

}  // namespace pulse::http::routes

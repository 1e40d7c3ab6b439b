// How often one address, and one e-mail address, may try to sign in or sign up.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "http/auth/rate_limit.hpp"

namespace pulse::http {

/// What an address counts as: itself, or the /64 network of an IPv6 address, which one customer has all of.
std::string network_of(std::string_view remote_address);

class sign_in_limits {
 public:
  struct options {
    rate_policy login_by_address{"login_by_address", 60, std::chrono::seconds{60}};
    rate_policy login_by_email{"login_by_email", 10, std::chrono::seconds{300}};
    rate_policy signup_by_address{"signup_by_address", 60, std::chrono::seconds{3600}};
    rate_policy refresh_by_address{"refresh_by_address", 120, std::chrono::seconds{60}};
  };

  explicit sign_in_limits(const options& settings)
      : login_by_address(settings.login_by_address),
        login_by_email(settings.login_by_email),
        signup_by_address(settings.signup_by_address),
        refresh_by_address(settings.refresh_by_address) {}

  rate_limiter login_by_address;
  rate_limiter login_by_email;
  rate_limiter signup_by_address;
  rate_limiter refresh_by_address;
};

}  // namespace pulse::http

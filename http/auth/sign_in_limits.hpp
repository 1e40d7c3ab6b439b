// How often one network may sign in, sign up or request mails, and how often all strangers together may guess at one
// account. How a single guesser is slowed down: persistence/people/wrong_guesses.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "http/auth/rate_limit.hpp"

namespace pulse::http {

/// The key of an address in a limit: itself, or its /64 network for IPv6, because one customer has all of that.
std::string network_of(std::string_view remote_address);

class sign_in_limits {
 public:
  struct options {
    rate_policy login_by_address{"login_by_address", 60, std::chrono::seconds{60}};
    /// Wrong guesses at one account from devices and networks that it has never signed in from, all together: at most
    /// 100 a day. Strangers cannot slow down a known device or network, and a mail lets its owner in from anywhere.
    rate_policy guesses_by_account{"guesses_by_account", 50, std::chrono::hours{24}};
    rate_policy signup_by_address{"signup_by_address", 60, std::chrono::seconds{3600}};
    rate_policy refresh_by_address{"refresh_by_address", 120, std::chrono::seconds{60}};
    rate_policy mails_by_address{"mails_by_address", 30, std::chrono::seconds{3600}};
    rate_policy mails_to_one{"mails_to_one", 5, std::chrono::seconds{3600}};
  };

  explicit sign_in_limits(const options& settings)
      : login_by_address(settings.login_by_address),
        guesses_by_account(settings.guesses_by_account),
        signup_by_address(settings.signup_by_address),
        refresh_by_address(settings.refresh_by_address),
        mails_by_address(settings.mails_by_address),
        mails_to_one(settings.mails_to_one) {}

  rate_limiter login_by_address;
  rate_limiter guesses_by_account;  // supplies policy and texts; persistence/people/wrong_guesses counts
  rate_limiter signup_by_address;
  rate_limiter refresh_by_address;
  rate_limiter mails_by_address;
  rate_limiter mails_to_one;
};

}  // namespace pulse::http

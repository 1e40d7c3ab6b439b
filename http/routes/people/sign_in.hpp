// Shared parts of the routes for signing in, sessions and passwords.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/omittable.hpp"
#include "domain/people/passwords.hpp"
#include "domain/people/permission.hpp"
#include "http/api/problem.hpp"
#include "http/api/reply.hpp"
#include "http/api/request_context.hpp"
#include "http/auth/authenticator.hpp"
#include "http/auth/browser_sessions.hpp"
#include "http/auth/sign_in_limits.hpp"
#include "http/auth/standings.hpp"
#include "persistence/people/members.hpp"
#include "persistence/people/sessions.hpp"

namespace pulse::http::routes {

/// The services that signing in needs in addition to `services`; all of them outlive the table.
struct sign_in_services {
  sign_in_limits& limits;
  authenticator& identities;
  const browser_sessions& browsers;
  standings& known;
};

// --- what goes out ---------------------------------------------------------------------------------------------------

struct member {
  base::uuid id;
  std::string email;
  std::string full_name;
  domain::role role = domain::role::member;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(member, (), (id, email, full_name, role, created_at))

struct subscription {
  std::string plan;
  persistence::members::subscription_status status = persistence::members::subscription_status::trial;
  std::optional<base::timestamp> trial_ends_at;
};
BOOST_DESCRIBE_STRUCT(subscription, (), (plan, status, trial_ends_at))

struct signed_in {
  std::string access_token;
  base::omittable<std::string> refresh_token;  // none: the cookie holds it
  std::string token_type;
  std::int64_t expires_in = 0;  // seconds until the access token expires
  persistence::members::company company;
  routes::member member;
  routes::subscription subscription;
};
BOOST_DESCRIBE_STRUCT(signed_in, (),
                      (access_token, refresh_token, token_type, expires_in, company, member, subscription))

/// As signed_in, but it has tokens only when the account is active at once.
struct signed_up {
  base::omittable<std::string> access_token;
  base::omittable<std::string> refresh_token;
  base::omittable<std::string> token_type;
  base::omittable<std::int64_t> expires_in;  // seconds until the access token expires
  persistence::members::company company;
  routes::member member;
  routes::subscription subscription;
  bool email_verified = false;  // false: a mail is on its way
};
BOOST_DESCRIBE_STRUCT(signed_up, (),
                      (access_token, refresh_token, token_type, expires_in, company, member, subscription,
                       email_verified))

persistence::members::company company_of(const persistence::members::account& from);
member member_of(const persistence::members::account& from);
subscription subscription_of(const persistence::members::account& from);

// --- sessions --------------------------------------------------------------------------------------------------------

/// A session to be stored. It is made before the transaction, so that the job can be repeated.
struct new_session {
  base::uuid id;
  base::timestamp now;
  persistence::sessions::origin from;
  bool is_strong = false;  // it began with a passkey or at an identity provider
};

new_session begin_session(const request_context& context);
problem company_suspended();
void store_session(persistence::transaction& within, const new_session& made, const base::uuid& member_id);
/// Stores it, and gives the account that it is of; the problem, so that nothing is stored, where the company is
/// suspended, and `gone` where the member is no longer active.
result<persistence::members::account> open_session(persistence::transaction& within, const new_session& made,
                                                   const base::uuid& member_id, problem gone);

/// The origin of a request, as the session stores it.
persistence::sessions::origin origin_of(const server::request& request);

/// The tokens of a session; `generation` is that of its valid refresh token.
signed_in to_signed_in(const request_context& context, const base::uuid& session_id, int generation,
                       base::timestamp now, const persistence::members::account& from);

/// The reply with the tokens, in the body or in a cookie as the client wants them.
reply<signed_in> hand_out(const request_context& context, const browser_sessions& browsers, keeping how,
                          signed_in made);

/// The answer to a new member: with tokens of `session` when the account is active (`counts`), else 202.
reply<signed_up> answer_signup(const request_context& context, const sign_in_services& services, keeping how,
                               const persistence::members::account& from, const new_session& session, bool counts);

// --- passwords -------------------------------------------------------------------------------------------------------

/// A newly chosen password, prepared (RFC 8265) and strong enough. The problem names `pointer`.
result<std::string> choose_password(const std::string& text, const std::vector<std::string>& about,
                                    std::string_view pointer);

/// The problem where no password of this network can be hashed now. Before a guess is counted, because one that is not
/// looked at is none; and before anything is asked of the database, because a flood of them must not reach that.
std::optional<problem> refuse_crowded(const request_context& context);

boost::asio::awaitable<result<std::string>> hash_password(request_context& context, std::string prepared);
/// Hashes with the salt of the hash `like`, so that one hash later checks both (`password_hasher::hash`).
boost::asio::awaitable<result<std::string>> hash_like(request_context& context, std::string prepared, std::string like);
/// Hashes for a new account with the salt of the first account of this address, so that a sign-in costs one hash for
/// all. A password chosen later gets its own salt: a reset link must not work again when the old password comes back.
boost::asio::awaitable<result<std::string>> hash_first_password(request_context& context, std::string prepared,
                                                                std::string email);
/// Whether `text`, as typed, is the password behind `encoded`. An empty `encoded` takes as long and never matches.
boost::asio::awaitable<result<bool>> verify_password(request_context& context, const std::string& text,
                                                     std::string encoded);
/// Verifies several, in their order: see password_hasher::verify_each.
boost::asio::awaitable<result<std::vector<bool>>> verify_passwords(request_context& context, const std::string& text,
                                                                   std::vector<std::string> encoded);

// --- limits ----------------------------------------------------------------------------------------------------------

/// Takes one attempt; the problem when none is left.
std::optional<problem> take_try(rate_limiter& from, std::string_view key);

/// Begins a guess at the secret of `key`, counted by all processes; the problem when it is too soon after a wrong one.
boost::asio::awaitable<std::optional<problem>> begin_guess(request_context& context, std::string key);
/// Clears the count after a right guess.
boost::asio::awaitable<void> forgive_guesses(request_context& context, std::string key);

problem wrong_credentials();

/// X-Tenant-ID, where it was sent.
result<std::optional<base::uuid>> wanted_tenant(const request_context& context);

}  // namespace pulse::http::routes

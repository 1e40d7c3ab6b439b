// What the routes of signing in, staying signed in and passwords have in common.
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

/// What signing in needs beside `services`; all of it outlives the table.
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
  base::omittable<std::string> refresh_token;  // none: it is in the cookie
  std::string token_type;
  std::int64_t expires_in = 0;  // seconds, of the access token
  persistence::members::company company;
  routes::member member;
  routes::subscription subscription;
};
BOOST_DESCRIBE_STRUCT(signed_in, (),
                      (access_token, refresh_token, token_type, expires_in, company, member, subscription))

/// As signed_in, but the tokens are there only when the account counts at once.
struct signed_up {
  base::omittable<std::string> access_token;
  base::omittable<std::string> refresh_token;
  base::omittable<std::string> token_type;
  base::omittable<std::int64_t> expires_in;  // seconds, of the access token
  persistence::members::company company;
  routes::member member;
  routes::subscription subscription;
  bool email_verified = false;  // no: a mail is on its way
};
BOOST_DESCRIBE_STRUCT(signed_up, (),
                      (access_token, refresh_token, token_type, expires_in, company, member, subscription,
                       email_verified))

persistence::members::company company_of(const persistence::members::account& from);
member member_of(const persistence::members::account& from);
subscription subscription_of(const persistence::members::account& from);

// --- sessions --------------------------------------------------------------------------------------------------------

/// A session to be opened: made before the transaction, so that the job can be repeated.
struct new_session {
  base::uuid id;
  base::timestamp now;
  persistence::sessions::origin from;
  bool is_strong = false;  // it begins with a passkey or at an identity provider
};

new_session begin_session(const request_context& context);
void store_session(persistence::transaction& within, const new_session& made, const base::uuid& member_id);

/// From where a request comes, as it is kept with a session.
persistence::sessions::origin origin_of(const server::request& asked);

/// The tokens of a session whose refresh token of `generation` is good.
signed_in to_signed_in(const request_context& context, const base::uuid& session_id, int generation,
                       base::timestamp now, const persistence::members::account& from);

/// The reply that hands out tokens, in the way in which the client keeps them.
reply<signed_in> hand_out(const request_context& context, const browser_sessions& browsers, keeping how,
                          signed_in made);

/// The answer to whoever has become a member: with tokens of `session` when the account `counts`, else 202.
reply<signed_up> answer_signup(const request_context& context, const sign_in_services& services, keeping how,
                               const persistence::members::account& from, const new_session& session, bool counts);

// --- passwords -------------------------------------------------------------------------------------------------------

/// A password that somebody chooses, prepared (RFC 8265) and good enough; the problem names `pointer`.
result<std::string> choose_password(const std::string& text, const std::vector<std::string>& about,
                                    std::string_view pointer);

boost::asio::awaitable<result<std::string>> hash_password(request_context& context, std::string prepared);
/// With the salt of the hash `like`, so that one hash tells of both (`password_hasher::hash`).
boost::asio::awaitable<result<std::string>> hash_like(request_context& context, std::string prepared, std::string like);
/// Of a new account with this address: with the salt of the first that has it, so that signing in costs one hash for all of them. One that
/// is chosen later has a salt of its own: a link that changes a password must not be good again when the old one comes back.
boost::asio::awaitable<result<std::string>> hash_first_password(request_context& context, std::string prepared,
                                                                std::string email);
/// Whether `text`, as it was typed, is the password behind `encoded`; an empty `encoded` takes as long and is none.
boost::asio::awaitable<result<bool>> verify_password(request_context& context, const std::string& text,
                                                     std::string encoded);
/// The same of several, in their order: see password_hasher::verify_each.
boost::asio::awaitable<result<std::vector<bool>>> verify_passwords(request_context& context, const std::string& text,
                                                                   std::vector<std::string> encoded);

// --- limits ----------------------------------------------------------------------------------------------------------

/// Takes one try; the problem when there are none left.
std::optional<problem> take_try(rate_limiter& from, std::string_view key);

/// Begins a guess at whatever `key` names, counted for all processes; the problem when it is too soon after a wrong one.
boost::asio::awaitable<std::optional<problem>> begin_guess(request_context& context, std::string key);
/// The guess was right: all before it is forgiven.
boost::asio::awaitable<void> forgive_guesses(request_context& context, std::string key);

problem wrong_credentials();

/// X-Tenant-ID, where it was sent.
result<std::optional<base::uuid>> wanted_tenant(const request_context& context);

}  // namespace pulse::http::routes

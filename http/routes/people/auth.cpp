#include "http/routes/people/auth.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "domain/people/credentials.hpp"
#include "http/api/services.hpp"
#include "http/auth/stamps.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/people/second_factor.hpp"
#include "persistence/people/wrong_guesses.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace members = persistence::members;
using domain::permission;
using server::verb;

struct login {
  domain::email_address email;
  base::text<1, 128> password;
  std::optional<base::text<6, 32>> code;    // of the second factor, if it is on
  std::optional<passkey_response> passkey;  // instead of the code
};
BOOST_DESCRIBE_STRUCT(login, (), (email, password, code, passkey))

struct account {
  members::company company;
  routes::member member;
  routes::subscription subscription;
  std::vector<permission> permissions;
  bool is_platform_admin = false;
  bool is_limited = false;  // to some projects
};
BOOST_DESCRIBE_STRUCT(account, (), (company, member, subscription, permissions, is_platform_admin, is_limited))

std::vector<permission> permissions_of(const principal& who) {
  std::vector<permission> held;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<permission>>([&](auto entry) {
    if (entry.value != permission::public_ && may(who, entry.value)) held.push_back(entry.value);
  });
  return held;
}

// --- POST /auth/login ------------------------------------------------------------------------------------------------

/// An attempt to sign in, and the key that counts it.
struct guess {
  std::string key;               // account and origin
  bool is_by_a_stranger = true;  // counted together with the attempts of all strangers at this account
};

bool is_device_of(const request_context& context, const sign_in_services& services,
                  const std::vector<members::login>& candidates) {
  const auto text = services.browsers.device_of(context.request);
  if (!text) return false;
  const auto known =
      read_member_stamp(context.services.stamps, stamp_purpose::device, *text, context.services.clock.now());
  return known && std::any_of(candidates.begin(), candidates.end(), [&](const auto& one) {
           return one.tenant_id == known->tenant_id && one.member_id == known->member_id;
         });
}

persistence::wrong_guesses::allowance allowance_of(const rate_policy& from) {
  return {static_cast<int>(from.quota), from.window};
}

/// A known device is slowed down only by its own wrong guesses, a known network by guesses from it, and everybody else
/// by the guesses of all strangers. So nobody can lock out the member on a device or network from which they signed in
/// before.
net::awaitable<result<guess>> begin_login(request_context& context, const sign_in_services& services,
                                          const std::string& email, const std::vector<members::login>& candidates) {
  const auto network = network_of(context.request.remote_address);
  guess made{fmt::format("network {} {}", email, network)};
  if (is_device_of(context, services, candidates)) {
    made = {fmt::format("device {} {}", email, *services.browsers.device_of(context.request)), false};
  } else if (std::any_of(candidates.begin(), candidates.end(), [](const auto& one) { return one.is_known_network; })) {
    made.is_by_a_stranger = false;
  }
  auto wait = co_await begin_guess(context, made.key);
  if (wait) co_return std::move(*wait);
  if (!made.is_by_a_stranger) co_return made;
  const auto& policy = services.limits.guesses_by_account.policy();
  auto job = [key = "account " + email, allowed = allowance_of(policy),
              now = context.services.clock.now()](persistence::transaction& within) {
    return persistence::wrong_guesses::take(within, key, allowed, now);
  };
  const auto held_up = co_await in_transaction(context, std::optional<base::uuid>{}, std::move(job));
  if (!held_up) co_return held_up.error();
  if (held_up->count() > 0) {
    auto refused = services.limits.guesses_by_account.refuse({.allowed = false, .remaining = 0, .reset = *held_up});
    refused.detail =
        "There were too many wrong passwords for this account from unknown places. Sign in from a device or a network "
        "that you have used before, or use POST /auth/password/forgot: its mail lets you in from anywhere.";
    co_return refused;
  }
  co_return made;
}

net::awaitable<void> forgive(request_context& context, const sign_in_services& services, const guess& made,
                             const std::string& email) {
  auto job = [made, key = "account " + email,
              allowed = allowance_of(services.limits.guesses_by_account.policy())](persistence::transaction& within) {
    persistence::wrong_guesses::forgive(within, made.key);
    if (made.is_by_a_stranger) persistence::wrong_guesses::give_back(within, key, allowed);
  };
  co_await in_transaction(context, std::optional<base::uuid>{}, std::move(job));
}

/// The logins whose password matches.
net::awaitable<result<std::vector<members::login>>> find_fitting(request_context& context, const std::string& password,
                                                                 std::vector<members::login> candidates) {
  // The number of salts is limited, so members of this network are tried first.
  std::stable_partition(candidates.begin(), candidates.end(), [](const auto& one) { return one.is_known_network; });
  // Without a candidate a dummy hash is tried: the response time does not tell who is a member.
  if (candidates.empty()) candidates.emplace_back();
  std::vector<std::string> hashes;
  hashes.reserve(candidates.size());
  for (const auto& candidate : candidates) hashes.push_back(candidate.password_hash);
  const auto fits = co_await verify_passwords(context, password, std::move(hashes));
  if (!fits) co_return fits.error();
  std::vector<members::login> fitting;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if ((*fits)[i]) fitting.push_back(std::move(candidates[i]));
  }
  co_return fitting;
}

/// Renews hashes that were made with other parameters than today's, while the password is known. A failure here is made
/// up for at the next sign-in.
net::awaitable<void> renew_hashes(request_context& context, const std::string& password,
                                  const std::vector<members::login>& fitting) {
  constexpr std::size_t most_renewed = 16;  // of one sign-in
  const auto is_old = [&context](const auto& one) {
    return context.services.passwords.needs_rehash(one.password_hash);
  };
  if (std::none_of(fitting.begin(), fitting.end(), is_old)) co_return;
  auto prepared = domain::prepare_password(password);
  if (!prepared) co_return;
  const auto renewed = std::find_if_not(fitting.begin(), fitting.end(), is_old);
  // All logins get the same salt, so that one hash later checks all companies.
  std::string like;
  if (renewed != fitting.end()) like = renewed->password_hash;
  const auto hash = co_await hash_like(context, std::move(*prepared), std::move(like));
  if (!hash) co_return;
  std::size_t count = 0;
  for (const auto& one : fitting) {
    if (!is_old(one)) continue;
    if (++count > most_renewed) break;
    auto job = [member_id = one.member_id, before = one.password_hash,
                after = *hash](persistence::transaction& within) {
      return members::replace_password(within, member_id, before, after);
    };
    co_await in_transaction(context, one.tenant_id, std::move(job));
  }
}

/// Chooses the one login among those whose password matches.
result<members::login> choose(std::vector<members::login> fitting) {
  const auto unverified = [](const auto& one) { return !one.is_verified; };
  if (std::all_of(fitting.begin(), fitting.end(), unverified)) {
    return problems::forbidden("email_not_verified",
                               "The e-mail address is not verified yet: open the link that was mailed to it. POST "
                               "/auth/verify-email/send mails another.");
  }
  std::erase_if(fitting, unverified);
  if (fitting.size() > 1) {
    return problems::conflict(
        "tenant_required",
        "This e-mail address is in several companies. Send X-Tenant-ID with the id of the one to sign in to.");
  }
  if (fitting.front().is_suspended) return company_suspended();
  return fitting.front();
}

net::awaitable<result<members::login>> find_login(request_context& context, const sign_in_services& services,
                                                  const login& request) {
  const auto tenant_id = wanted_tenant(context);
  if (!tenant_id) co_return tenant_id.error();
  const auto network = network_of(context.request.remote_address);
  auto candidates =
      co_await read_all_of(context, std::nullopt, members::find_logins(request.email.value, *tenant_id, network));
  if (!candidates) co_return candidates.error();
  for (const auto& one : *candidates) context.concerns.push_back({one.tenant_id, one.member_id});
  const auto begun = co_await begin_login(context, services, request.email.value, *candidates);
  if (!begun) co_return begun.error();
  auto fitting = co_await find_fitting(context, request.password.value, std::move(*candidates));
  if (!fitting) co_return fitting.error();
  if (fitting->empty()) co_return wrong_credentials();
  co_await forgive(context, services, *begun, request.email.value);
  co_await renew_hashes(context, request.password.value, *fitting);
  co_return choose(std::move(*fitting));
}

net::awaitable<reply<signed_in>> log_in(request_context& context, const sign_in_services& services, login request) {
  const auto how = services.browsers.keeping_of(context.request);
  if (!how) co_return how.error();
  if (auto refused = take_try(services.limits.login_by_address, network_of(context.request.remote_address)))
    co_return std::move(*refused);
  if (auto refused = refuse_crowded(context)) co_return std::move(*refused);
  const auto found = co_await find_login(context, services, request);
  if (!found) co_return found.error();
  context.concerns = {{found->tenant_id, found->member_id}};

  const auto given = read_second_factor(context, request.code, request.passkey);
  if (!given) co_return given.error();
  if (given->code) {
    auto wait = co_await begin_guess(context, guess_of_code(found->member_id));
    if (wait) co_return std::move(*wait);
  }
  const auto session = begin_session(context);
  auto job = [member_id = found->member_id, session, given = *given,
              &box = context.services.secrets](persistence::transaction& within) -> result<members::account> {
    if (auto refused = pass_second_factor(within, member_id, given, box, session.now)) return std::move(*refused);
    return open_session(within, session, member_id, wrong_credentials());
  };
  auto opened = co_await in_transaction(context, found->tenant_id, std::move(job));
  if (!opened) {
    const auto why = opened.error();
    if (given->passkey)
      co_await mail_passkey_refusal(context, found->tenant_id, found->member_id, *given->passkey, why);
    co_return opened.error();
  }
  if (given->code) co_await forgive_guesses(context, guess_of_code(found->member_id));
  co_return hand_out(context, services.browsers, *how, to_signed_in(context, session.id, 0, session.now, *opened));
}

// --- GET /auth/me ----------------------------------------------------------------------------------------------------

net::awaitable<reply<account>> show_account(request_context& context) {
  auto found = co_await read_first(context, members::find_account(context.principal.member_id));
  if (!found) co_return found.error();
  if (!*found)
    co_return problems::unauthenticated("inactive_member",
                                        "This member is no longer active. Ask an owner of the company.");
  const auto& row = **found;
  co_return account{company_of(row),
                    member_of(row),
                    subscription_of(row),
                    permissions_of(context.principal),
                    context.principal.is_platform_admin,
                    context.principal.reach != nullptr};
}

}  // namespace

void add_auth(route_table& table, const sign_in_services& services) {
  table.add(verb::post, "/auth/login", permission::public_,
            [services](request_context& context, in_body<login> body) {
              return log_in(context, services, std::move(body.value));
            },
            "Sign in",
            {.problems = {401, 403, 409, 429, 503},
             .description = "X-Tenant-ID is needed where the e-mail address is in several companies. With "
                            "`X-Pulse-Session: cookie` the refresh token comes in an HttpOnly cookie instead of in the "
                            "body; then send that header with /auth/refresh and /auth/logout, too.",
             .no_store = true});
  table.add(verb::get, "/auth/me", permission::read_account, &show_account, "Who I am, and what I may do");
}

}  // namespace pulse::http::routes

#include "http/routes/people/signup.hpp"

#include <fmt/core.h>

#include "domain/people/credentials.hpp"
#include "domain/platforms/unicode.hpp"
#include "http/api/services.hpp"
#include "http/auth/stamps.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/people/mails.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace members = persistence::members;
using domain::permission;
using server::verb;

constexpr std::chrono::hours trial_period{24 * 14};

struct signup {
  base::text<1, 120> company_name;
  domain::email_address email;
  domain::new_password password;
  std::optional<base::text<1, 120>> full_name;
};
BOOST_DESCRIBE_STRUCT(signup, (), (company_name, email, password, full_name))

struct verification {
  base::text<1, 512> token;     // of the link in the mail
  base::text<1, 128> password;  // the one chosen at sign-up
};
BOOST_DESCRIBE_STRUCT(verification, (), (token, password))

struct address {
  domain::email_address email;
};
BOOST_DESCRIBE_STRUCT(address, (), (email))

// --- POST /signup ----------------------------------------------------------------------------------------------------

struct new_account {
  members::company company;
  members::subscription subscription;
  members::member owner;
};

/// The local part of the address, if no name was given.
std::string name_of(const signup& request) {
  if (request.full_name) return request.full_name->value;
  return request.email.value.substr(0, request.email.value.find('@'));
}

new_account to_new_account(const signup& request, base::timestamp now) {
  return {{base::new_uuid(now), request.company_name.value, now},
          {"trial", members::subscription_status::trial, now + trial_period},
          {base::new_uuid(now), request.email.value, name_of(request), domain::role::owner, now}};
}

members::account to_account(const new_account& from) {
  return {from.company.id,        from.company.name,      from.company.created_at,  from.company.paused_at,
          from.company.paused_by, from.subscription.plan, from.subscription.status, from.subscription.trial_ends_at,
          from.owner.id,          from.owner.email,       from.owner.display_name,  from.owner.role,
          from.owner.created_at};
}

/// Stores the company. True when its account is active at once: no mail is sent, and it is the first with its address.
/// Otherwise a mail with a link is stored with it.
bool store_company(persistence::transaction& within, new_account made, const std::string& hash,
                   const new_session& session, const persistence::mail_outbox::mail& mail, const services& services) {
  const bool is_first = members::find_logins(made.owner.email, std::nullopt).all(within).empty();
  const bool counts = is_first && !services.is_mail_sent;
  if (counts) made.owner.email_verified_at = session.now;
  members::insert_company(within, made.company, made.subscription);
  members::insert(within, made.owner, hash);
  if (counts) {
    store_session(within, session, made.owner.id);
  } else {
    persistence::mail_outbox::insert(within, mail, services.secrets, session.now);
  }
  return counts;
}

net::awaitable<reply<signed_up>> sign_up(request_context& context, const sign_in_services& services, signup request) {
  const auto how = services.browsers.keeping_of(context.request);
  if (!how) co_return how.error();
  if (domain::is_blank(request.company_name.value))
    co_return problems::invalid_field("/company_name", "must not be blank");
  if (request.full_name && domain::is_blank(request.full_name->value))
    co_return problems::invalid_field("/full_name", "must not be blank");
  auto password = choose_password(request.password.value,
                                  {request.email.value, request.company_name.value, name_of(request)}, "/password");
  if (!password) co_return password.error();
  if (auto refused = take_try(services.limits.signup_by_address, network_of(context.request.remote_address)))
    co_return std::move(*refused);
  auto hash = co_await hash_first_password(context, std::move(*password), request.email.value);
  if (!hash) co_return hash.error();

  const auto session = begin_session(context);
  const auto made = to_new_account(request, session.now);
  context.concerns = {{made.company.id, made.owner.id}};
  const auto mail = verification_mail(context, {made.company.id, made.owner.id, made.owner.email, made.company.name});
  auto job = [made, session, hash = *hash, mail, &services = context.services](persistence::transaction& within) {
    return store_company(within, made, hash, session, mail, services);
  };
  auto counts = co_await in_transaction(context, made.company.id, std::move(job));
  if (!counts) co_return counts.error();
  if (!*counts) mail_waits(context);
  co_return answer_signup(context, services, *how, to_account(made), session, *counts);
}

// --- /auth/verify-email ----------------------------------------------------------------------------------------------

problem wrong_link() {
  return problems::unauthenticated("wrong_link",
                                   "This link is invalid or has expired. POST /auth/verify-email/send mails another.");
}

net::awaitable<reply<signed_in>> verify_email(request_context& context, const sign_in_services& services,
                                              verification request) {
  const auto how = services.browsers.keeping_of(context.request);
  if (!how) co_return how.error();
  if (auto refused = take_try(services.limits.login_by_address, network_of(context.request.remote_address)))
    co_return std::move(*refused);
  const auto about = unproven_member(request.token.value);
  if (!about) co_return wrong_link();
  auto found = co_await read_first_of(context, about->tenant_id, members::find_proof(about->member_id));
  if (!found) co_return found.error();
  if (!*found) co_return wrong_link();
  context.concerns = {{about->tenant_id, about->member_id}};
  const auto proven = read_member_stamp(context.services.stamps, stamp_purpose::verify_email, request.token.value,
                                        context.services.clock.now(), (*found)->email);
  if (!proven) co_return wrong_link();
  if (auto refused = refuse_crowded(context)) co_return std::move(*refused);
  const auto guess =
      fmt::format("verify {}{}", base::to_string(about->member_id), network_of(context.request.remote_address));
  auto wait = co_await begin_guess(context, guess);
  if (wait) co_return std::move(*wait);
  auto fits = co_await verify_password(context, request.password.value, (*found)->password_hash);
  if (!fits) co_return fits.error();
  if (!*fits) co_return wrong_credentials();
  co_await forgive_guesses(context, guess);

  const auto session = begin_session(context);
  auto job = [member_id = about->member_id, session](persistence::transaction& within) -> result<members::account> {
    members::verify_email(within, member_id, session.now);
    return open_session(within, session, member_id, wrong_link());
  };
  auto opened = co_await in_transaction(context, about->tenant_id, std::move(job));
  if (!opened) co_return opened.error();
  co_return hand_out(context, services.browsers, *how, to_signed_in(context, session.id, 0, session.now, *opened));
}

net::awaitable<reply<nothing>> send_verification(request_context& context, const sign_in_services& services,
                                                 address request) {
  if (auto refused = take_try(services.limits.mails_by_address, network_of(context.request.remote_address)))
    co_return std::move(*refused);
  // Counted by purpose: exhausting these mails must not block a member's POST /auth/password/forgot.
  if (auto refused = take_try(services.limits.mails_to_one, "verify " + request.email.value))
    co_return std::move(*refused);
  const auto tenant_id = wanted_tenant(context);
  if (!tenant_id) co_return tenant_id.error();
  const auto logins =
      co_await read_all_of(context, std::nullopt, members::find_unconfirmed(request.email.value, *tenant_id));
  if (!logins) co_return logins.error();
  for (const auto& one : *logins) {
    const auto now = context.services.clock.now();
    auto job = [&context, one, now](persistence::transaction& within) {
      const auto proof = members::find_proof(one.member_id).first(within);
      if (!proof) return;
      const auto mail = verification_mail(context, {one.tenant_id, one.member_id, proof->email, proof->company_name});
      persistence::mail_outbox::insert(within, mail, context.services.secrets, now);
    };
    auto stored = co_await in_transaction(context, one.tenant_id, std::move(job));
    if (!stored) co_return stored.error();
  }
  mail_waits(context);
  co_return nothing{};
}

}  // namespace

void add_signup(route_table& table, const sign_in_services& services) {
  table.add(verb::post, "/signup", permission::public_,
            [services](request_context& context, in_body<signup> body) {
              return sign_up(context, services, std::move(body.value));
            },
            "Make a company with its owner, a trial subscription of 14 days, and tokens",
            {.success = 201,
             .also = 202,
             .problems = {403, 429, 503},
             .description = "Where mail is set up the answer is 202 without tokens: the link in the mail leads to POST "
                            "/auth/verify-email. Without (in development) the first account of an address is active at "
                            "once; the mails of the others are in the log.",
             .no_store = true});
  table.add(verb::post, "/auth/verify-email", permission::public_,
            [services](request_context& context, in_body<verification> body) {
              return verify_email(context, services, std::move(body.value));
            },
            "Confirm an e-mail address with the mailed link and the password, and sign in",
            {.problems = {401, 403, 429, 503}, .no_store = true});
  table.add(verb::post, "/auth/verify-email/send", permission::public_,
            [services](request_context& context, in_body<address> body) {
              return send_verification(context, services, std::move(body.value));
            },
            "Mail another link to an unconfirmed address; the answer does not tell whether the account exists",
            {.success = 204, .problems = {429, 503}});
}

}  // namespace pulse::http::routes

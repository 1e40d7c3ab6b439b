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
  base::text<1, 128> password;  // that was chosen when signing up
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

/// The local part of the address where no name was given.
std::string name_of(const signup& asked) {
  if (asked.full_name) return asked.full_name->value;
  return asked.email.value.substr(0, asked.email.value.find('@'));
}

new_account to_new_account(const signup& asked, base::timestamp now) {
  return {{base::new_uuid(now), asked.company_name.value, now},
          {"trial", members::subscription_status::trial, now + trial_period},
          {base::new_uuid(now), asked.email.value, name_of(asked), domain::role::owner, now}};
}

members::account to_account(const new_account& from) {
  return {from.company.id,
          from.company.name,
          from.company.created_at,
          from.company.paused_at,
          from.subscription.plan,
          from.subscription.status,
          from.subscription.trial_ends_at,
          from.owner.id,
          from.owner.email,
          from.owner.display_name,
          from.owner.role,
          from.owner.created_at};
}

/// Stores the company. True when its account counts at once: where no mail is sent, and it is the first with its address; else a mail
/// with a link is stored with it.
bool store_company(persistence::transaction& within, new_account made, const std::string& hash,
                   const new_session& session, const persistence::mail_outbox::mail& mail, const services& with) {
  const bool is_first = members::find_logins(made.owner.email, std::nullopt).all(within).empty();
  const bool counts = is_first && !with.is_mail_sent;
  if (counts) made.owner.email_verified_at = session.now;
  members::insert_company(within, made.company, made.subscription);
  members::insert(within, made.owner, hash);
  if (counts) {
    store_session(within, session, made.owner.id);
  } else {
    persistence::mail_outbox::insert(within, mail, with.secrets, session.now);
  }
  return counts;
}

net::awaitable<reply<signed_up>> sign_up(call& of, const sign_in_services& with, signup asked) {
  const auto how = with.browsers.keeping_of(of.request);
  if (!how) co_return how.error();
  if (domain::is_blank(asked.company_name.value))
    co_return problems::invalid_field("/company_name", "must not be blank");
  if (asked.full_name && domain::is_blank(asked.full_name->value))
    co_return problems::invalid_field("/full_name", "must not be blank");
  auto password =
      choose_password(asked.password.value, {asked.email.value, asked.company_name.value, name_of(asked)}, "/password");
  if (!password) co_return password.error();
  if (auto refused = take_try(with.limits.signup_by_address, network_of(of.request.remote_address)))
    co_return std::move(*refused);
  auto hash = co_await hash_first_password(of, std::move(*password), asked.email.value);
  if (!hash) co_return hash.error();

  const auto session = begin_session(of);
  const auto made = to_new_account(asked, session.now);
  of.concerns = {{made.company.id, made.owner.id}};
  const auto mail = verification_mail(of, {made.company.id, made.owner.id, made.owner.email, made.company.name});
  auto job = [made, session, hash = *hash, mail, &services = of.with](persistence::transaction& within) {
    return store_company(within, made, hash, session, mail, services);
  };
  auto counts = co_await in_transaction(of, made.company.id, std::move(job));
  if (!counts) co_return counts.error();
  if (!*counts) mail_waits(of);
  co_return answer_signup(of, with, *how, to_account(made), session, *counts);
}

// --- /auth/verify-email ----------------------------------------------------------------------------------------------

problem wrong_link() {
  return problems::unauthenticated(
      "wrong_link", "This link is not good, or not any more. POST /auth/verify-email/send mails another.");
}

net::awaitable<reply<signed_in>> verify_email(call& of, const sign_in_services& with, verification asked) {
  const auto how = with.browsers.keeping_of(of.request);
  if (!how) co_return how.error();
  if (auto refused = take_try(with.limits.login_by_address, network_of(of.request.remote_address)))
    co_return std::move(*refused);
  const auto about = unproven_member(asked.token.value);
  if (!about) co_return wrong_link();
  auto found = co_await read_first_of(of, about->tenant_id, members::find_proof(about->member_id));
  if (!found) co_return found.error();
  if (!*found) co_return wrong_link();
  of.concerns = {{about->tenant_id, about->member_id}};
  const auto proven = read_member_stamp(of.with.stamps, stamp_purpose::verify_email, asked.token.value,
                                        of.with.clock.now(), (*found)->email);
  if (!proven) co_return wrong_link();
  const auto guess =
      fmt::format("verify {}{}", base::to_string(about->member_id), network_of(of.request.remote_address));
  auto wait = co_await begin_guess(of, guess);
  if (wait) co_return std::move(*wait);
  auto fits = co_await verify_password(of, asked.password.value, (*found)->password_hash);
  if (!fits) co_return fits.error();
  if (!*fits) co_return wrong_credentials();
  co_await forgive_guesses(of, guess);

  const auto session = begin_session(of);
  auto job = [member_id = about->member_id, session](persistence::transaction& within) -> outcome<members::account> {
    members::verify_email(within, member_id, session.now);
    store_session(within, session, member_id);
    auto account = members::find_account(member_id).first(within);
    if (!account) return wrong_link();
    return std::move(*account);
  };
  auto opened = co_await in_transaction(of, about->tenant_id, std::move(job));
  if (!opened) co_return opened.error();
  co_return hand_out(of, with.browsers, *how, to_signed_in(of, session.id, 0, session.now, *opened));
}

net::awaitable<reply<nothing>> send_verification(call& of, const sign_in_services& with, address asked) {
  if (auto refused = take_try(with.limits.mails_by_address, network_of(of.request.remote_address)))
    co_return std::move(*refused);
  // Counted by purpose: whoever uses up these mails must not stand between an owner and her POST /auth/password/forgot.
  if (auto refused = take_try(with.limits.mails_to_one, "verify " + asked.email.value)) co_return std::move(*refused);
  const auto tenant_id = wanted_tenant(of);
  if (!tenant_id) co_return tenant_id.error();
  const auto logins = co_await read_all_of(of, std::nullopt, members::find_unconfirmed(asked.email.value, *tenant_id));
  if (!logins) co_return logins.error();
  for (const auto& one : *logins) {
    const auto now = of.with.clock.now();
    auto job = [&of, one, now](persistence::transaction& within) {
      const auto proof = members::find_proof(one.member_id).first(within);
      if (!proof) return;
      const auto mail = verification_mail(of, {one.tenant_id, one.member_id, proof->email, proof->company_name});
      persistence::mail_outbox::insert(within, mail, of.with.secrets, now);
    };
    auto stored = co_await in_transaction(of, one.tenant_id, std::move(job));
    if (!stored) co_return stored.error();
  }
  mail_waits(of);
  co_return nothing{};
}

}  // namespace

void add_signup(route_table& table, const sign_in_services& with) {
  table.add(verb::post, "/signup", permission::public_,
            [with](call& of, in_body<signup> body) { return sign_up(of, with, std::move(body.value)); },
            "Found a company: its owner, a trial subscription of 14 days, and tokens",
            {.success = 201,
             .also = 202,
             .problems = {403, 429, 503},
             .description = "Where mail is set up the answer is 202 without tokens: the link in the mail leads to POST "
                            "/auth/verify-email. Without (in development) the first account of an address counts at "
                            "once; the mails of the others are in the log.",
             .no_store = true});
  table.add(verb::post, "/auth/verify-email", permission::public_,
            [with](call& of, in_body<verification> body) { return verify_email(of, with, std::move(body.value)); },
            "Confirm an e-mail address with the link of the mail and the password, and sign in",
            {.problems = {401, 403, 429, 503}, .no_store = true});
  table.add(
      verb::post, "/auth/verify-email/send", permission::public_,
      [with](call& of, in_body<address> body) { return send_verification(of, with, std::move(body.value)); },
      "Mail another link to an address that is not confirmed; says nothing about whether there is such an account",
      {.success = 204, .problems = {429, 503}});
}

}  // namespace pulse::http::routes

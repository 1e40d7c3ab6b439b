#include "http/routes/people/passwords.hpp"

#include "domain/people/credentials.hpp"
#include "http/api/services.hpp"
#include "http/auth/stamps.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/people/mails.hpp"
#include "http/routes/people/second_factor.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace members = persistence::members;
namespace sessions = persistence::sessions;
using domain::permission;
using server::verb;

struct password_change {
  base::text<1, 128> current_password;
  domain::new_password new_password;
};
BOOST_DESCRIBE_STRUCT(password_change, (), (current_password, new_password))

struct forgotten {
  domain::email_address email;
};
BOOST_DESCRIBE_STRUCT(forgotten, (), (email))

struct password_reset {
  base::text<1, 512> token;  // of the link in the mail
  domain::new_password password;
  std::optional<base::text<6, 32>> code;    // of the second factor, if it is on
  std::optional<passkey_response> passkey;  // instead of the code
};
BOOST_DESCRIBE_STRUCT(password_reset, (), (token, password, code, passkey))

std::vector<std::string> words_about(const members::proof& of) { return {of.email, of.display_name, of.company_name}; }

problem wrong_link() {
  return problems::unauthenticated("wrong_link",
                                   "This link is invalid or has expired. POST /auth/password/forgot mails another.");
}

// --- PUT /auth/password ----------------------------------------------------------------------------------------------

net::awaitable<reply<nothing>> change_password(request_context& context, const sign_in_services& services,
                                               password_change request) {
  auto proof = co_await read_first(context, members::find_proof(context.principal.member_id));
  if (!proof) co_return proof.error();
  if (!*proof) co_return wrong_credentials();
  auto password = choose_password(request.new_password.value, words_about(**proof), "/new_password");
  if (!password) co_return password.error();
  if (auto refused = refuse_crowded(context)) co_return std::move(*refused);
  const auto guess = "change " + base::to_string(context.principal.member_id);
  auto wait = co_await begin_guess(context, guess);
  if (wait) co_return std::move(*wait);
  auto fits = co_await verify_password(context, request.current_password.value, (*proof)->password_hash);
  if (!fits) co_return fits.error();
  if (!*fits) co_return problems::invalid_field("/current_password", "is not your current password");
  co_await forgive_guesses(context, guess);
  auto hash = co_await hash_password(context, std::move(*password));
  if (!hash) co_return hash.error();

  const auto now = context.services.clock.now();
  auto job = [&context, who = context.principal, before = (*proof)->password_hash, hash = std::move(*hash),
              now](persistence::transaction& within) {
    if (!members::replace_password(within, who.member_id, before, hash)) return false;
    sessions::end_all(within, who.member_id, who.session_id, sessions::ending::password, now);
    tell_of_change(within, context, who.member_id, sign_in_change::password);
    return true;
  };
  auto changed = co_await in_transaction(context, std::move(job));
  if (!changed) co_return changed.error();
  if (!*changed) co_return problems::conflict("password_changed", "The password was changed at the same moment.");
  mail_waits(context);
  services.known.forget(context.principal.member_id);
  co_return nothing{};
}

// --- POST /auth/password/forgot, /reset ------------------------------------------------------------------------------

net::awaitable<reply<nothing>> send_reset(request_context& context, const sign_in_services& services,
                                          forgotten request) {
  if (auto refused = take_try(services.limits.mails_by_address, network_of(context.request.remote_address)))
    co_return std::move(*refused);
  if (auto refused = take_try(services.limits.mails_to_one, "reset " + request.email.value))
    co_return std::move(*refused);
  const auto tenant_id = wanted_tenant(context);
  if (!tenant_id) co_return tenant_id.error();
  const auto logins =
      co_await read_all_of(context, std::nullopt, members::find_logins(request.email.value, *tenant_id));
  if (!logins) co_return logins.error();
  for (const auto& one : *logins) {
    const auto now = context.services.clock.now();
    auto job = [&context, one, now](persistence::transaction& within) {
      const auto proof = members::find_proof(one.member_id).first(within);
      if (!proof) return;
      const addressee to{one.tenant_id, one.member_id, proof->email, proof->company_name};
      persistence::mail_outbox::insert(within, reset_mail(context, to, proof->password_hash), context.services.secrets,
                                       now);
    };
    auto stored = co_await in_transaction(context, one.tenant_id, std::move(job));
    if (!stored) co_return stored.error();
  }
  mail_waits(context);
  co_return nothing{};
}

/// The mail proves the address, so it is verified, too. Sessions of the old password end.
net::awaitable<reply<signed_in>> reset_password(request_context& context, const sign_in_services& services,
                                                password_reset request) {
  const auto how = services.browsers.keeping_of(context.request);
  if (!how) co_return how.error();
  if (auto refused = take_try(services.limits.login_by_address, network_of(context.request.remote_address)))
    co_return std::move(*refused);
  const auto about = unproven_member(request.token.value);
  if (!about) co_return wrong_link();
  auto proof = co_await read_first_of(context, about->tenant_id, members::find_proof(about->member_id));
  if (!proof) co_return proof.error();
  if (!*proof) co_return wrong_link();
  context.concerns = {{about->tenant_id, about->member_id}};
  const auto before = (*proof)->password_hash;
  if (!read_member_stamp(context.services.stamps, stamp_purpose::reset_password, request.token.value,
                         context.services.clock.now(), before))
    co_return wrong_link();
  auto password = choose_password(request.password.value, words_about(**proof), "/password");
  if (!password) co_return password.error();
  auto hash = co_await hash_password(context, std::move(*password));
  if (!hash) co_return hash.error();

  const auto given = read_second_factor(context, request.code, request.passkey);
  if (!given) co_return given.error();
  if (given->code) {
    auto wait = co_await begin_guess(context, guess_of_code(about->member_id));
    if (wait) co_return std::move(*wait);
  }
  const auto session = begin_session(context);
  auto job = [&context, member_id = about->member_id, before, hash = std::move(*hash), session, given = *given,
              &box = context.services.secrets](persistence::transaction& within) -> result<members::account> {
    if (auto refused = pass_second_factor(within, member_id, given, box, session.now)) return std::move(*refused);
    if (!members::replace_password(within, member_id, before, hash)) return wrong_link();
    members::verify_email(within, member_id, session.now);
    sessions::end_all(within, member_id, std::nullopt, sessions::ending::password, session.now);
    tell_of_change(within, context, member_id, sign_in_change::password);
    return open_session(within, session, member_id, wrong_link());
  };
  auto opened = co_await in_transaction(context, about->tenant_id, std::move(job));
  if (!opened) {
    const auto why = opened.error();
    if (given->passkey)
      co_await mail_passkey_refusal(context, about->tenant_id, about->member_id, *given->passkey, why);
    co_return opened.error();
  }
  if (given->code) co_await forgive_guesses(context, guess_of_code(about->member_id));
  mail_waits(context);
  services.known.forget(about->member_id);
  co_return hand_out(context, services.browsers, *how, to_signed_in(context, session.id, 0, session.now, *opened));
}

}  // namespace

void add_passwords(route_table& table, const sign_in_services& services) {
  table.add(verb::put, "/auth/password", permission::manage_self,
            [services](request_context& context, in_body<password_change> body) {
              return change_password(context, services, std::move(body.value));
            },
            "Change my password; my other sessions end", {.success = 204, .problems = {409, 429, 503}});
  table.add(verb::post, "/auth/password/forgot", permission::public_,
            [services](request_context& context, in_body<forgotten> body) {
              return send_reset(context, services, std::move(body.value));
            },
            "Mail a link to set a new password; the answer does not tell whether the account exists",
            {.success = 204, .problems = {429, 503}});
  table.add(verb::post, "/auth/password/reset", permission::public_,
            [services](request_context& context, in_body<password_reset> body) {
              return reset_password(context, services, std::move(body.value));
            },
            "Set a new password with the mailed link, and sign in; all older sessions end",
            {.problems = {401, 403, 429, 503}, .no_store = true});
}

}  // namespace pulse::http::routes

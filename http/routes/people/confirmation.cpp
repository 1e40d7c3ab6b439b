#include "http/routes/people/confirmation.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/core.h>

#include "base/secure.hpp"
#include "http/api/services.hpp"
#include "http/auth/stamps.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/people/mails.hpp"
#include "http/routes/people/passkey_answer.hpp"
#include "http/routes/people/second_factor.hpp"
#include "http/routes/people/sign_in.hpp"
#include "persistence/people/passkeys.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace members = persistence::members;
namespace rows = persistence::passkeys;
using server::verb;

struct confirmation_request {
  std::optional<base::text<1, 128>> password;
  std::optional<base::text<6, 32>> code;    // of the second factor, together with the password, if it is on
  std::optional<passkey_response> passkey;  // instead of both
  /// Of POST /auth/confirm/mail; then nothing else is asked for.
  std::optional<base::text<8, 16>> mailed_code;
};
BOOST_DESCRIBE_STRUCT(confirmation_request, (), (password, code, passkey, mailed_code))

/// How long a mailed code is good: ASVS 6.5.5 allows ten minutes.
constexpr std::chrono::minutes mailed_code_life{10};

struct confirmed_until {
  base::timestamp good_until;
};
BOOST_DESCRIBE_STRUCT(confirmed_until, (), (good_until))

net::awaitable<reply<confirmed_until>> confirm_by_passkey(request_context& context, passkey_response given) {
  const auto answer = read_passkey_answer(context, passkey_purpose::confirm, given);
  if (!answer) co_return answer.error();
  auto job = [who = context.principal, answer = *answer](persistence::transaction& within) -> result<nothing> {
    if (auto refused = pass_passkey(within, who.member_id, answer)) return std::move(*refused);
    rows::note_confirmation(within, who.session_id, answer.now);
    return nothing{};
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) {
    const auto why = done.error();
    co_await mail_passkey_refusal(context, context.principal.tenant_id, context.principal.member_id, *answer, why);
    co_return done.error();
  }
  const auto over = forget_passkey_challenge(context);
  co_return reply<confirmed_until>{confirmed_until{answer->now + confirmation_life}}.with(over.name, over.value);
}

problem mailed_code_required() {
  return problems::forbidden("mailed_code_required",
                             "Your company asks for a second factor. Before you set one up, show that your address is "
                             "yours: POST /auth/confirm/mail mails a code, and POST /auth/confirm takes it.");
}

// --- a code by mail --------------------------------------------------------------------------------------------------

/// Eight digits that name their session and the minute in which they were made, by our stamp on both: so nothing is
/// stored of a code until it is used.
std::string mailed_code(const request_context& context, std::int64_t minute) {
  constexpr std::size_t digits = 8;
  constexpr std::uint64_t codes = 100'000'000;
  const auto content = fmt::format("mailed code {} {}", base::to_string(context.principal.session_id), minute);
  const auto stamped = base::sha256(context.services.stamps.stamp(stamp_purpose::second_factor, content));
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) number = number << 8 | stamped[i];
  return fmt::format("{:0{}}", number % codes, digits);
}

std::int64_t minute_of(base::timestamp now) {
  return std::chrono::duration_cast<std::chrono::minutes>(now.time_since_epoch()).count();
}

/// The minute in which the code was made, where it still is good.
std::optional<std::int64_t> match_mailed_code(const request_context& context, const std::string& typed,
                                              base::timestamp now) {
  std::string code;
  std::copy_if(typed.begin(), typed.end(), std::back_inserter(code), [](char c) { return c != ' '; });
  const auto last = minute_of(now);
  for (auto minute = last; minute > last - mailed_code_life.count(); --minute)
    if (base::equal_in_constant_time(code, mailed_code(context, minute))) return minute;
  return std::nullopt;
}

net::awaitable<reply<nothing>> mail_code(request_context& context, const sign_in_services& services) {
  if (auto refused = take_try(services.limits.mails_by_address, network_of(context.request.remote_address)))
    co_return std::move(*refused);
  if (auto refused = take_try(services.limits.mails_to_one, "code " + base::to_string(context.principal.member_id)))
    co_return std::move(*refused);
  auto job = [&context, who = context.principal,
              now = context.services.clock.now()](persistence::transaction& within) -> result<nothing> {
    const auto shown = rows::find_confirmation(who.session_id, now).first(within);
    if (!shown || !needs_mailed_code(context, *shown))
      return problems::conflict("no_code_needed", "No code is asked of you.");
    const auto proof = members::find_proof(who.member_id).first(within);
    if (!proof) return problems::not_found("member");
    const addressee to{who.tenant_id, who.member_id, proof->email, proof->company_name};
    persistence::mail_outbox::insert(within, code_mail(context, to, mailed_code(context, minute_of(now))),
                                     context.services.secrets, now);
    return nothing{};
  };
  auto stored = co_await in_transaction(context, std::move(job));
  if (!stored) co_return stored.error();
  mail_waits(context);
  co_return nothing{};
}

net::awaitable<reply<confirmed_until>> confirm_by_mail(request_context& context, std::string code) {
  const auto guess = "mailed code " + base::to_string(context.principal.member_id);
  auto wait = co_await begin_guess(context, guess);
  if (wait) co_return std::move(*wait);
  const auto now = context.services.clock.now();
  auto job = [&context, code, now](persistence::transaction& within) -> result<nothing> {
    const auto session_id = context.principal.session_id;
    const auto shown = rows::find_confirmation(session_id, now).first(within);
    // Elsewhere the mail alone is not enough: the password or a passkey is asked for.
    if (!shown || !needs_mailed_code(context, *shown))
      return problems::conflict("no_code_needed", "No code is asked of you.");
    const auto minute = match_mailed_code(context, code, now);
    const auto used = fmt::format("mailed code {} {}", base::to_string(session_id), minute.value_or(0));
    if (!minute || !rows::use_challenge(within, used, now + 2 * mailed_code_life, now))
      return problems::unauthenticated("wrong_code",
                                       "The code is not right, was used before or is too old. Have another mailed.");
    rows::note_confirmation(within, session_id, now);
    return nothing{};
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  co_await forgive_guesses(context, guess);
  co_return confirmed_until{now + confirmation_life};
}

// --- with the password -----------------------------------------------------------------------------------------------

net::awaitable<result<nothing>> check_password(request_context& context, const std::string& password) {
  if (auto refused = refuse_crowded(context)) co_return std::move(*refused);
  auto proof = co_await read_first(context, members::find_proof(context.principal.member_id));
  if (!proof) co_return proof.error();
  if (!*proof) co_return wrong_credentials();
  const auto guess = "change " + base::to_string(context.principal.member_id);
  auto wait = co_await begin_guess(context, guess);
  if (wait) co_return std::move(*wait);
  auto fits = co_await verify_password(context, password, (*proof)->password_hash);
  if (!fits) co_return fits.error();
  if (!*fits) co_return problems::invalid_field("/password", "is not your password");
  co_await forgive_guesses(context, guess);
  co_return nothing{};
}

net::awaitable<reply<confirmed_until>> confirm_by_password(request_context& context, std::string password,
                                                           std::optional<std::string> code) {
  auto fits = co_await check_password(context, password);
  if (!fits) co_return fits.error();
  const auto guess = guess_of_code(context.principal.member_id);
  if (code) {
    auto wait = co_await begin_guess(context, guess);
    if (wait) co_return std::move(*wait);
  }
  const auto now = context.services.clock.now();
  auto job = [&context, who = context.principal, given = second_factor_proof{code, std::nullopt},
              &box = context.services.secrets, now](persistence::transaction& within) -> result<nothing> {
    if (auto refused = pass_second_factor(within, who.member_id, given, box, now)) return std::move(*refused);
    // The password again shows no more than signing in with it did.
    const auto shown = rows::find_confirmation(who.session_id, now).first(within);
    if (shown && needs_mailed_code(context, *shown)) return mailed_code_required();
    rows::note_confirmation(within, who.session_id, now);
    return nothing{};
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  if (code) co_await forgive_guesses(context, guess);
  co_return confirmed_until{now + confirmation_life};
}

net::awaitable<reply<confirmed_until>> confirm(request_context& context, confirmation_request given) {
  if (given.passkey) {
    auto by_passkey = co_await confirm_by_passkey(context, std::move(*given.passkey));
    co_return by_passkey;
  }
  if (given.mailed_code) {
    auto by_mail = co_await confirm_by_mail(context, std::move(given.mailed_code->value));
    co_return by_mail;
  }
  if (!given.password) co_return problems::invalid_field("/password", "or a passkey is required");
  std::optional<std::string> code;
  if (given.code) code = std::move(given.code->value);
  auto by_password = co_await confirm_by_password(context, std::move(given.password->value), std::move(code));
  co_return by_password;
}

}  // namespace

bool needs_mailed_code(const request_context& context, const rows::confirmation& shown) {
  return context.services.is_mail_sent && shown.has_password_alone && !shown.has_confirmed;
}

std::optional<problem> refuse_password_alone(persistence::transaction& within, const request_context& context,
                                             base::timestamp now) {
  const auto shown = rows::find_confirmation(context.principal.session_id, now - confirmation_life).first(within);
  if (shown && needs_mailed_code(context, *shown)) return mailed_code_required();
  return std::nullopt;
}

std::optional<problem> refuse_unconfirmed(persistence::transaction& within, const request_context& context,
                                          base::timestamp now) {
  const auto shown = rows::find_confirmation(context.principal.session_id, now - confirmation_life).first(within);
  if (shown && needs_mailed_code(context, *shown)) return mailed_code_required();
  if (shown && shown->has_signed_in) return std::nullopt;
  return problems::forbidden("confirmation_required",
                             "Confirm first that it is you with POST /auth/confirm, or sign in again. Both count for "
                             "ten minutes.");
}

void add_confirmation(route_table& table, const sign_in_services& services) {
  table.add(
      verb::post, "/auth/confirm", domain::permission::manage_self,
      [](request_context& context, in_body<confirmation_request> body) {
        return confirm(context, std::move(body.value));
      },
      "Confirm again that it is me",
      {.problems = {401, 403, 409, 429, 503},
       .description = "With the password, and the `code` of the second factor if it is on; or with a passkey, for a "
                      "challenge of POST /auth/passkeys/challenge with the purpose `confirm`. It counts for ten "
                      "minutes, like signing in, for calls that require it: passkeys are made, named and removed then. "
                      "With the `mailed_code` of POST /auth/confirm/mail alone, where that is required.",
       .no_store = true});
  table.add(verb::post, "/auth/confirm/mail", domain::permission::manage_self,
            [services](request_context& context) { return mail_code(context, services); },
            "Mail me a code that shows that my address is mine",
            {.success = 204,
             .problems = {409, 429},
             .description = "Asked for where my company wants a second factor, I have none, and a password alone has "
                            "let me in: before one is set up. The code is good once, for ten minutes, in this session. "
                            "409 where none is asked for."});
}

}  // namespace pulse::http::routes

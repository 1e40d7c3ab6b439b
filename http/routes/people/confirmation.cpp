#include "http/routes/people/confirmation.hpp"

#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
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
};
BOOST_DESCRIBE_STRUCT(confirmation_request, (), (password, code, passkey))

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
    co_await tell_of_passkey(context, context.principal.tenant_id, context.principal.member_id, *answer, why);
    co_return done.error();
  }
  const auto over = forget_passkey_challenge(context);
  co_return reply<confirmed_until>{confirmed_until{answer->now + confirmation_life}}.with(over.name, over.value);
}

net::awaitable<result<nothing>> check_password(request_context& context, const std::string& password) {
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
  auto job = [who = context.principal, given = second_factor_proof{code, std::nullopt}, &box = context.services.secrets,
              now](persistence::transaction& within) -> result<nothing> {
    if (auto refused = pass_second_factor(within, who.member_id, given, box, now)) return std::move(*refused);
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
  if (!given.password) co_return problems::invalid_field("/password", "or a passkey is required");
  std::optional<std::string> code;
  if (given.code) code = std::move(given.code->value);
  auto by_password = co_await confirm_by_password(context, std::move(given.password->value), std::move(code));
  co_return by_password;
}

}  // namespace

std::optional<problem> refuse_unconfirmed(persistence::transaction& within, const principal& who, base::timestamp now) {
  if (rows::is_confirmed_since(within, who.session_id, now - confirmation_life)) return std::nullopt;
  return problems::forbidden("confirmation_required",
                             "Confirm first that it is you with POST /auth/confirm, or sign in again. Both count for "
                             "ten minutes.");
}

void add_confirmation(route_table& table) {
  table.add(
      verb::post, "/auth/confirm", domain::permission::manage_self,
      [](request_context& context, in_body<confirmation_request> body) {
        return confirm(context, std::move(body.value));
      },
      "Confirm again that it is me",
      {.problems = {401, 429, 503},
       .description = "With the password, and the `code` of the second factor if it is on; or with a passkey, for a "
                      "challenge of POST /auth/passkeys/challenge with the purpose `confirm`. It counts for ten "
                      "minutes, like signing in, for calls that require it: passkeys are made, named and removed then.",
       .no_store = true});
}

}  // namespace pulse::http::routes

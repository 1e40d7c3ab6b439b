#include "http/routes/people/second_factor.hpp"

#include <algorithm>

#include "http/api/services.hpp"
#include "http/auth/one_time_codes.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/people/confirmation.hpp"
#include "http/routes/people/mails.hpp"
#include "persistence/people/passkeys.hpp"
#include "persistence/people/second_factors.hpp"

namespace pulse::http::routes {

namespace net = boost::asio;
namespace factors = persistence::second_factors;
namespace members = persistence::members;
using domain::permission;
using server::verb;

namespace {

struct begun_second_factor {
  std::string secret;   // for typing
  std::string address;  // otpauth://…, for a QR code
};
BOOST_DESCRIBE_STRUCT(begun_second_factor, (), (secret, address))

struct second_factor_state {
  bool is_on = false;
  std::optional<base::timestamp> confirmed_at;
  int recovery_codes_left = 0;
  bool has_app = false;            // false: passkeys only
  bool needs_mailed_code = false;  // before one is set up: POST /auth/confirm/mail
};
BOOST_DESCRIBE_STRUCT(second_factor_state, (), (is_on, confirmed_at, recovery_codes_left, has_app, needs_mailed_code))

struct second_factor_code {
  base::text<6, 32> code;
};
BOOST_DESCRIBE_STRUCT(second_factor_code, (), (code))

/// One of the two.
struct second_factor_given {
  std::optional<base::text<6, 32>> code;
  std::optional<passkey_response> passkey;  // for a challenge with the purpose `second_factor`
};
BOOST_DESCRIBE_STRUCT(second_factor_given, (), (code, passkey))

struct recovery_codes {
  std::vector<std::string> recovery_codes;  // shown only once; each works once
};
BOOST_DESCRIBE_STRUCT(recovery_codes, (), (recovery_codes))

problem wrong_code() {
  return problems::unauthenticated("wrong_code",
                                   "The code is wrong, or was used before. Use the next one that the app shows.");
}

problem not_on() { return problems::conflict("second_factor_is_off", "You have no second factor."); }

bool is_on(persistence::transaction& within, const base::uuid& member_id) {
  const auto found = factors::lock(within, member_id);
  return found && found->confirmed_at;
}

std::string hex_of(const std::string& hash) {
  return base::to_hex({reinterpret_cast<const std::uint8_t*>(hash.data()), hash.size()});
}

net::awaitable<reply<begun_second_factor>> begin_setup(request_context& context) {
  std::string secret(one_time_secret_bytes, '\0');
  base::random_bytes({reinterpret_cast<std::uint8_t*>(secret.data()), secret.size()});
  const auto now = context.services.clock.now();
  auto job = [&context, member_id = context.principal.member_id, secret, &box = context.services.secrets,
              now](persistence::transaction& within) -> result<std::string> {
    if (auto refused = refuse_password_alone(within, context, now)) return std::move(*refused);
    const auto proof = members::find_proof(member_id).first(within);
    if (!proof) return problems::not_found("member");
    if (!factors::begin(within, member_id, secret, box, now))
      return problems::conflict("second_factor_is_on",
                                "You have a second factor. Remove it before you set up another.");
    return proof->email;
  };
  auto email = co_await in_transaction(context, std::move(job));
  if (!email) co_return email.error();
  co_return begun_second_factor{to_base32(secret), one_time_address(secret, *email)};
}

struct new_recovery_codes {
  recovery_codes shown;
  std::vector<std::string> hashes;
};

new_recovery_codes make_recovery_codes() {
  new_recovery_codes made;
  for (std::size_t i = 0; i < recovery_codes_count; ++i) {
    made.shown.recovery_codes.push_back(make_recovery_code());
    made.hashes.push_back(hex_of(hash_recovery_code(made.shown.recovery_codes.back())));
  }
  return made;
}

net::awaitable<reply<second_factor_state>> show_factor(request_context& context) {
  auto found = co_await read_first(context, factors::find_state(context.principal.member_id));
  if (!found) co_return found.error();
  const auto known = found->value_or(factors::state{});
  const bool is_on = known.confirmed_at.has_value();
  second_factor_state made{
      is_on, known.confirmed_at, static_cast<int>(known.recovery_codes), is_on && known.has_app, {}};
  if (is_on) co_return std::move(made);
  const auto since = context.services.clock.now() - confirmation_life;
  auto shown =
      co_await read_first(context, persistence::passkeys::find_confirmation(context.principal.session_id, since));
  if (!shown) co_return shown.error();
  made.needs_mailed_code = *shown && needs_mailed_code(context, **shown);
  co_return std::move(made);
}

/// Runs `job`, which changes the member's factor and stores a mail about it, in a transaction. It is counted as a guess
/// where there is a code.
template <class Job>
net::awaitable<result<nothing>> with_proof(request_context& context, const second_factor_proof& given, Job job) {
  const auto guess = guess_of_code(context.principal.member_id);
  if (given.code) {
    auto wait = co_await begin_guess(context, guess);
    if (wait) co_return std::move(*wait);
  }
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) {
    const auto why = done.error();
    if (given.passkey)
      co_await mail_passkey_refusal(context, context.principal.tenant_id, context.principal.member_id, *given.passkey,
                                    why);
    co_return done.error();
  }
  if (given.code) co_await forgive_guesses(context, guess);
  mail_waits(context);
  co_return nothing{};
}

net::awaitable<reply<recovery_codes>> confirm_setup(request_context& context, std::string code) {
  auto made = make_recovery_codes();
  const auto now = context.services.clock.now();
  auto job = [&context, member_id = context.principal.member_id, code, hashes = made.hashes,
              &box = context.services.secrets, now](persistence::transaction& within) -> result<nothing> {
    if (auto refused = refuse_password_alone(within, context, now)) return std::move(*refused);
    const auto found = factors::lock(within, member_id);
    if (!found || found->confirmed_at)
      return problems::conflict("nothing_to_confirm", "No second factor is being set up: POST /auth/second-factor.");
    const auto secret = factors::open_secret(within, *found, member_id, box);
    const auto step = secret ? match_one_time_code(*secret, code, now, found->last_step) : std::nullopt;
    if (!step) return wrong_code();
    factors::confirm(within, member_id, *step, hashes, now);
    tell_of_change(within, context, member_id, sign_in_change::second_factor_on);
    return nothing{};
  };
  // A named variable: g++ 12 destroys a temporary of an expression with co_await twice.
  const second_factor_proof given{code, std::nullopt};
  auto done = co_await with_proof(context, given, std::move(job));
  if (!done) co_return done.error();
  co_return std::move(made.shown);
}

/// For passkeys only: the secret is never shown, so that only recovery codes match.
net::awaitable<reply<recovery_codes>> begin_with_passkeys(request_context& context) {
  auto made = make_recovery_codes();
  std::string secret(one_time_secret_bytes, '\0');
  base::random_bytes({reinterpret_cast<std::uint8_t*>(secret.data()), secret.size()});
  const auto now = context.services.clock.now();
  auto job = [&context, who = context.principal, secret, hashes = made.hashes, &box = context.services.secrets,
              now](persistence::transaction& within) -> result<nothing> {
    if (auto refused = refuse_unconfirmed(within, context, now)) return std::move(*refused);
    if (persistence::passkeys::count(within, who.member_id) == 0)
      return problems::conflict("no_passkey", "You have no passkey. Make one first.");
    if (!factors::begin(within, who.member_id, secret, box, now))
      return problems::conflict("second_factor_is_on",
                                "You have a second factor, and a passkey is taken in the place of its code already.");
    factors::confirm(within, who.member_id, one_time_step(now), hashes, now);
    factors::leave_out_app(within, who.member_id);
    tell_of_change(within, context, who.member_id, sign_in_change::second_factor_on);
    return nothing{};
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  mail_waits(context);
  co_return std::move(made.shown);
}

net::awaitable<reply<recovery_codes>> renew_codes(request_context& context, second_factor_given request) {
  const auto given = read_second_factor(context, request.code, request.passkey);
  if (!given) co_return given.error();
  auto made = make_recovery_codes();
  const auto now = context.services.clock.now();
  auto job = [&context, member_id = context.principal.member_id, given = *given, hashes = made.hashes,
              &box = context.services.secrets, now](persistence::transaction& within) -> result<nothing> {
    if (!is_on(within, member_id)) return not_on();
    if (auto refused = pass_second_factor(within, member_id, given, box, now)) return std::move(*refused);
    factors::replace_recovery(within, member_id, hashes);
    tell_of_change(within, context, member_id, sign_in_change::recovery_codes);
    return nothing{};
  };
  auto done = co_await with_proof(context, *given, std::move(job));
  if (!done) co_return done.error();
  co_return std::move(made.shown);
}

net::awaitable<reply<nothing>> remove_factor(request_context& context, second_factor_given request) {
  const auto given = read_second_factor(context, request.code, request.passkey);
  if (!given) co_return given.error();
  const auto now = context.services.clock.now();
  auto job = [&context, member_id = context.principal.member_id, given = *given, &box = context.services.secrets,
              now](persistence::transaction& within) -> result<nothing> {
    if (!is_on(within, member_id)) return not_on();
    const auto rule = factors::find_requirement().first(within);
    if (rule && rule->is_required)
      return problems::conflict("second_factor_is_required",
                                "Your company requires a second factor, so it stays. With new recovery codes, or a "
                                "passkey, you can go on without the app.");
    if (auto refused = pass_second_factor(within, member_id, given, box, now)) return std::move(*refused);
    factors::remove(within, member_id);
    tell_of_change(within, context, member_id, sign_in_change::second_factor_off);
    return nothing{};
  };
  auto done = co_await with_proof(context, *given, std::move(job));
  co_return reply<nothing>{std::move(done)};
}

}  // namespace

std::string guess_of_code(const base::uuid& member_id) { return "code " + base::to_string(member_id); }

result<second_factor_proof> read_second_factor(const request_context& context,
                                               const std::optional<base::text<6, 32>>& code,
                                               const std::optional<passkey_response>& passkey) {
  second_factor_proof made;
  if (code) made.code = code->value;
  if (!passkey) return made;
  auto answer = read_passkey_answer(context, passkey_purpose::second_factor, *passkey);
  if (!answer) return answer.error();
  made.passkey = std::move(*answer);
  return made;
}

std::optional<problem> pass_second_factor(persistence::transaction& within, const base::uuid& member_id,
                                          const second_factor_proof& given, const persistence::secret_box& box,
                                          base::timestamp now) {
  const auto found = factors::lock(within, member_id);
  if (!found || !found->confirmed_at) return std::nullopt;
  if (given.passkey) return pass_passkey(within, member_id, *given.passkey);
  const auto& code = given.code;
  if (!code)
    return problems::unauthenticated(
        "second_factor_required",
        "The password is right. Send it again with the `code` of your authenticator app, a recovery code, or "
        "your passkey's answer as `passkey`.");
  const auto secret = factors::open_secret(within, *found, member_id, box);
  if (!secret) return problems::internal("a second factor cannot be opened: TOKEN_ENCRYPTION_KEY is another one");
  if (const auto step = match_one_time_code(*secret, *code, now, found->last_step)) {
    factors::use_step(within, member_id, *step);
    return std::nullopt;
  }
  const auto hash = hex_of(hash_recovery_code(*code));
  const auto& left = found->recovery_hashes;
  if (std::find(left.begin(), left.end(), hash) == left.end()) return wrong_code();
  factors::use_recovery(within, member_id, hash);
  return std::nullopt;
}

void add_second_factor(route_table& table) {
  table.add(verb::post, "/auth/second-factor", permission::manage_self,
            [](request_context& context) { return begin_setup(context); }, "Begin to set up an authenticator app",
            {.success = 201, .problems = {403, 409}, .no_store = true});
  table.add(verb::post, "/auth/second-factor/confirm", permission::manage_self,
            [](request_context& context, in_body<second_factor_code> body) {
              return confirm_setup(context, std::move(body.value.code.value));
            },
            "Confirm it with the app's first code; signing in then asks for a code",
            {.problems = {401, 403, 409, 429}, .no_store = true});
  table.add(verb::post, "/auth/second-factor/passkeys", permission::manage_self,
            [](request_context& context) { return begin_with_passkeys(context); },
            "Require a passkey in addition to my password, without an authenticator app",
            {.problems = {403, 409},
             .description = "Needs a passkey, and a sign-in or POST /auth/confirm within ten minutes. The "
                            "recovery codes are shown only once.",
             .no_store = true});
  table.add(verb::get, "/auth/second-factor", permission::manage_self, &show_factor, "Whether I have a second factor");
  table.add(verb::post, "/auth/second-factor/recovery-codes", permission::manage_self,
            [](request_context& context, in_body<second_factor_given> body) {
              return renew_codes(context, std::move(body.value));
            },
            "Get new recovery codes, with a code or a passkey; the old ones stop working",
            {.problems = {401, 409, 429}, .no_store = true});
  table.add(verb::post, "/auth/second-factor/remove", permission::manage_self,
            [](request_context& context, in_body<second_factor_given> body) {
              return remove_factor(context, std::move(body.value));
            },
            "Remove my second factor, with a code or a passkey", {.success = 204, .problems = {401, 409, 429}});
}

}  // namespace pulse::http::routes

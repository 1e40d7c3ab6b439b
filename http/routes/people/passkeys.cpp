#include "http/routes/people/passkeys.hpp"

#include <utility>

#include "base/cose.hpp"
#include "base/secure.hpp"
#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/people/confirmation.hpp"
#include "http/routes/people/mails.hpp"
#include "http/routes/people/passkey_answer.hpp"
#include "persistence/people/identities.hpp"
#include "persistence/people/passkeys.hpp"
#include "persistence/people/second_factors.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace members = persistence::members;
namespace rows = persistence::passkeys;
using domain::permission;
using server::verb;

constexpr std::int64_t challenge_life_ms = std::chrono::milliseconds{passkey_challenge_life}.count();

// --- my passkeys -----------------------------------------------------------------------------------------------------

struct passkey_list {
  std::vector<rows::passkey> items;
};
BOOST_DESCRIBE_STRUCT(passkey_list, (), (items))

/// The fields of PublicKeyCredentialCreationOptions that vary. The rest is fixed: a discoverable credential, a verified
/// user, no attestation.
struct creation_options {
  std::string challenge;
  std::string relying_party_id;
  std::string user_handle;  // opaque
  std::string user_name;
  std::string user_display_name;
  std::vector<std::int32_t> methods;  // COSE algorithms, best first
  std::vector<std::string> exclude;   // credentials that I have already
  std::int64_t timeout_ms = 0;
};
BOOST_DESCRIBE_STRUCT(creation_options, (),
                      (challenge, relying_party_id, user_handle, user_name, user_display_name, methods, exclude,
                       timeout_ms))

/// PublicKeyCredential's response to navigator.credentials.create(), in base64url.
struct new_passkey {
  base::text<1, 60> name;
  base::text<1, 6'000> client_data_json;
  base::text<1, 64 * 1024> attestation_object;
};
BOOST_DESCRIBE_STRUCT(new_passkey, (), (name, client_data_json, attestation_object))

struct passkey_name {
  base::text<1, 60> name;
};
BOOST_DESCRIBE_STRUCT(passkey_name, (), (name))

problem no_passkeys() {
  return problems::conflict("not_configured",
                            "Nobody can make a passkey here: PUBLIC_APP_URL must be an address with a name.");
}

net::awaitable<reply<creation_options>> begin_creation(request_context& context) {
  const auto here = relying_party_of(context);
  if (here.id.empty()) co_return no_passkeys();
  const auto challenge = make_passkey_challenge(context, passkey_purpose::create, context.principal.member_id);
  creation_options made;
  made.challenge = challenge.challenge;
  made.relying_party_id = here.id;
  made.user_handle = base::to_base64url(domain::user_handle_of(context.principal.member_id));
  for (const auto each : base::cose_methods) made.methods.push_back(static_cast<std::int32_t>(each));
  made.timeout_ms = challenge_life_ms;
  auto job = [&context, who = context.principal, made, now = context.services.clock.now()](
                 persistence::transaction& within) mutable -> result<creation_options> {
    if (auto refused = refuse_unconfirmed(within, context, now)) return std::move(*refused);
    const auto proof = members::find_proof(who.member_id).first(within);
    if (!proof) return problems::not_found("member");
    made.exclude.clear();
    made.user_name = proof->email;
    made.user_display_name = proof->display_name;
    for (const auto& each : rows::list_credentials(who.member_id).all(within))
      made.exclude.push_back(base::to_base64url(each.credential_id.value));
    return made;
  };
  auto ready = co_await in_transaction(context, std::move(job));
  if (!ready) co_return ready.error();
  const auto kept = keep_passkey_challenge(context, challenge);
  co_return reply<creation_options>{std::move(*ready)}.with(kept.name, kept.value);
}

result<domain::made_passkey> read_creation(const request_context& context, const passkey_challenge& challenge,
                                           const new_passkey& given) {
  const auto client_data = base::from_base64url(given.client_data_json.value);
  if (!client_data) return problems::invalid_field("/client_data_json", "must be base64url without padding");
  const auto object = base::from_base64url(given.attestation_object.value);
  if (!object) return problems::invalid_field("/attestation_object", "must be base64url without padding");
  auto judged =
      domain::judge({relying_party_of(context), challenge.challenge}, domain::passkey_creation{*client_data, *object});
  if (!judged) return wrong_passkey(judged.error());
  return std::move(*judged);
}

net::awaitable<reply<rows::passkey>> create(request_context& context, new_passkey given) {
  const auto challenge = passkey_challenge_of(context, passkey_purpose::create);
  if (!challenge || challenge->member_id != context.principal.member_id) co_return passkey_over();
  auto made = read_creation(context, *challenge, given);
  if (!made) co_return made.error();
  const auto now = context.services.clock.now();
  rows::passkey shown{base::new_uuid(now), given.name.value, made->is_synced, now, {}, {}};
  auto job = [&context, who = context.principal, challenge = *challenge, made = std::move(*made), shown,
              now](persistence::transaction& within) -> result<nothing> {
    if (auto refused = refuse_unconfirmed(within, context, now)) return std::move(*refused);
    if (!rows::use_challenge(within, challenge.challenge, challenge.good_until, now)) return passkey_over();
    switch (rows::add(within, shown.id, who.member_id, made, shown.name, now)) {
      case rows::adding::done:
        tell_of_change(within, context, who.member_id, sign_in_change::passkey_made);
        return nothing{};
      case rows::adding::too_many: break;
    }
    return problems::conflict("too_many_passkeys", "You have twenty passkeys. Remove one first.");
  };
  auto stored = co_await in_transaction(context, std::move(job));
  if (!stored) {
    if (stored.error().constraint == rows::credential_once)
      co_return problems::conflict("passkey_is_known", "This passkey is registered already.");
    co_return stored.error();
  }
  mail_waits(context);
  const auto over = forget_passkey_challenge(context);
  co_return reply<rows::passkey>{std::move(shown)}.status(201).with(over.name, over.value);
}

net::awaitable<reply<passkey_list>> list_own(request_context& context) {
  auto found = co_await read_all(context, rows::list(context.principal.member_id));
  if (!found) co_return found.error();
  co_return passkey_list{std::move(*found)};
}

net::awaitable<reply<nothing>> rename(request_context& context, base::uuid id, std::string name) {
  auto job = [&context, who = context.principal, id, name,
              now = context.services.clock.now()](persistence::transaction& within) -> result<nothing> {
    if (auto refused = refuse_unconfirmed(within, context, now)) return std::move(*refused);
    if (!rows::rename(within, who.member_id, id, name)) return problems::not_found("passkey");
    return nothing{};
  };
  auto done = co_await in_transaction(context, std::move(job));
  co_return reply<nothing>{std::move(done)};
}

/// Refuses to remove the last passkey where something depends on it.
std::optional<problem> refuse_last(persistence::transaction& within, const base::uuid& member_id) {
  if (rows::count(within, member_id) > 0) return std::nullopt;
  const auto factor = persistence::second_factors::find_state(member_id).first(within);
  if (factor && factor->confirmed_at && !factor->has_app)
    return problems::conflict("second_factor_needs_it",
                              "Your second factor is a passkey, and this is the last one. Remove the second factor "
                              "first, or make another passkey.");
  if (persistence::identities::has_password(within, member_id) ||
      !persistence::identities::list(member_id).all(within).empty())
    return std::nullopt;
  return problems::conflict("last_way_in",
                            "You have no password, so nothing else would let you in. Set one first: POST "
                            "/auth/password/forgot mails a link for it.");
}

net::awaitable<reply<nothing>> remove(request_context& context, base::uuid id) {
  auto job = [&context, who = context.principal, id,
              now = context.services.clock.now()](persistence::transaction& within) -> result<nothing> {
    if (auto refused = refuse_unconfirmed(within, context, now)) return std::move(*refused);
    if (!rows::remove(within, who.member_id, id)) return problems::not_found("passkey");
    if (auto refused = refuse_last(within, who.member_id)) return std::move(*refused);
    tell_of_change(within, context, who.member_id, sign_in_change::passkey_removed);
    return nothing{};
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (done) mail_waits(context);
  co_return reply<nothing>{std::move(done)};
}

// --- signing in ------------------------------------------------------------------------------------------------------

enum class asked_purpose : std::uint8_t { sign_in, second_factor, confirm };
BOOST_DESCRIBE_ENUM(asked_purpose, sign_in, second_factor, confirm)

passkey_purpose to_purpose(asked_purpose from) {
  switch (from) {
    case asked_purpose::sign_in: return passkey_purpose::sign_in;
    case asked_purpose::second_factor: return passkey_purpose::second_factor;
    case asked_purpose::confirm: break;
  }
  return passkey_purpose::confirm;
}

struct challenge_request {
  asked_purpose purpose = asked_purpose::sign_in;
};
BOOST_DESCRIBE_STRUCT(challenge_request, (), (purpose))

/// The fields of PublicKeyCredentialRequestOptions that vary: any passkey of this address, with a verified user.
struct request_options {
  std::string challenge;
  std::string relying_party_id;
  std::int64_t timeout_ms = 0;
};
BOOST_DESCRIBE_STRUCT(request_options, (), (challenge, relying_party_id, timeout_ms))

reply<request_options> give_challenge(const request_context& context, const sign_in_services& services,
                                      passkey_purpose purpose) {
  if (auto refused = take_try(services.limits.login_by_address, network_of(context.request.remote_address)))
    return std::move(*refused);
  const auto here = relying_party_of(context);
  if (here.id.empty()) return no_passkeys();
  const auto challenge = make_passkey_challenge(context, purpose);
  const auto kept = keep_passkey_challenge(context, challenge);
  return reply<request_options>{request_options{challenge.challenge, here.id, challenge_life_ms}}.with(kept.name,
                                                                                                       kept.value);
}

net::awaitable<reply<signed_in>> sign_in(request_context& context, const sign_in_services& services,
                                         passkey_response given) {
  const auto how = services.browsers.keeping_of(context.request);
  if (!how) co_return how.error();
  if (auto refused = take_try(services.limits.login_by_address, network_of(context.request.remote_address)))
    co_return std::move(*refused);
  const auto answer = read_passkey_answer(context, passkey_purpose::sign_in, given);
  if (!answer) co_return answer.error();
  const persistence::bytes credential{answer->given.credential_id};
  auto found = co_await read_first_of(context, std::nullopt, rows::find_owner(credential));
  if (!found) co_return found.error();
  if (!*found)
    co_return problems::unauthenticated("unknown_passkey",
                                        "This passkey is not known here, or was removed. Sign in another way.");
  const auto owner = **found;
  context.concerns = {{owner.tenant_id, owner.member_id}};
  auto session = begin_session(context);
  session.is_strong = true;
  auto job = [owner, session, answer = *answer](persistence::transaction& within) -> result<members::account> {
    if (auto refused = pass_passkey(within, owner.member_id, answer)) return std::move(*refused);
    return open_session(within, session, owner.member_id, wrong_credentials());
  };
  auto opened = co_await in_transaction(context, owner.tenant_id, std::move(job));
  if (!opened) {
    const auto why = opened.error();
    co_await mail_passkey_refusal(context, owner.tenant_id, owner.member_id, *answer, why);
    co_return opened.error();
  }
  const auto over = forget_passkey_challenge(context);
  auto made = hand_out(context, services.browsers, *how, to_signed_in(context, session.id, 0, session.now, *opened));
  co_return std::move(made).with(over.name, over.value);
}

void add_signing_in(route_table& table, const sign_in_services& services) {
  table.add(verb::post, "/auth/passkeys/challenge", permission::public_,
            [services](request_context& context, in_body<challenge_request> body) {
              return give_challenge(context, services, to_purpose(body->purpose));
            },
            "Get a challenge for a passkey",
            {.problems = {409, 429},
             .description = "For navigator.credentials.get(), with `userVerification: \"required\"`. A cookie binds it "
                            "to the browser; it works once, for this purpose, within five minutes.",
             .no_store = true});
  table.add(verb::post, "/auth/passkeys/sign-in", permission::public_,
            [services](request_context& context, in_body<passkey_response> body) {
              return sign_in(context, services, std::move(body.value));
            },
            "Sign in with a passkey",
            {.problems = {401, 403, 429, 503},
             .description = "The browser's answer to a challenge with the purpose `sign_in`. A passkey verifies its "
                            "user by itself, so no second factor is asked for.",
             .no_store = true});
}

}  // namespace

void add_passkeys(route_table& table, const sign_in_services& services) {
  table.add(verb::post, "/auth/passkeys/begin", permission::manage_self, &begin_creation, "Begin to make a passkey",
            {.problems = {403, 409},
             .description = "For navigator.credentials.create(), with `residentKey: \"required\"`, `userVerification: "
                            "\"required\"` and `attestation: \"none\"`. Asks for a sign-in or POST /auth/confirm "
                            "within ten minutes. A cookie binds the challenge to the browser, for five minutes.",
             .no_store = true});
  table.add(
      verb::post, "/auth/passkeys", permission::manage_self,
      [](request_context& context, in_body<new_passkey> body) { return create(context, std::move(body.value)); },
      "Store a passkey",
      {.success = 201,
       .problems = {401, 403, 409},
       .description = "The browser's answer to /auth/passkeys/begin. Attestation of the authenticator is ignored.",
       .body_bytes_max = 80 * 1024});
  table.add(verb::get, "/auth/passkeys", permission::manage_self, &list_own, "My passkeys");
  table.add(verb::put, "/auth/passkeys/{id}", permission::manage_self,
            [](request_context& context, in_path<by_id> path, in_body<passkey_name> body) {
              return rename(context, path->id, std::move(body.value.name.value));
            },
            "Name one of my passkeys", {.success = 204, .problems = {403, 404}});
  table.add(verb::delete_, "/auth/passkeys/{id}", permission::manage_self,
            [](request_context& context, in_path<by_id> path) { return remove(context, path->id); },
            "Remove one of my passkeys: it no longer signs me in", {.success = 204, .problems = {403, 404, 409}});
  add_signing_in(table, services);
}

}  // namespace pulse::http::routes

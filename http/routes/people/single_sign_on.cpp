#include "http/routes/people/single_sign_on.hpp"

#include "actors/people/identity_providers.hpp"
#include "base/secure.hpp"
#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/people/company_provider.hpp"
#include "http/routes/people/second_factor.hpp"
#include "http/routes/people/sign_in_arrival.hpp"
#include "http/routes/people/sign_in_pass.hpp"
#include "http/server/query.hpp"
#include "persistence/people/identities.hpp"
#include "persistence/people/passkeys.hpp"
#include "persistence/people/second_factors.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace identities = persistence::identities;
namespace members = persistence::members;
using actors::identity_found;
using actors::identity_provider;
using actors::identity_started;
using actors::identity_trouble;
using domain::permission;
using identities::provider_kind;
using server::verb;

/// A longer query value of a returning browser is ignored.
constexpr std::size_t longest_value = 4'096;
constexpr std::size_t code_bytes = 32;

struct by_name {
  std::string sign_in_name;
};
BOOST_DESCRIBE_STRUCT(by_name, (), (sign_in_name))

struct start_query {
  std::optional<base::text<1, 64>> invite_code;  // the invitation that this sign-in accepts
};
BOOST_DESCRIBE_STRUCT(start_query, (), (invite_code))

struct sign_in_start {
  std::string authorization_url;  // where the browser goes
};
BOOST_DESCRIBE_STRUCT(sign_in_start, (), (authorization_url))

struct sign_in_methods {
  bool password = true;
  bool linkedin = false;
  bool company_provider = false;
  bool passkey = false;
};
BOOST_DESCRIBE_STRUCT(sign_in_methods, (), (password, linkedin, company_provider, passkey))

struct exchange_request {
  base::text<1, 128> code;                           // the code with which the browser came back
  std::optional<base::text<6, 32>> second_factor{};  // if it is on
  std::optional<passkey_response> passkey{};         // instead of the code
};
BOOST_DESCRIBE_STRUCT(exchange_request, (), (code, second_factor, passkey))

problem to_problem(const identity_started& started) {
  if (started.trouble == identity_trouble::not_configured)
    return problems::conflict("not_configured", started.reason + " Ask an owner of your company.");
  return problems::unavailable("provider_unreachable", "The identity provider cannot be reached. Try again.",
                               std::chrono::seconds{10});
}

// --- where people go -------------------------------------------------------------------------------------------------

net::awaitable<reply<sign_in_start>> begin(request_context& context, identity_provider at, sign_in_pass made) {
  auto* providers = context.services.identities;
  auto start = [providers, at, services = to_request(made)](auto done) {
    providers->start(at, services, std::move(done));
  };
  const auto started = co_await from_callback<identity_started>(std::move(start));
  if (started.trouble != identity_trouble::none) co_return to_problem(started);
  const auto kept = keep_pass(context, made);
  co_return reply<sign_in_start>{sign_in_start{started.authorization_url}}.with(kept.name, kept.value);
}

problem no_linkedin() {
  return problems::conflict("not_configured", "Nobody can sign in with LinkedIn here: the app's settings are missing.");
}

bool has_linkedin(const request_context& context) {
  return context.services.identities != nullptr && context.services.identities->has_linkedin();
}

net::awaitable<reply<sign_in_start>> begin_linkedin(request_context& context, const sign_in_services& services,
                                                    start_query request) {
  if (auto refused = take_try(services.limits.login_by_address, network_of(context.request.remote_address)))
    co_return std::move(*refused);
  if (!has_linkedin(context)) co_return no_linkedin();
  auto made = make_sign_in_pass(context.services.clock.now());
  if (request.invite_code) made.invite_code = request.invite_code->value;
  // A named variable: g++ 12 destroys a temporary of an expression with co_await twice.
  identity_provider at;
  at.is_linkedin = true;
  auto begun = co_await begin(context, at, std::move(made));
  co_return begun;
}

net::awaitable<reply<sign_in_start>> begin_company(request_context& context, const sign_in_services& services,
                                                   std::string name, start_query request) {
  if (auto refused = take_try(services.limits.login_by_address, network_of(context.request.remote_address)))
    co_return std::move(*refused);
  if (context.services.identities == nullptr) co_return problems::not_found("company");
  auto found = co_await find_company_provider(context, name);
  if (!found) co_return found.error();
  auto made = make_sign_in_pass(context.services.clock.now());
  made.provider = provider_kind::company;
  made.tenant_id = found->tenant_id;
  if (request.invite_code) made.invite_code = request.invite_code->value;
  auto begun = co_await begin(context, found->at, std::move(made));
  co_return begun;
}

// --- where people come back ------------------------------------------------------------------------------------------

struct came_back {
  std::string state;
  std::string code;
  std::string error;
};

came_back read_return(const server::request& request) {
  came_back made;
  const auto query = server::parse_query(request.query);
  if (!query) return made;
  for (const auto& [name, value] : *query) {
    auto* into = name == "state" ? &made.state : name == "code" ? &made.code : name == "error" ? &made.error : nullptr;
    if (into != nullptr && value.size() <= longest_value) *into = value;
  }
  return made;
}

reply<document> send_to(const request_context& context, const std::string& where, const std::string& browser_key = {}) {
  const auto forgotten = forget_pass(context);
  const auto key = keep_browser_key(context, browser_key);
  return reply<document>{document{.body = "", .shared_body = nullptr, .media_type = {}}}
      .status(303)
      .with("location", context.services.addresses.app_url() + where)
      .with(forgotten.name, forgotten.value)
      .with(key.name, key.value)
      .with("cache-control", "no-store")
      .with("referrer-policy", "no-referrer");
}

reply<document> send_away(const request_context& context, const sign_in_pass* pass, const std::string& why) {
  if (pass != nullptr && pass->member_id) return send_to(context, "/app/account/security?link=" + why);
  return send_to(context, "/sign-in?problem=" + why);
}

std::string word_of(identity_trouble why) {
  switch (why) {
    case identity_trouble::none: return "";
    case identity_trouble::not_configured: return "not_configured";
    case identity_trouble::refused:
    case identity_trouble::forged: return "refused";
    case identity_trouble::unavailable: return "unavailable";
  }
  return "error";
}

net::awaitable<result<identity_provider>> provider_of(request_context& context, const sign_in_pass& pass) {
  if (pass.provider == provider_kind::linkedin) co_return identity_provider{.is_linkedin = true};
  auto found = co_await company_provider_of(context, pass.tenant_id.value_or(base::uuid{}));
  co_return found;
}

/// The code follows `#`, so it reaches the dashboard's script and no server; its other half stays in the browser's
/// cookie.
net::awaitable<reply<document>> hand_over(request_context& context, arrival who) {
  const auto code = base::random_token(code_bytes);
  const auto browser = base::random_token(code_bytes);
  const auto now = context.services.clock.now();
  auto job = [member_id = who.member_id, id = base::new_uuid(now), code, browser,
              now](persistence::transaction& within) {
    const auto factor = persistence::second_factors::find_state(member_id).first(within);
    const bool asks_factor = factor && factor->confirmed_at;
    const auto life = asks_factor ? sign_in_code_life_with_factor : sign_in_code_life;
    identities::keep_code(within, id, member_id, code, browser, now + life, now);
  };
  auto kept = co_await in_transaction(context, who.tenant_id, std::move(job));
  if (!kept) co_return send_away(context, nullptr, "unavailable");
  co_return send_to(context, "/sign-in/arrived#code=" + code, browser);
}

net::awaitable<reply<document>> come_back(request_context& context, const sign_in_services& services,
                                          provider_kind by) {
  if (take_try(services.limits.login_by_address, network_of(context.request.remote_address)))
    co_return send_away(context, nullptr, "too_many");
  const auto back = read_return(context.request);
  const auto pass = pass_of(context, back.state);
  if (!pass || pass->provider != by || context.services.identities == nullptr)
    co_return send_away(context, nullptr, "invalid_state");
  if (!back.error.empty() || back.code.empty()) co_return send_away(context, &*pass, "denied");
  auto at = co_await provider_of(context, *pass);
  if (!at) co_return send_away(context, &*pass, "not_configured");
  auto identify = [providers = context.services.identities, at = *at, request = to_request(*pass),
                   code = back.code](auto done) { providers->identify(at, request, code, std::move(done)); };
  const auto who = co_await from_callback<identity_found>(std::move(identify));
  if (who.trouble != identity_trouble::none) co_return send_away(context, &*pass, word_of(who.trouble));
  if (pass->member_id) {
    const auto linked = co_await link_identity(context, *pass, who);
    co_return send_away(context, &*pass, linked.refused.empty() ? "done" : linked.refused);
  }
  const auto let = co_await admit_identity(context, *pass, who);
  if (!let.refused.empty()) co_return send_away(context, &*pass, let.refused);
  auto sent = co_await hand_over(context, let);
  co_return sent;
}

// --- POST /auth/exchange ---------------------------------------------------------------------------------------------

problem wrong_code() {
  return problems::unauthenticated("wrong_sign_in_code",
                                   "This sign-in has expired, or was begun in another browser. Sign in again.");
}

net::awaitable<reply<signed_in>> exchange(request_context& context, const sign_in_services& services,
                                          exchange_request request) {
  const auto how = services.browsers.keeping_of(context.request);
  if (!how) co_return how.error();
  if (auto refused = take_try(services.limits.login_by_address, network_of(context.request.remote_address)))
    co_return std::move(*refused);
  auto code =
      identities::find_code(request.code.value, std::string{browser_key_of(context)}, context.services.clock.now());
  auto found = co_await read_first_of(context, std::nullopt, std::move(code));
  if (!found) co_return found.error();
  if (!*found) co_return wrong_code();
  const auto known = **found;
  context.concerns = {{known.tenant_id, known.member_id}};
  const auto factor = read_second_factor(context, request.second_factor, request.passkey);
  if (!factor) co_return factor.error();
  if (factor->code) {
    auto wait = co_await begin_guess(context, guess_of_code(known.member_id));
    if (wait) co_return std::move(*wait);
  }
  auto session = begin_session(context);
  session.is_strong = true;
  auto job = [known, factor = *factor, session,
              &box = context.services.secrets](persistence::transaction& within) -> result<members::account> {
    if (auto refused = pass_second_factor(within, known.member_id, factor, box, session.now))
      return std::move(*refused);
    if (!identities::use_code(within, known.id)) return wrong_code();
    return open_session(within, session, known.member_id, wrong_code());
  };
  auto opened = co_await in_transaction(context, known.tenant_id, std::move(job));
  if (!opened) {
    const auto why = opened.error();
    if (factor->passkey)
      co_await mail_passkey_refusal(context, known.tenant_id, known.member_id, *factor->passkey, why);
    co_return opened.error();
  }
  if (factor->code) co_await forgive_guesses(context, guess_of_code(known.member_id));
  const auto over = keep_browser_key(context, "");
  auto made = hand_out(context, services.browsers, *how, to_signed_in(context, session.id, 0, session.now, *opened));
  co_return std::move(made).with(over.name, over.value);
}

// --- /auth/identities ------------------------------------------------------------------------------------------------

/// The ways in which somebody signs in, and further ones that they could link.
struct own_identities {
  std::vector<identities::identity> items;
  bool has_password = false;
  bool linkedin = false;          // can be linked on this installation
  bool company_provider = false;  // likewise
};
BOOST_DESCRIBE_STRUCT(own_identities, (), (items, has_password, linkedin, company_provider))

net::awaitable<reply<own_identities>> list_own(request_context& context) {
  auto job = [member_id = context.principal.member_id](persistence::transaction& within) {
    own_identities made;
    made.items = identities::list(member_id).all(within);
    made.has_password = identities::has_password(within, member_id);
    const auto company = identities::find_provider().first(within);
    made.company_provider = company && company->is_enabled;
    return made;
  };
  auto found = co_await in_transaction(context, std::move(job));
  if (!found) co_return found.error();
  found->linkedin = has_linkedin(context);
  co_return std::move(*found);
}

net::awaitable<reply<sign_in_start>> begin_link(request_context& context, provider_kind by) {
  auto made = make_sign_in_pass(context.services.clock.now());
  made.provider = by;
  made.tenant_id = context.principal.tenant_id;
  made.member_id = context.principal.member_id;
  if (by == provider_kind::linkedin && !has_linkedin(context)) co_return no_linkedin();
  auto at = co_await provider_of(context, made);
  if (!at) co_return at.error();
  auto begun = co_await begin(context, *at, std::move(made));
  co_return begun;
}

net::awaitable<reply<nothing>> unlink(request_context& context, in_path<by_id> path) {
  auto job = [member_id = context.principal.member_id,
              id = path->id](persistence::transaction& within) -> result<nothing> {
    if (!identities::unlink(within, member_id, id)) return problems::not_found("identity");
    const bool is_last =
        identities::list(member_id).all(within).empty() && persistence::passkeys::count(within, member_id) == 0;
    if (is_last && !identities::has_password(within, member_id))
      return problems::conflict("last_way_in",
                                "You have no password, so nothing else would let you in. Set one first: POST "
                                "/auth/password/forgot mails a link for it.");
    return nothing{};
  };
  auto done = co_await in_transaction(context, std::move(job));
  co_return reply<nothing>{std::move(done)};
}

void add_callbacks(route_table& table, const sign_in_services& services) {
  constexpr std::string_view text = "text/plain; charset=utf-8";
  table.add(verb::get, "/auth/linkedin/callback", permission::public_,
            [services](request_context& context) { return come_back(context, services, provider_kind::linkedin); },
            "The address to which LinkedIn returns a browser",
            {.success = 200, .any_query = true, .media_type = text, .no_store = true});
  table.add(verb::get, "/auth/sso/callback", permission::public_,
            [services](request_context& context) { return come_back(context, services, provider_kind::company); },
            "The address to which a company's identity provider returns a browser",
            {.success = 200, .any_query = true, .media_type = text, .no_store = true});
}

void add_identities(route_table& table) {
  table.add(verb::get, "/auth/identities", permission::manage_self, &list_own, "The ways in which I sign in");
  table.add(verb::post, "/auth/identities/linkedin", permission::manage_self,
            [](request_context& context) { return begin_link(context, provider_kind::linkedin); },
            "Begin to link my LinkedIn account", {.problems = {409, 503}, .no_store = true});
  table.add(verb::post, "/auth/identities/company", permission::manage_self,
            [](request_context& context) { return begin_link(context, provider_kind::company); },
            "Begin to link my account at my company's identity provider", {.problems = {409, 503}, .no_store = true});
  table.add(verb::delete_, "/auth/identities/{id}", permission::manage_self, &unlink,
            "Unlink an identity: it no longer signs me in", {.success = 204, .problems = {404, 409}});
}

}  // namespace

void add_single_sign_on(route_table& table, const sign_in_services& services) {
  table.add(
      verb::get, "/auth/methods", permission::public_,
      [](request_context& context) {
        return reply<sign_in_methods>{sign_in_methods{true, has_linkedin(context),
                                                      context.services.identities != nullptr,
                                                      !relying_party_of(context).id.empty()}};
      },
      "The ways in which people sign in here");
  table.add(verb::get, "/auth/linkedin", permission::public_,
            [services](request_context& context, in_query<start_query> query) {
              return begin_linkedin(context, services, query.value);
            },
            "Begin to sign in with LinkedIn",
            {.problems = {409, 429, 503},
             .description = "Open `authorization_url` in the browser that made this call: a cookie binds the two, for "
                            "ten minutes. The way back leads to the dashboard's /sign-in/arrived with a code behind "
                            "`#`, valid once and for 60 s in that browser, for POST /auth/exchange; or to /sign-in "
                            "with `problem`.",
             .no_store = true});
  table.add(verb::get, "/auth/sso/{sign_in_name}/start", permission::public_,
            [services](request_context& context, in_path<by_name> path, in_query<start_query> query) {
              return begin_company(context, services, std::move(path.value.sign_in_name), query.value);
            },
            "Begin to sign in with a company's own identity provider",
            {.problems = {404, 409, 429, 503},
             .description = "Continues as with LinkedIn. The company's owner has chosen the name.",
             .no_store = true});
  add_callbacks(table, services);
  table.add(verb::post, "/auth/exchange", permission::public_,
            [services](request_context& context, in_body<exchange_request> body) {
              return exchange(context, services, std::move(body.value));
            },
            "Exchange the code of a sign-in for tokens",
            {.problems = {401, 403, 429, 503},
             .description = "In the browser that came back: its cookie is the other half of the code. Where a second "
                            "factor is on, `second_factor` is required, and the code is valid for five minutes.",
             .no_store = true});
  add_identities(table);
}

}  // namespace pulse::http::routes

#include "http/routes/people/company_provider.hpp"

#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/people/identities.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace rows = persistence::identities;
using actors::identity_provider;
using actors::identity_started;
using actors::identity_trouble;
using domain::permission;
using server::verb;

constexpr std::string_view callback = "/auth/sso/callback";

struct provider_settings {
  base::text<1, 40> sign_in_name;                   // what people type to sign in: lower case, digits and dashes
  base::text<8, 500> issuer;                        // "https://login.example.org"
  base::text<1, 255> client_id;                     // of the app there
  std::optional<base::text<1, 500>> client_secret;  // left out: unchanged
  std::optional<bool> is_enabled;                   // default: true
};
BOOST_DESCRIBE_STRUCT(provider_settings, (), (sign_in_name, issuer, client_id, client_secret, is_enabled))

/// The settings without the secret.
struct shown_provider {
  std::string sign_in_name;
  std::string issuer;
  std::string client_id;
  bool has_secret = false;
  bool is_enabled = false;
  std::string redirect_uri;  // for registration at the provider
  std::optional<base::timestamp> updated_at;
};
BOOST_DESCRIBE_STRUCT(shown_provider, (),
                      (sign_in_name, issuer, client_id, has_secret, is_enabled, redirect_uri, updated_at))

std::string redirect_uri(const request_context& context) {
  return context.services.addresses.api_url() + std::string{callback};
}

std::optional<problem> refuse_others(const request_context& context) {
  if (context.principal.role == domain::role::owner) return std::nullopt;
  return problems::forbidden("owners_only",
                             "This decides who may sign in as your company's people. Ask an owner of your company.");
}

bool is_name(std::string_view text) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return std::all_of(text.begin(), text.end(), fits) && !text.starts_with('-') && !text.ends_with('-');
}

std::optional<problem> check(const request_context& context, const provider_settings& request) {
  if (!is_name(request.sign_in_name.value))
    return problems::invalid_field("/sign_in_name", "must be lower-case letters, digits and dashes between them");
  const std::string_view issuer = request.issuer.value;
  const bool is_https =
      issuer.starts_with("https://") || (context.services.is_loopback_allowed && issuer.starts_with("http://"));
  if (!is_https || issuer.find_first_of("?# ") != issuer.npos)
    return problems::invalid_field("/issuer", "must be an https address, without a query");
  return std::nullopt;
}

shown_provider to_shown(const request_context& context, const std::optional<rows::provider>& row) {
  shown_provider made;
  made.redirect_uri = redirect_uri(context);
  if (!row) return made;
  return {row->sign_in_name, row->issuer, row->client_id, true, row->is_enabled, made.redirect_uri, row->updated_at};
}

result<identity_provider> to_provider(const request_context& context, const base::uuid& tenant_id,
                                      const rows::provider& row) {
  auto secret = context.services.secrets.open(row.client_secret.value, rows::place_of_secret(tenant_id, row.id));
  if (secret.has_error()) return problems::internal("the secret of an identity provider cannot be opened");
  return identity_provider{.is_linkedin = false,
                           .issuer = row.issuer,
                           .client_id = row.client_id,
                           .client_secret = base::secret{std::move(*secret)},
                           .redirect_uri = redirect_uri(context)};
}

net::awaitable<reply<shown_provider>> show(request_context& context) {
  if (auto refused = refuse_others(context)) co_return std::move(*refused);
  auto found = co_await read_first(context, rows::find_provider());
  if (!found) co_return found.error();
  co_return to_shown(context, *found);
}

/// Turns a sentence into the end of another one.
std::string as_phrase(std::string sentence) {
  if (sentence.ends_with('.')) sentence.pop_back();
  if (sentence.starts_with("The ")) sentence.front() = 't';
  return sentence;
}

/// Checks that the provider answers before anything is stored, so that nobody is locked out by a mistake.
net::awaitable<std::optional<problem>> look(request_context& context, const provider_settings& request) {
  auto* providers = context.services.identities;
  if (providers == nullptr) co_return problems::conflict("not_configured", "Identity providers cannot be used here.");
  identity_provider at;
  at.issuer = request.issuer.value;
  auto start = [providers, at](auto done) { providers->look(at, std::move(done)); };
  const auto looked = co_await from_callback<identity_started>(std::move(start));
  if (looked.trouble == identity_trouble::none) co_return std::nullopt;
  co_return problems::invalid_field("/issuer", "cannot be used: " + as_phrase(looked.reason));
}

net::awaitable<reply<shown_provider>> put(request_context& context, provider_settings request) {
  if (auto refused = refuse_others(context)) co_return std::move(*refused);
  if (auto wrong = check(context, request)) co_return std::move(*wrong);
  auto unfit = co_await look(context, request);
  if (unfit) co_return std::move(*unfit);
  const auto now = context.services.clock.now();
  auto job = [request, now, tenant_id = context.principal.tenant_id, new_id = base::new_uuid(now),
              &box = context.services.secrets](persistence::transaction& within) -> result<rows::provider> {
    const auto before = rows::find_provider().first(within);
    rows::provider made;
    made.id = before ? before->id : new_id;
    made.sign_in_name = request.sign_in_name.value;
    made.issuer = request.issuer.value;
    made.client_id = request.client_id.value;
    made.is_enabled = request.is_enabled.value_or(true);
    made.updated_at = now;
    if (request.client_secret) {
      made.client_secret = {box.seal(request.client_secret->value, rows::place_of_secret(tenant_id, made.id))};
    } else if (before && before->issuer == made.issuer) {
      made.client_secret = before->client_secret;
    } else {
      // A stored secret must never be sent to another provider.
      return problems::invalid_field("/client_secret", "must be given with a new issuer");
    }
    rows::put_provider(within, made);
    return made;
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) {
    if (done.error().constraint != rows::name_once) co_return done.error();
    co_return problems::conflict("name_taken", "Another company uses this sign-in name. Choose another.");
  }
  co_return to_shown(context, *done);
}

net::awaitable<reply<nothing>> remove(request_context& context) {
  if (auto refused = refuse_others(context)) co_return std::move(*refused);
  auto job = [](persistence::transaction& within) -> result<nothing> {
    if (!rows::remove_provider(within)) return problems::not_found("identity provider");
    return nothing{};
  };
  auto done = co_await in_transaction(context, std::move(job));
  co_return reply<nothing>{std::move(done)};
}

}  // namespace

net::awaitable<result<identity_provider>> company_provider_of(request_context& context, base::uuid tenant_id) {
  auto found = co_await read_first_of(context, tenant_id, rows::find_provider());
  if (!found) co_return found.error();
  if (!*found || !(*found)->is_enabled) co_return problems::not_found("identity provider");
  co_return to_provider(context, tenant_id, **found);
}

net::awaitable<result<found_provider>> find_company_provider(request_context& context, std::string sign_in_name) {
  auto company = co_await read_first_of(context, std::nullopt, rows::find_company(sign_in_name));
  if (!company) co_return company.error();
  if (!*company) {
    auto unknown = problems::not_found("company");
    unknown.detail = "No company here uses this sign-in name. Ask an owner of your company for theirs.";
    co_return unknown;
  }
  const auto tenant_id = (*company)->tenant_id;
  auto at = co_await company_provider_of(context, tenant_id);
  if (!at) co_return at.error();
  co_return found_provider{tenant_id, std::move(*at)};
}

void add_company_provider(route_table& table) {
  table.add(verb::get, "/org/identity-provider", permission::manage_members, &show,
            "My company's identity provider, without its secret", {.problems = {403}});
  table.add(
      verb::put, "/org/identity-provider", permission::manage_members,
      [](request_context& context, in_body<provider_settings> body) { return put(context, std::move(body.value)); },
      "Set up my company's identity provider (OpenID Connect)",
      {.problems = {403, 409},
       .description = "Owners only. Its document (/.well-known/openid-configuration) is read before anything is "
                      "stored. Register `redirect_uri` there. It signs in people who have an account here with an "
                      "address that the provider has verified, or who have an invitation."});
  table.add(verb::delete_, "/org/identity-provider", permission::manage_members, &remove,
            "Remove my company's identity provider: nobody can sign in with it any more",
            {.success = 204, .problems = {403, 404}});
}

}  // namespace pulse::http::routes

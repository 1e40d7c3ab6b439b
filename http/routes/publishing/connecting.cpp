#include "http/routes/publishing/connecting.hpp"

#include "actors/accounts/connecting.hpp"
#include "domain/platforms/oauth.hpp"
#include "http/auth/host_cookies.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/server/query.hpp"
#include "persistence/publishing/oauth_states.hpp"

namespace pulse::http::routes {

namespace asio = boost::asio;

namespace {

/// Binds the state to this browser. Lax, because the browser returns by a link on the platform's page.
constexpr host_cookie state_cookie{"pulse_oauth", same_site::lax};
/// A longer query value of a returning browser is ignored.
constexpr std::size_t longest_value = 4'096;

problem refuse_instance(const std::string& sentence) {
  return problems::invalid_fields({{.pointer = std::nullopt, .parameter = "instance", .detail = sentence}});
}

}  // namespace

std::string display_name_of(const std::string& provider) {
  for (const auto& each : domain::oauth_providers()) {
    if (each.is.name == provider) return std::string{each.is.display_name};
  }
  return provider;
}

std::optional<problem> refuse_limited(const request_context& context) {
  if (!is_limited(context.principal)) return std::nullopt;
  return problems::forbidden(
      "beyond_projects",
      "Connections belong to the whole company, but you, or this token, may see some projects only.");
}

asio::awaitable<reply<oauth_start>> start_connecting(request_context& context, std::string provider,
                                                     domain::login_purpose purpose,
                                                     std::optional<base::uuid> project_id, std::string instance) {
  if (auto refused = refuse_limited(context)) co_return std::move(*refused);
  if (context.services.connecting == nullptr)
    co_return problems::conflict("not_configured", "Accounts cannot be connected here.");
  actors::connect_request wanted{.provider = provider,
                                 .tenant_id = context.principal.tenant_id,
                                 .member_id = context.principal.member_id,
                                 .project_id = project_id,
                                 .purpose = purpose,
                                 .instance = std::move(instance)};
  auto begin = [&connecting = *context.services.connecting, wanted](auto done) {
    connecting.start(wanted, std::move(done));
  };
  const auto started = co_await from_callback<actors::connect_started>(std::move(begin));
  if (started.problem && started.is_misconfigured) co_return problems::conflict("not_configured", *started.problem);
  if (started.problem && started.is_instance_wrong) co_return refuse_instance(*started.problem);
  if (started.problem) co_return problems::invalid_field("/project_id", *started.problem);
  constexpr auto life = std::chrono::duration_cast<std::chrono::seconds>(persistence::oauth_states::life);
  const auto kept = state_cookie.keep(context.services.addresses, started.browser_key, life);
  co_return reply<oauth_start>{oauth_start{provider, started.authorization_url}}
      .with(kept.name, kept.value)
      .with("cache-control", "no-store");
}

asio::awaitable<reply<connected_account>> connect_by_password(request_context& context, std::string provider,
                                                              password_request given) {
  using kind = actors::connect_signed_in::kind;
  if (auto refused = refuse_limited(context)) co_return std::move(*refused);
  if (context.services.connecting == nullptr)
    co_return problems::conflict("not_configured", "Accounts cannot be connected here.");
  actors::connect_password wanted{.provider = provider,
                                  .tenant_id = context.principal.tenant_id,
                                  .member_id = context.principal.member_id,
                                  .project_id = given.project_id,
                                  .identifier = std::move(given.identifier.value),
                                  .password = base::secret{std::move(given.app_password.value)}};
  auto begin = [&connecting = *context.services.connecting, wanted](auto done) {
    connecting.sign_in(wanted, std::move(done));
  };
  const auto got = co_await from_callback<actors::connect_signed_in>(std::move(begin));
  switch (got.result) {
    case kind::connected:
    case kind::choose: break;
    case kind::refused: co_return problems::invalid_field("/app_password", got.reason);
    case kind::unknown_project: co_return problems::invalid_field("/project_id", got.reason);
    case kind::not_configured: co_return problems::conflict("not_configured", got.reason);
    case kind::later: co_return problems::unavailable("platform_unavailable", got.reason, std::chrono::seconds{30});
  }
  co_await notify_engine(context);
  const auto result = got.result == kind::connected ? connect_result::connected : connect_result::choose;
  co_return reply<connected_account>{connected_account{provider, result, got.accounts}}.with("cache-control",
                                                                                             "no-store");
}

asio::awaitable<reply<document>> come_back(request_context& context, std::string provider) {
  if (context.services.connecting == nullptr) co_return problems::not_found("page");
  actors::connect_return back{
      .provider = std::move(provider),
      .state = {},
      .code = {},
      .error = {},
      .browser_key = state_cookie.find(context.request, context.services.addresses).value_or("")};
  if (const auto query = server::parse_query(context.request.query)) {
    for (const auto& [name, value] : *query) {
      auto* into = name == "state"   ? &back.state
                   : name == "code"  ? &back.code
                   : name == "error" ? &back.error
                                     : nullptr;
      if (into != nullptr && value.size() <= longest_value) *into = value;
    }
  }
  // Threads appends this to its codes.
  if (back.code.ends_with("#_")) back.code.resize(back.code.size() - 2);
  auto finish = [&connecting = *context.services.connecting, back](auto done) {
    connecting.finish(back, std::move(done));
  };
  const auto finished = co_await from_callback<actors::connect_finished>(std::move(finish));
  if (finished.tenant_id) context.services.engine.notify(*finished.tenant_id, [] {});
  const auto over = state_cookie.forget(context.services.addresses);
  co_return reply<document>{document{.body = "", .shared_body = nullptr, .media_type = {}}}
      .status(303)
      .with("location", finished.dashboard_url)
      .with(over.name, over.value)
      .with("cache-control", "no-store")
      .with("referrer-policy", "no-referrer");
}

}  // namespace pulse::http::routes

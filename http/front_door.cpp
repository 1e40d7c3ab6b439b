#include "http/front_door.hpp"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include "http/api/idempotency.hpp"
#include "http/api/openapi.hpp"
#include "http/operations/database_metrics.hpp"
#include "http/routes/all.hpp"

namespace pulse::http {

namespace {

std::string_view route_name(const route* context) {
  return context == nullptr ? std::string_view{"no route"} : context->path;
}

/// One line a request: successes at debug, mistakes of the client at info, our own at error.
void log_access(const server::request& request, const route* via, const principal& who, int status,
                std::string_view code, std::string_view cause) {
  const auto level = status >= 500 ? spdlog::level::err : status >= 400 ? spdlog::level::info : spdlog::level::debug;
  if (!spdlog::should_log(level)) return;
  const auto tenant = who.tenant_id.is_nil() ? std::string{"-"} : base::to_string(who.tenant_id);
  spdlog::log(level, "{} {} was answered {}{}{} request={} tenant={} remote={}{}{}", server::to_string(request.method),
              route_name(via), status, code.empty() ? "" : " ", code, request.id, tenant, request.remote_address,
              cause.empty() ? "" : " cause: ", cause);
}

}  // namespace

std::vector<std::string> open_paths() { return {"/site/", std::string{api_prefix} + "/site/"}; }

front_door::front_door(services& services, options settings)
    : services_(services),
      settings_(std::move(settings)),
      authenticator_(services.tokens, services.clock, standings_),
      confirmations_(settings_.confirming),
      limits_(settings_.limits),
      calls_(settings_.calls),
      browsers_(services.addresses.api_url(), services.browser_origins),
      docs_(settings_.docs_assets, services.addresses.api_prefix()) {
  routes::add_all(table_, {docs_, {limits_, authenticator_, browsers_, standings_}, sites_, services.media});
  if (settings_.more_routes) settings_.more_routes(table_);
  for (auto& one : table_.routes()) one.metrics = services_.measures.for_route(one.method, one.path);
  add_database_metrics(services.measures, services.database, "request");
  services.measures.add_counter("pulse_audit_refusals_left_out_total",
                                "Refusals that the audit does not hold: too many of one company in a minute.", {},
                                [this] { return static_cast<double>(refusals_.left_out()); });
  services_.measures.add_counter(
      "pulse_standings_confirmed_total",
      "Requests that asked the database for nothing but who asks, on their io thread's connection.", {},
      [this] { return static_cast<double>(confirmations_.asked_directly()); });
  auto document = make_openapi(table_, services_.version, services_.addresses.api_prefix());
  docs_.set_openapi(boost::json::serialize(document.content));
  for (const auto& mistake : table_.mistakes()) spdlog::critical("The route table is wrong: {}", mistake);
  for (const auto& name : document.clashes)
    spdlog::critical("The API document is wrong: two types are called {}", name);
}

server::handler front_door::handler() {
  return [this](const server::request& request) { return answer(request); };
}

server::server::refusal front_door::refusal() {
  return [this](int status, std::string_view title, std::string_view detail, std::string_view request_id) {
    services_.measures.count_refused(status);
    return render(problems::of_refusal(status, title, detail), "", request_id);
  };
}

router::match front_door::find(const server::request& request, std::string_view& path) const {
  path = request.path;
  const auto match = table_.find(request.method, path);
  if (match.found != nullptr || match.allowed != nullptr) return match;
  path = services_.addresses.without_prefix(path);  // a proxy may leave the prefix on, or take it off
  return table_.find(request.method, path);
}

server::body_permit front_door::permit_body(const server::request& request) {
  std::string_view path;
  const auto match = find(request, path);
  if (match.found == nullptr) return {0, answer_unrouted(request, match)};
  const bool is_public = match.found->needs == domain::permission::public_;
  const auto usual = is_public ? public_body_bytes_max : body_bytes_max;
  const auto own = match.found->options.body_bytes_max;
  const auto bytes_max = own > 0 ? own : usual;
  const bool streams = match.found->options.streams;
  if (is_public) return {bytes_max, std::nullopt, streams};

  request_context context{request, services_, *match.found, match.values, {}, {}, {}, {}, {}};
  const auto refused = presume(context);
  if (!refused) return {bytes_max, std::nullopt, streams};
  auto given = detail::render_problem(context, *refused);
  refusals_.begin_record(context, given.status);
  finish(context, given);
  return {0, std::move(given)};
}

boost::asio::awaitable<server::response> front_door::answer(const server::request& request) {
  std::string_view path;
  const auto match = find(request, path);
  if (match.found == nullptr || path == "/") {
    if (auto page = find_page(request, path)) co_return std::move(*page);
  }
  if (match.found == nullptr) co_return answer_unrouted(request, match);

  request_context context{request, services_, *match.found, match.values, {}, {}, {}, {}, {}};
  server::response given;
  call_limits::taken taken;
  auto refused = co_await admit(context, taken);
  if (!refused) {
    given = co_await run(context);
    refused = co_await confirm(context, given);
  }
  if (refused) given = detail::render_problem(context, *refused);
  co_await refusals_.record(context, given.status);
  if (taken.by != nullptr && taken.verdict.allowed) taken.by->describe(taken.verdict, given.headers);
  if (context.route.options.no_store) given.headers.push_back({"cache-control", "no-store"});
  finish(context, given);
  co_return given;
}

boost::asio::awaitable<server::response> front_door::run(request_context& context) {
  std::string thrown;
  try {
    auto given = co_await context.route.run(context);
    co_return given;
  } catch (const std::exception& error) {
    thrown = error.what();
    if (thrown.empty()) thrown = "an exception without words";
  }
  co_return detail::render_problem(context, problems::internal(thrown));
}

/// Confirms the caller's standing before an answer that no work has confirmed: the work was refused, or there was none
/// for the caller's tenant. If the standing has changed, the request is judged again.
boost::asio::awaitable<std::optional<problem>> front_door::confirm(request_context& context, server::response& given) {
  if (!context.guarded || context.is_standing_sure) co_return std::nullopt;
  const bool is_undone = context.has_standing_changed || server::is_read(context.request.method);
  if (!context.has_standing_changed) co_await confirmations_.confirm(context);
  if (context.is_standing_sure) co_return std::nullopt;
  auto identified = co_await authenticator_.identify_anew(context);
  if (!identified) co_return identified.error();
  context.principal = *identified;
  if (auto refused = check_permission(context)) co_return refused;
  if (!is_undone) co_return std::nullopt;
  if (context.route.options.streams)
    co_return problems::unavailable("standing_changed", "What you may do here has just changed. Send it again.",
                                    std::chrono::seconds{1});
  context.problem_code.clear();
  context.problem_cause.clear();
  context.concerns.clear();
  given = co_await run(context);
  co_return std::nullopt;
}

std::optional<problem> front_door::presume(request_context& context) {
  if (context.route.needs == domain::permission::public_) return std::nullopt;
  auto presumed = authenticator_.presume(context.request);
  if (!presumed) return presumed.error();
  if (!*presumed) return std::nullopt;
  context.principal = **presumed;
  return check_permission(context);
}

std::optional<problem> front_door::check_permission(const request_context& context) const {
  if (context.route.needs == domain::permission::administer_platform) {
    if (context.principal.is_platform_admin) return std::nullopt;
    return problems::forbidden("not_permitted", "This is for the administrators of this installation.");
  }
  if (context.principal.limits && !context.principal.limits->has(context.route.needs))
    return problems::forbidden("scope_missing", fmt::format("This token is not for that: it lacks the scope {}.",
                                                            base::to_name(context.route.needs)));
  if (context.principal.reach && reaches_beyond_projects(context.route.needs))
    return problems::forbidden("beyond_projects",
                               "Your access is limited to some projects, and this reaches beyond them. Ask an owner or "
                               "an admin of your company.");
  if (domain::allows(context.principal.role, context.route.needs)) return std::nullopt;
  return problems::forbidden(
      "not_permitted", fmt::format("Your role ({}) does not include this. Ask an owner or an admin of your company.",
                                   base::to_name(context.principal.role)));
}

boost::asio::awaitable<std::optional<problem>> front_door::admit(request_context& context, call_limits::taken& taken) {
  const auto& via = context.route;
  if (via.needs != domain::permission::public_) {
    // What is for administrators may work for other tenants than the caller's, which is where the guard confirms.
    const bool is_read_anew = via.needs == domain::permission::administer_platform || via.options.streams;
    auto identify = is_read_anew ? authenticator_.identify_anew(context) : authenticator_.identify(context);
    auto identified = co_await std::move(identify);
    if (!identified) co_return identified.error();
    context.principal = *identified;
    auto refused = check_permission(context);
    if (refused && !context.is_standing_sure) {
      identified = co_await authenticator_.identify_anew(context);
      if (!identified) co_return identified.error();
      context.principal = *identified;
      refused = check_permission(context);
    }
    if (refused) co_return refused;
    taken = calls_.take(context.principal, via.options.costly, std::chrono::steady_clock::now());
    if (!taken.verdict.allowed) co_return taken.by->refuse(taken.verdict);
  }
  if (via.options.idempotent) {
    if (const auto value = context.request.find("idempotency-key")) {
      context.idempotency_key = parse_idempotency_key(*value);
      if (!context.idempotency_key) {
        co_return problem{.status = 400,
                          .code = "malformed_idempotency_key",
                          .detail =
                              "The Idempotency-Key must be one string of 1 to 255 visible characters, such as "
                              "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"."};
      }
    }
  }
  co_return std::nullopt;
}

/// What an answer gets whatever the route: addresses under the prefix, and no way into a cache that others share.
void front_door::finish(const request_context& context, server::response& given) const {
  services_.addresses.place(given);
  if (!given.find("cache-control")) {
    given.headers.push_back({"cache-control", given.find("etag") ? "private, no-cache" : "no-store"});
  }
  if (!given.find("content-security-policy"))
    given.headers.push_back({"content-security-policy", "frame-ancestors 'none'"});
  services_.measures.observe(context.route.metrics, given.status,
                             std::chrono::steady_clock::now() - context.request.received_at);
  log_access(context.request, &context.route, context.principal, given.status, context.problem_code,
             context.problem_cause);
}

std::optional<server::response> front_door::find_page(const server::request& request, std::string_view path) const {
  if (!settings_.pages || !server::is_read(request.method)) return std::nullopt;
  return settings_.pages(request, path);
}

server::response front_door::answer_unrouted(const server::request& request, const router::match& match) {
  server::response given;
  if (match.allowed != nullptr && request.method == server::verb::options) {
    given.status = 204;
    given.headers.push_back({"allow", *match.allowed});
  } else {
    auto what =
        match.allowed != nullptr ? problems::method_not_allowed(*match.allowed) : problems::not_found("address");
    if (match.allowed == nullptr)
      what.detail = "There is nothing at this address. GET /openapi.json lists every address.";
    given = render(what, services_.addresses.seen_path(request.path), request.id);
  }
  given.headers.push_back({"cache-control", "no-store"});
  services_.measures.observe(nullptr, given.status, std::chrono::steady_clock::now() - request.received_at);
  log_access(request, nullptr, {}, given.status, "", "");
  return given;
}

}  // namespace pulse::http

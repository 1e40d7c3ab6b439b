#include "http/api/audited.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "http/api/route.hpp"
#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"

namespace pulse::http {

namespace audit = persistence::audit;

namespace {

constexpr std::size_t device_max = 200;

std::string device_of(const server::request& request) {
  std::string made;
  for (const char c : request.find("user-agent").value_or("")) {
    if (c >= ' ' && c <= '~' && made.size() < device_max) made += c;
  }
  return made;
}

std::optional<base::uuid> subject_of(const request_context& context) {
  for (const auto value : context.path) {
    if (const auto id = base::parse_uuid(value)) return id;
  }
  return std::nullopt;
}

std::optional<base::uuid> known(const base::uuid& id) { return id.is_nil() ? std::nullopt : std::optional{id}; }

/// The actor of an entry: the caller, or the member that the call is about.
void name_actor(audit::entry& made, const request_context& context, const base::uuid& tenant_id) {
  const auto& who = context.principal;
  if (who.tenant_id == tenant_id) {
    made.by = who.limits ? audit::actor_kind::token : audit::actor_kind::member;
    made.actor_id = known(who.member_id);
    if (who.limits) made.token_id = who.limits->token_id;
    return;
  }
  if (!who.tenant_id.is_nil()) {
    made.by = who.is_platform_admin ? audit::actor_kind::platform_admin : audit::actor_kind::nobody;
    if (who.is_platform_admin) made.actor_id = known(who.member_id);
    return;
  }
  for (const auto& each : context.concerns) {
    if (each.tenant_id != tenant_id) continue;
    made.actor_id = known(each.member_id);
    made.session_id = known(each.session_id);
    if (made.actor_id || made.session_id) made.by = audit::actor_kind::member;
    return;
  }
}

audit::entry entry_of(const request_context& context, const base::uuid& tenant_id) {
  const auto now = context.services.clock.now();
  audit::entry made{.id = base::new_uuid(now),
                    .at = now,
                    .action = fmt::format("{} {}", server::to_string(context.route.method), context.route.path),
                    .by = audit::actor_kind::nobody,
                    .actor_id = std::nullopt,
                    .session_id = std::nullopt,
                    .token_id = std::nullopt,
                    .subject_id = subject_of(context),
                    .request_id = context.request.id,
                    .address = context.request.remote_address,
                    .device = device_of(context.request)};
  name_actor(made, context, tenant_id);
  return made;
}

/// Costly reads have a body only because their question does not fit into an address. Their transaction may even be
/// read-only.
bool only_reads(const route& of) {
  return server::is_read(of.method) || (of.options.costly && base::to_name(of.needs).starts_with("read_"));
}

/// Whether a refusal belongs in the audit: forbidden, impossible or premature calls do, malformed ones do not.
bool is_told(server::verb method, int status) {
  if (server::is_read(method)) return status == 403;
  return status == 401 || status == 403 || status == 404 || status == 409 || status == 412 || status == 429;
}

/// The companies whose audit records a refusal.
std::vector<base::uuid> tenants_of(const request_context& context) {
  if (!context.principal.tenant_id.is_nil()) return {context.principal.tenant_id};
  std::vector<base::uuid> made;
  for (const auto& each : context.concerns) {
    if (std::find(made.begin(), made.end(), each.tenant_id) == made.end()) made.push_back(each.tenant_id);
  }
  return made;
}

auto refusal_job(audit::entry of, int status, std::string code) {
  return [of = std::move(of), status, code = std::move(code)](persistence::transaction& tx) {
    audit::append_refusal(tx, of, status, code);
  };
}

}  // namespace

std::optional<audited> audited_of(const request_context& context, const std::optional<base::uuid>& tenant_id) {
  if (!tenant_id) return std::nullopt;
  switch (context.route.options.audit) {
    case audit_rule::always: return audited{entry_of(context, *tenant_id), audit::when::always};
    case audit_rule::usual:
      if (only_reads(context.route)) return std::nullopt;
      return audited{entry_of(context, *tenant_id), audit::when::written};
    case audit_rule::quiet:
      if (only_reads(context.route)) return std::nullopt;
      return audited{entry_of(context, *tenant_id), audit::when::noted};
  }
  return std::nullopt;
}

bool refusal_audit::take(const base::uuid& tenant_id) {
  if (written_.take(base::to_string(tenant_id), std::chrono::steady_clock::now()).allowed) return true;
  ++left_out_;
  return false;
}

boost::asio::awaitable<void> refusal_audit::record(const request_context& context, int status) {
  if (!is_told(context.route.method, status)) co_return;
  for (const auto& tenant_id : tenants_of(context)) {
    if (!take(tenant_id)) continue;
    auto job = refusal_job(entry_of(context, tenant_id), status, context.problem_code);
    auto& database = context.services.database;
    auto start = [&database, tenant_id, job = std::move(job)](auto finish) mutable {
      database.transact(tenant_id, std::move(job), std::move(finish));
    };
    const auto stored = co_await from_callback<persistence::result<void>>(std::move(start));
    if (stored.has_error()) ++left_out_;
  }
}

void refusal_audit::begin_record(const request_context& context, int status) {
  if (!is_told(context.route.method, status)) return;
  for (const auto& tenant_id : tenants_of(context)) {
    if (!take(tenant_id)) continue;
    context.services.database.transact(tenant_id,
                                       refusal_job(entry_of(context, tenant_id), status, context.problem_code),
                                       [](const persistence::result<void>&) {});
  }
}

}  // namespace pulse::http

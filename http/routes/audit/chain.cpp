// The hash chain behind the audit: its signed head, and whether every entry before it is unchanged.
#include "persistence/audit/chain.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/audit/audit.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace audit = persistence::audit;
using domain::permission;
using server::verb;

/// Entries that one call verifies at most; `pulse audit verify` verifies longer chains.
constexpr std::int64_t verified_max = 2'000'000;

struct verify_request {
  std::optional<audit::exported_head> head;  // an earlier head that was exported
};
BOOST_DESCRIBE_STRUCT(verify_request, (), (head))

problem no_key() { return problems::conflict("not_configured", "The audit is not signed here."); }

net::awaitable<reply<audit::exported_head>> show_head(request_context& context) {
  if (context.services.audit_key == nullptr) co_return no_key();
  auto job = [tenant_id = context.principal.tenant_id, &key = *context.services.audit_key](
                 persistence::transaction& tx) { return audit::find_head(tx, tenant_id, key); };
  auto found = co_await in_transaction(context, std::move(job));
  if (!found) co_return found.error();
  if (!*found) co_return problems::not_found("audit entry that is sealed");
  co_return std::move(**found);
}

net::awaitable<reply<audit::verdict>> verify(request_context& context, std::optional<verify_request> request) {
  if (context.services.audit_key == nullptr) co_return no_key();
  audit::verification running{context.principal.tenant_id, *context.services.audit_key,
                              request ? std::move(request->head) : std::optional<audit::exported_head>{}};
  bool has_more = true;
  while (has_more) {
    // The job may run twice, so each run begins with a copy.
    auto job = [running](persistence::transaction& tx) mutable {
      const bool more = running.step(tx);
      return std::pair{std::move(running), more};
    };
    auto stepped = co_await in_transaction(context, std::move(job));
    if (!stepped) co_return stepped.error();
    running = std::move(stepped->first);
    has_more = stepped->second;
    if (has_more && running.found().entries >= verified_max)
      co_return problems::conflict("too_long", "This chain is longer than a call verifies: use `pulse audit verify`.");
  }
  co_return std::move(running.found());
}

}  // namespace

void add_audit_chain(route_table& table) {
  table.add(
      verb::get, "/audit/head", permission::read_audit, &show_head, "The signed head of the audit's hash chain",
      {.problems = {404, 409},
       .description = "Keep it elsewhere: with it POST /audit/verify and `pulse audit verify` notice any earlier entry "
                      "that was changed, deleted, reordered or cut off."});
  table.add(verb::post, "/audit/verify", permission::read_audit,
            [](request_context& context, in_body<std::optional<verify_request>> body) {
              return verify(context, std::move(body.value));
            },
            "Verify the audit's chain", {.problems = {409}, .costly = true, .audit = audit_rule::quiet});
}

}  // namespace pulse::http::routes

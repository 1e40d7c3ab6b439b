#include "http/routes/engagement/chat_hooks.hpp"

#include <utility>

#include "domain/platforms/web_address.hpp"
#include "http/api/idempotency.hpp"
#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/engagement/automation.hpp"
#include "persistence/engagement/chat_hooks.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace rows = persistence::chat_hooks;
using domain::permission;
using persistence::transaction;
using rows::chat_hook;
using server::verb;

struct by_hook {
  base::uuid id;
};
BOOST_DESCRIBE_STRUCT(by_hook, (), (id))

struct new_hook_request {
  domain::chat_kind kind = domain::chat_kind::slack;
  base::text<1, domain::most_web_address_bytes> address;  // where the chat accepts messages; never shown again
};
BOOST_DESCRIBE_STRUCT(new_hook_request, (), (kind, address))

struct hook_list {
  std::vector<chat_hook> items;
};
BOOST_DESCRIBE_STRUCT(hook_list, (), (items))

/// The owner of the hooks that a path names.
enum class whose { mine, company };

std::optional<base::uuid> owner_of(const request_context& context, whose which) {
  return which == whose::mine ? std::optional{context.principal.member_id} : std::nullopt;
}

/// `https://hooks.slack.com/services/…` → `hooks.slack.com`
std::string host_of(const std::string& address) {
  const auto begin = address.find("://") + 3;
  return address.substr(begin, std::min(address.find_first_of("/?#", begin), address.size()) - begin);
}

net::awaitable<reply<hook_list>> list_hooks(request_context& context) {
  auto found = co_await read_all(context, rows::list(context.principal.member_id));
  if (!found) co_return found.error();
  co_return hook_list{std::move(*found)};
}

net::awaitable<reply<chat_hook>> add_hook(request_context& context, new_hook_request request, whose which) {
  if (auto wrong = domain::web_address_problem(request.address.value, context.services.is_loopback_allowed))
    co_return problems::invalid_field("/address", std::move(*wrong));
  const auto now = context.services.clock.now();
  rows::new_hook made{base::new_uuid(now), owner_of(context, which), request.kind, host_of(request.address.value),
                      request.address.value};
  auto job = [made = std::move(made), now, &box = context.services.secrets](transaction& tx) -> reply<chat_hook> {
    // A member's chats need their settings row. It may not exist yet, so it is stored first with the present values.
    if (made.member_id)
      persistence::automation::store(tx, *made.member_id, persistence::automation::find(tx, *made.member_id), now);
    if (!rows::insert(tx, made, box, now))
      return problems::conflict("too_many_webhooks", "There may be five. Remove one first.");
    return chat_hook{made.id, made.kind, made.host, !made.member_id.has_value(), now, {}, {}, false};
  };
  auto answer = co_await create_once(context, std::move(job));
  co_return answer;
}

net::awaitable<reply<nothing>> remove_hook(request_context& context, base::uuid id, whose which) {
  auto job = [id, owner = owner_of(context, which)](transaction& tx) { return rows::remove(tx, id, owner); };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  if (!*done) co_return problems::not_found("webhook");
  co_return nothing{};
}

net::awaitable<reply<nothing>> try_hook(request_context& context, base::uuid id, whose which) {
  auto job = [id, owner = owner_of(context, which), now = context.services.clock.now(),
              &box = context.services.secrets](transaction& tx) -> result<chat_hook> {
    auto found = rows::find(id, owner).first(tx);
    if (!found) return problems::not_found("webhook");
    if (found->is_off)
      return problems::conflict("webhook_off", "The chat refuses messages at this address. Add it again.");
    rows::queue_message(
        tx, id,
        {.title = "Pulse can reach this chat", .parts = {{"You are told here when likes and comments wait.", {}, {}}}},
        box, now);
    return std::move(*found);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  if (context.services.engagement_waits) context.services.engagement_waits();
  co_return nothing{};
}

net::awaitable<reply<chat_hook>> add_mine(request_context& context, in_body<new_hook_request> body) {
  return add_hook(context, std::move(body.value), whose::mine);
}
net::awaitable<reply<chat_hook>> add_companys(request_context& context, in_body<new_hook_request> body) {
  return add_hook(context, std::move(body.value), whose::company);
}
net::awaitable<reply<nothing>> remove_mine(request_context& context, in_path<by_hook> path) {
  return remove_hook(context, path->id, whose::mine);
}
net::awaitable<reply<nothing>> remove_companys(request_context& context, in_path<by_hook> path) {
  return remove_hook(context, path->id, whose::company);
}
net::awaitable<reply<nothing>> try_mine(request_context& context, in_path<by_hook> path) {
  return try_hook(context, path->id, whose::mine);
}
net::awaitable<reply<nothing>> try_companys(request_context& context, in_path<by_hook> path) {
  return try_hook(context, path->id, whose::company);
}

constexpr std::string_view what_mine =
    "Slack, Microsoft Teams or Discord, by the address of an incoming webhook. Messages hold links that act in my "
    "name: use a chat that only I read. The address is encrypted and never shown again.";
constexpr std::string_view what_companys =
    "Owners and admins. The messages say how many acts wait under which post. They hold no names, no texts and no "
    "links that act.";

}  // namespace

void add_chat_hooks(route_table& table) {
  table.add(verb::get, "/automation/webhooks", permission::read_account, &list_hooks,
            "The chats that notify me and my company of waiting acts");
  table.add(verb::post, "/automation/webhooks", permission::engage, &add_mine, "Notify me in a chat",
            {.success = 201, .idempotent = true, .problems = {409}, .description = what_mine});
  table.add(verb::delete_, "/automation/webhooks/{id}", permission::engage, &remove_mine,
            "Stop notifying me in this chat", {.success = 204, .problems = {404}});
  table.add(verb::post, "/automation/webhooks/{id}/test", permission::engage, &try_mine,
            "Send a test message to this chat", {.success = 204, .problems = {404, 409}});
  table.add(verb::post, "/automation/company-webhooks", permission::operate, &add_companys,
            "Notify the company in a chat",
            {.success = 201, .idempotent = true, .problems = {409}, .description = what_companys});
  table.add(verb::delete_, "/automation/company-webhooks/{id}", permission::operate, &remove_companys,
            "Stop notifying the company in this chat",
            {.success = 204, .problems = {404}, .description = "Owners and admins."});
  table.add(verb::post, "/automation/company-webhooks/{id}/test", permission::operate, &try_companys,
            "Send a test message to this chat",
            {.success = 204, .problems = {404, 409}, .description = "Owners and admins."});
}

}  // namespace pulse::http::routes

#include "http/routes/publishing/site_hooks.hpp"

#include <utility>

#include "base/webhook_signature.hpp"
#include "domain/platforms/web_address.hpp"
#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/publishing/site_hooks.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace rows = persistence::site_hooks;
using domain::permission;
using persistence::transaction;
using rows::site_hook;
using server::verb;

struct site_hook_request {
  base::text<1, domain::most_web_address_bytes> address;  // where the site accepts messages; never shown again
};
BOOST_DESCRIBE_STRUCT(site_hook_request, (), (address))

struct told_site {
  std::optional<site_hook> webhook;  // none: no site is told
};
BOOST_DESCRIBE_STRUCT(told_site, (), (webhook))

struct made_site_hook {
  site_hook webhook;
  std::string secret;  // shown only once; it lets the site verify Pulse's messages
};
BOOST_DESCRIBE_STRUCT(made_site_hook, (), (webhook, secret))

/// `https://example.org/hooks/pulse` → `example.org`
std::string host_of(const std::string& address) {
  const auto begin = address.find("://") + 3;
  return address.substr(begin, std::min(address.find_first_of("/?#", begin), address.size()) - begin);
}

/// That no site is told is an answer: 404 is for a channel that is not there.
net::awaitable<reply<told_site>> read_hook(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id](transaction& tx) -> result<told_site> {
    if (!rows::is_website(tx, id)) return problems::not_found("channel");
    return told_site{rows::find(tx, id)};
  };
  auto found = co_await in_transaction(context, std::move(job));
  if (!found) co_return found.error();
  co_return std::move(*found);
}

net::awaitable<reply<made_site_hook>> set_hook(request_context& context, in_path<by_id> path,
                                               in_body<site_hook_request> body) {
  const auto& address = body->address.value;
  if (auto wrong = domain::web_address_problem(address, context.services.is_loopback_allowed))
    co_return problems::invalid_field("/address", std::move(*wrong));
  auto job = [id = path->id, address, now = context.services.clock.now(),
              &box = context.services.secrets](transaction& tx) -> result<made_site_hook> {
    const auto is_website = rows::is_website(tx, id);
    if (!is_website) return problems::not_found("channel");
    if (!*is_website)
      return problems::conflict("no_website", "Only a website channel can send its posts to a site of your own.");
    const auto secret = base::new_webhook_secret();
    rows::store(tx, id, host_of(address), address, secret, box, now);
    return made_site_hook{*rows::find(tx, id), secret.reveal()};
  };
  auto made = co_await in_transaction(context, std::move(job));
  if (!made) co_return made.error();
  co_return std::move(*made);
}

net::awaitable<reply<nothing>> remove_hook(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id](transaction& tx) { return rows::remove(tx, id); };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  if (!*done) co_return problems::not_found("webhook");
  co_return nothing{};
}

net::awaitable<reply<nothing>> try_hook(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, now = context.services.clock.now()](transaction& tx) -> result<site_hook> {
    // The webhook of a removed channel stays, to tell the site of what is withdrawn there.
    const bool is_there = rows::is_website(tx, id).has_value();
    auto found = rows::find(tx, id);
    if (!is_there || !found) return problems::not_found("webhook");
    if (found->is_off)
      return problems::conflict("webhook_off", "The site refuses messages at this address. Set the address again.");
    rows::queue_test(tx, id, now);
    return std::move(*found);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  if (context.services.engagement_waits) context.services.engagement_waits();
  co_return nothing{};
}

constexpr std::string_view what_set =
    "Each post that the channel publishes, corrects or withdraws is sent there in a signed POST (Standard Webhooks: "
    "`webhook-id`, `webhook-timestamp`, `webhook-signature`). A message is tried ten times over three days and keeps "
    "its `webhook-id`. Only this answer has the secret; setting the address again makes a new one.";

}  // namespace

void add_site_hooks(route_table& table) {
  table.add(verb::get, "/channels/{id}/webhook", permission::manage_channels, &read_hook,
            "Read the webhook of a website channel", {.problems = {404}});
  table.add(verb::put, "/channels/{id}/webhook", permission::manage_channels, &set_hook,
            "Send a website channel's posts to a site of your own", {.problems = {404, 409}, .description = what_set});
  table.add(verb::delete_, "/channels/{id}/webhook", permission::manage_channels, &remove_hook,
            "Remove the webhook of a website channel", {.success = 204, .problems = {404}});
  table.add(verb::post, "/channels/{id}/webhook/test", permission::manage_channels, &try_hook,
            "Send a test message to the webhook", {.success = 204, .problems = {404, 409}});
}

}  // namespace pulse::http::routes

#include "http/routes/engagement/whatsapp_link.hpp"

#include <charconv>

#include <fmt/core.h>

#include "base/secure.hpp"
#include "domain/engagement/addresses.hpp"
#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/engagement/engagements.hpp"
#include "persistence/engagement/found_posts.hpp"
#include "persistence/events/events.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace posts = persistence::tracked_posts;
namespace signatures = persistence::engagements;
using persistence::transaction;

constexpr std::string_view time_header = "x-pulse-timestamp";
constexpr std::string_view signature_header = "x-pulse-signature";
constexpr std::string_view signature_begin = "sha256=";
/// The largest difference between a call's time and ours. It alone refuses a later replay.
constexpr std::chrono::seconds most_apart{300};
constexpr std::size_t most_bytes = 16 * 1024;

struct link_message {
  base::uuid company_id;
  base::text<1, 4'000> text;  // the whole message, or the address alone
};
BOOST_DESCRIBE_STRUCT(link_message, (), (company_id, text))

struct brought_post {
  bool is_new = false;  // false: it was known
  posts::tracked_post post;
};
BOOST_DESCRIBE_STRUCT(brought_post, (), (is_new, post))

problem refused() {
  return problems::unauthenticated("bad_signature",
                                   "The signature does not fit the body, the time and any key, or was used before.");
}

bool is_signed(const request_context& context, std::string_view time, std::string_view signature) {
  const auto signed_text = fmt::format("{}.{}", time, context.request.body);
  bool fits = false;
  // Every key is tried, even after a match, so that the time reveals nothing.
  for (const auto& key : context.services.whatsapp_link_secrets) {
    const auto expected = base::to_hex(base::hmac_sha256(key.reveal(), signed_text));
    fits = base::equal_in_constant_time(expected, signature) || fits;
  }
  return fits;
}

/// The hash of a valid and fresh signature.
result<persistence::bytes> check_signature(const request_context& context) {
  if (context.services.whatsapp_link_secrets.empty()) {
    return problems::forbidden(
        "not_configured", "Links from WhatsApp are not taken here: the operator has not set WHATSAPP_LINK_SECRETS.");
  }
  const auto time = context.request.find(time_header).value_or("");
  auto signature = context.request.find(signature_header).value_or("");
  if (!signature.starts_with(signature_begin)) return refused();
  signature.remove_prefix(signature_begin.size());
  std::int64_t seconds = 0;
  const auto read = std::from_chars(time.data(), time.data() + time.size(), seconds);
  const auto now = std::chrono::floor<std::chrono::seconds>(context.services.clock.now()).time_since_epoch().count();
  const bool is_fresh = read.ec == std::errc{} && read.ptr == time.data() + time.size() &&
                        seconds > now - most_apart.count() && seconds < now + most_apart.count();
  if (!is_signed(context, time, signature) || !is_fresh) return refused();
  return persistence::bytes{std::string{base::as_text(base::sha256(signature))}};
}

result<brought_post> bring(transaction& tx, const base::uuid& tenant_id, const domain::post_address& address,
                           const persistence::bytes& signature, base::timestamp now) {
  if (!signatures::use_signature(tx, signature, now, now - 3 * most_apart)) return refused();
  const auto page_url = address.author.empty() ? std::string{} : "https://www.linkedin.com/company/" + address.author;
  const auto page = posts::find_page_of_link(page_url).first(tx);
  if (!page) return problems::not_found("tracked page of that post");
  const posts::found_post seen{.external_id = address.urn,
                               .urn = address.urn,
                               .url = address.url,
                               .title = {},
                               .text = {},
                               .source = posts::post_source::whatsapp,
                               .brought_by = std::nullopt,
                               .published_at = now};
  const auto made = posts::add(tx, tenant_id, page->id, {seen}, now);
  if (made.fresh > 0) {
    domain::tracked_post_found facts;
    facts.post_url = seen.url;
    facts.source = "whatsapp";
    facts.planned = made.planned;
    persistence::events::append(tx,
                                {.tenant_id = tenant_id,
                                 .about = persistence::events::subject{domain::subject_kind::tracked_page, page->id},
                                 .facts = std::move(facts),
                                 .at = now});
  }
  return brought_post{made.fresh > 0, *posts::find(page->id, seen.external_id).first(tx)};
}

net::awaitable<reply<brought_post>> take_link(request_context& context, in_body<link_message> body) {
  const auto signature = check_signature(context);
  if (!signature) co_return signature.error();
  const auto address = domain::find_post_address(body->text.value);
  if (!address) co_return problems::invalid_field("/text", "has no address of a post at LinkedIn");
  context.concerns = {{body->company_id}};
  auto job = [tenant_id = body->company_id, address = *address, hash = *signature,
              now = context.services.clock.now()](transaction& tx) { return bring(tx, tenant_id, address, hash, now); };
  auto done = co_await in_transaction(context, body->company_id, std::move(job));
  if (!done) co_return done.error();
  if (context.services.engagement_waits) context.services.engagement_waits();
  co_return std::move(*done);
}

}  // namespace

void add_whatsapp_link(route_table& table) {
  table.add(server::verb::post, "/webhooks/whatsapp-link", domain::permission::public_, &take_link,
            "Take a post's address from the WhatsApp sidecar",
            {.problems = {401, 403, 404},
             .description = "`X-Pulse-Timestamp` is the time in seconds since 1970, `X-Pulse-Signature` is `sha256=` "
                            "and the HMAC-SHA256, in hexadecimal, of the time, a full stop and the body, with one of "
                            "WHATSAPP_LINK_SECRETS. A call is valid once and for five minutes. Repeated addresses add "
                            "no second post.",
             .body_bytes_max = most_bytes});
}

}  // namespace pulse::http::routes

#include "connectors/website/hook.hpp"

#include <chrono>
#include <utility>

#include <fmt/core.h>

#include "base/webhook_signature.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::website {

namespace {

constexpr std::chrono::seconds send_timeout{15};
/// Nobody reads what a site answers.
constexpr std::size_t most_reply_bytes = 16 * 1024;

}  // namespace

std::optional<egress_request> signed_request(const base::secret& address, const base::secret& signing_secret,
                                             std::string_view id, std::string body, base::timestamp attempted_at) {
  const auto signature = base::webhook_signature(signing_secret, id, attempted_at, body);
  if (!signature) return std::nullopt;
  egress_request made;
  made.method = "POST";
  made.url = address.reveal();
  made.headers = {{"content-type", "application/json"},
                  {"webhook-id", std::string{id}},
                  {"webhook-timestamp", base::webhook_timestamp(attempted_at)},
                  {"webhook-signature", *signature}};
  made.body = std::move(body);
  made.timeout = send_timeout;
  made.max_response_bytes = most_reply_bytes;
  made.address = trust::user_given;
  return made;
}

hook_verdict read_hook_reply(const egress_reply& reply, base::timestamp now) {
  if (reply.address_refused) return {hook_delivery::again, "The address may not be called: " + reply.error};
  // Whatever it says, a status of success is its word for having the message.
  if (reply.status >= 200 && reply.status < 300) return {hook_delivery::arrived, {}};
  if (reply.how_far != progress::complete) return {hook_delivery::again, "The site did not answer. " + reply.error};
  if (reply.status == 410) return {hook_delivery::gone, "The site says that nobody listens at this address (410)."};
  if (reply.status >= 300 && reply.status < 400)
    return {hook_delivery::again, fmt::format("The site leads elsewhere ({}), which is not followed.", reply.status)};
  return {hook_delivery::again, fmt::format("The site answered {}.", reply.status), retry_after_in(reply, now)};
}

}  // namespace pulse::connectors::website

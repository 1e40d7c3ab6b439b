// Messages to chats that take them at an address of their own ("incoming webhooks"): Slack, Microsoft Teams, Discord. An address is a secret:
// whoever has it can write there.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "connectors/egress/egress.hpp"
#include "domain/engagement/asking.hpp"

namespace pulse::connectors::chat {

/// The body of a POST: JSON. What the parts say is shown as it is: marks of the chat's own language are taken out of their meaning, names
/// that turn the order of reading are read straight, and nobody is called by name (`@everyone`).
std::string body_of(domain::chat_kind kind, const domain::chat_message& message);

/// The POST to an address that a user gave.
egress_request request_to(const std::string& address, std::string body);

enum class delivery {
  arrived,
  again,    // later, not before `again_at` where it is told
  refused,  // the message is not taken, and would not be the next time
  gone,     // nobody takes messages there any more
};

struct verdict {
  delivery what = delivery::arrived;
  std::string problem = {};  // a sentence without address or secret
  std::optional<base::timestamp> again_at = std::nullopt;
};

/// What the chat's reply means. A message whose reply is lost is sent again: a second one is harmless, an unasked member is not.
verdict read_reply(const egress_reply& reply, base::timestamp now);

}  // namespace pulse::connectors::chat

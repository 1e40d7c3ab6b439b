// Messages to chats that take them at an address of their own ("incoming webhooks"): Slack, Microsoft Teams, Discord.
// An address is a secret: everybody who has it can post there.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "connectors/egress/egress.hpp"
#include "domain/engagement/asking.hpp"

namespace pulse::connectors::chat {

/// The body of a POST: JSON. Texts are shown literally: the chat's markup is escaped, controls of reading order are
/// removed from names, and nobody is mentioned (`@everyone`).
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

/// What the chat's reply means. A message whose reply is lost is sent again: a second one is harmless, a missing one is
/// not.
verdict read_reply(const egress_reply& reply, base::timestamp now);

}  // namespace pulse::connectors::chat

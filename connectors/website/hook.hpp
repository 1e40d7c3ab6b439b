// A signed message to a site of the user's own, as Standard Webhooks says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "connectors/egress/egress.hpp"

namespace pulse::connectors::website {

/// The request of one attempt. The address is one that a user gave. Nothing when the secret is none.
std::optional<egress_request> signed_request(const base::secret& address, const base::secret& signing_secret,
                                             std::string_view id, std::string body, base::timestamp attempted_at);

enum class hook_delivery { arrived, again, gone };

struct hook_verdict {
  hook_delivery what = hook_delivery::again;
  std::string problem;                                     // a sentence; empty: it arrived
  std::optional<base::timestamp> again_at = std::nullopt;  // not before, as the site says
};

/// 2xx has arrived, 410 means that nobody listens there any more, and everything else is tried again; redirects are not
/// followed.
hook_verdict read_hook_reply(const egress_reply& reply, base::timestamp now);

}  // namespace pulse::connectors::website

// Secrets and signatures of Standard Webhooks, version 1.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/secure.hpp"
#include "base/time.hpp"

namespace pulse::base {

/// A new secret: 32 random bytes as "whsec_" and base64.
secret new_webhook_secret();

/// Whole seconds since 1970, as `webhook-timestamp` says them.
std::string webhook_timestamp(timestamp at);

/// "v1,…": HMAC-SHA256 over `id`, the attempt's time and the body's very bytes, in base64; nothing when the secret is
/// none, or holds fewer than 24 bytes. `id` has no dot.
std::optional<std::string> webhook_signature(const secret& signing_secret, std::string_view id, timestamp attempted_at,
                                             std::string_view body);

}  // namespace pulse::base

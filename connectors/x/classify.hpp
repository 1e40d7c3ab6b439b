// What X's replies mean: plain functions from a reply to the engine's words.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors::x {

/// The outcome of `POST /2/tweets`. `published` only with the post's id in the reply; `unknown` for every 5xx and for
/// every reply that did not come whole or makes no sense, because X may have published. `handle` makes the post's
/// address.
domain::outcome classify_publish(const egress_reply& reply, std::string_view handle, base::timestamp now);

/// The budgets that the headers tell of: "posts" (X's 15-minute window of the user), "posts_user_24h", "posts_app_24h".
/// Headers that are missing or make no sense are left out.
std::vector<budget_report> read_budgets(const egress_reply& reply, base::timestamp now);

/// When X may be asked again: when the used-up budgets come back; when none says so, what Retry-After or the 15-minute
/// window says; nothing when nothing is said.
std::optional<base::timestamp> retry_time(const egress_reply& reply, base::timestamp now);

/// Where a post can be seen: "https://x.com/acme/status/1445880548472328192"; "i" stands for an unknown handle.
std::string post_url(std::string_view handle, std::string_view id);

}  // namespace pulse::connectors::x

// Reads Meta's usage headers.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"

namespace pulse::connectors::meta {

/// The budgets that the headers tell of, in percent (limit 100): "calls_app" of `X-App-Usage`, "calls_account" of the
/// entries of `type` ("instagram", "pages") in `X-Business-Use-Case-Usage`. Only from 90 % used on, which is when to
/// slow down: below that a percentage says nothing that counts posts. Both roll: what is used comes back within an
/// hour, or when the header says.
std::vector<budget_report> read_usage(const egress_reply& reply, std::string_view type, base::timestamp now);

/// When to come back after a refusal for too many calls: the longest `estimated_time_to_regain_access`, or Retry-After;
/// nothing when neither is there or makes sense.
std::optional<base::timestamp> retry_time(const egress_reply& reply, base::timestamp now);

}  // namespace pulse::connectors::meta

// How a failure of the AI provider is answered over HTTP.
#pragma once

#include <optional>
#include <string>

#include "actors/ai/asking.hpp"
#include "base/time.hpp"
#include "http/api/problem.hpp"

namespace pulse::http::routes {

/// 409 where somebody must act first (`ai_not_configured`, `ai_budget_spent`, `ai_quota_final`, `ai_refused`); 503 with
/// Retry-After where a retry may succeed (`ai_unavailable`). `reason` is shown.
problem of_ai_failure(connectors::ai::failure_kind kind, const std::string& reason,
                      const std::optional<base::timestamp>& retry_at, base::timestamp now);

}  // namespace pulse::http::routes

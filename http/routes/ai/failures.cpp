#include "http/routes/ai/failures.hpp"

#include <algorithm>
#include <chrono>

namespace pulse::http::routes {

namespace {

constexpr std::chrono::seconds usual_patience{30};

std::string_view code_of(connectors::ai::failure_kind kind) {
  using enum connectors::ai::failure_kind;
  switch (kind) {
    case not_configured: return "ai_not_configured";
    case budget_spent: return "ai_budget_spent";
    case quota_final: return "ai_quota_final";
    case refused_by_provider:
    case declined:
    case too_large: return "ai_refused";
    case rate_limited:
    case timeout:
    case unreachable:
    case malformed:
    case not_of_schema: return "ai_unavailable";
  }
  return "ai_unavailable";
}

}  // namespace

problem of_ai_failure(connectors::ai::failure_kind kind, const std::string& reason,
                      const std::optional<base::timestamp>& retry_at, base::timestamp now) {
  const auto code = code_of(kind);
  if (!connectors::ai::can_be_tried_again(kind)) return problems::conflict(code, reason);
  const auto wait = retry_at ? std::chrono::ceil<std::chrono::seconds>(*retry_at - now) : usual_patience;
  return problems::unavailable(code, reason, std::max(std::chrono::seconds{1}, wait));
}

}  // namespace pulse::http::routes

#include "connectors/ai/provider.hpp"

namespace pulse::connectors::ai {

std::string_view sentence(failure_kind kind) {
  switch (kind) {
    case failure_kind::not_configured: return "This installation has no AI provider.";
    case failure_kind::budget_spent: return "The company's AI budget of this month does not allow another request.";
    case failure_kind::quota_final: return "The installation's account at the AI provider has no credit left.";
    case failure_kind::rate_limited: return "The AI provider takes no more requests for the moment.";
    case failure_kind::refused_by_provider: return "The AI provider refused the request.";
    case failure_kind::declined: return "The model declined to answer.";
    case failure_kind::timeout: return "The AI provider did not answer in time.";
    case failure_kind::unreachable: return "The AI provider cannot be reached.";
    case failure_kind::malformed: return "The AI provider's answer could not be read.";
    case failure_kind::not_of_schema: return "The model's answer does not have the form that was asked for.";
    case failure_kind::too_large: return "The request, or its answer, is longer than allowed.";
  }
  return "";
}

bool can_be_tried_again(failure_kind kind) {
  switch (kind) {
    case failure_kind::rate_limited:
    case failure_kind::timeout:
    case failure_kind::unreachable:
    case failure_kind::malformed:
    case failure_kind::not_of_schema: return true;
    case failure_kind::not_configured:
    case failure_kind::budget_spent:
    case failure_kind::quota_final:
    case failure_kind::refused_by_provider:
    case failure_kind::declined:
    case failure_kind::too_large: return false;
  }
  return false;
}

}  // namespace pulse::connectors::ai

// Verdicts of guardrails, as answers show them.
#pragma once

#include <utility>
#include <vector>

#include <boost/describe.hpp>

#include "domain/campaigns/guardrails.hpp"

namespace pulse::http::routes {

/// A verdict under its own name in the API, because other subjects have verdicts, too.
struct guardrail_verdict : domain::campaigns::verdict {};
BOOST_DESCRIBE_STRUCT(guardrail_verdict, (domain::campaigns::verdict), ())

inline std::vector<guardrail_verdict> to_answers(std::vector<domain::campaigns::verdict> from) {
  std::vector<guardrail_verdict> made;
  made.reserve(from.size());
  for (auto& each : from) made.push_back({std::move(each)});
  return made;
}

}  // namespace pulse::http::routes

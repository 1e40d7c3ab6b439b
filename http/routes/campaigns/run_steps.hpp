// A step of a run as people read it.
#pragma once

#include <string>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include "domain/campaigns/run_trace.hpp"
#include "persistence/campaigns/runs.hpp"

namespace pulse::http::routes {

struct told_step {
  std::int64_t id = 0;
  base::timestamp at;
  std::string kind;  // of domain::campaigns::run_step_kind; kinds may be added
  std::string rule;  // the one that led to this step
  std::string sentence;
  boost::json::object figures;
};
BOOST_DESCRIBE_STRUCT(told_step, (), (id, at, kind, rule, sentence, figures))

told_step tell_step(persistence::runs::recorded_step from, const domain::zone_clock& zone);

/// For a step of a dry run, which is never recorded.
told_step tell_step(const domain::campaigns::run_step& from, base::timestamp at, const domain::zone_clock& zone);

}  // namespace pulse::http::routes

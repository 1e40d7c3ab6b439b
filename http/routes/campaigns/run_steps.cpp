#include "http/routes/campaigns/run_steps.hpp"

#include "base/json.hpp"

namespace pulse::http::routes {

namespace campaigns = domain::campaigns;

told_step tell_step(persistence::runs::recorded_step from, const domain::zone_clock& zone) {
  told_step made{from.id, from.at, std::move(from.kind), "other", "Something was recorded.", std::move(from.facts)};
  // A kind that a newer or older version wrote, and this one does not know, is shown without words.
  const auto kind = base::from_name<campaigns::run_step_kind>(made.kind);
  if (!kind) return made;
  campaigns::run_step step{*kind, {}};
  base::json::cursor at;
  base::json::read_value(boost::json::value(made.figures), step.figures, at);  // braces would make a list of it
  made.rule = campaigns::rule_of(*kind);
  made.sentence = campaigns::tell(step, zone);
  return made;
}

told_step tell_step(const campaigns::run_step& from, base::timestamp at, const domain::zone_clock& zone) {
  std::string figures;
  base::json::write(figures, from.figures);
  return {0,
          at,
          std::string{base::to_name(from.kind)},
          std::string{campaigns::rule_of(from.kind)},
          campaigns::tell(from, zone),
          boost::json::parse(figures).as_object()};
}

}  // namespace pulse::http::routes

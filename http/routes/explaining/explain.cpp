#include "http/routes/explaining/explain.hpp"

#include <fmt/core.h>

#include "domain/explaining/explanation.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/explaining/explanation.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace explanations = persistence::explanations;

struct explanation_step {
  base::timestamp at;
  domain::step_kind kind = domain::step_kind::noted;
  domain::decision_rule rule = domain::decision_rule::other;
  std::string sentence;
  boost::json::object figures;
};
BOOST_DESCRIBE_STRUCT(explanation_step, (), (at, kind, rule, sentence, figures))

struct explanation_wait {
  domain::wait_kind kind = domain::wait_kind::start;
  domain::decision_rule rule = domain::decision_rule::other;
  std::string sentence;
  std::string you_can;
  boost::json::object figures;
};
BOOST_DESCRIBE_STRUCT(explanation_wait, (), (kind, rule, sentence, you_can, figures))

struct delivery_explanation {
  base::uuid delivery_id;
  base::uuid channel_id;
  domain::channel_type channel_type = domain::channel_type::website;
  std::string channel_name;
  domain::delivery_state state = domain::delivery_state::waiting;
  std::string summary;
  std::string you_can;
  std::vector<explanation_step> steps;
  std::vector<explanation_wait> waits;
};
BOOST_DESCRIBE_STRUCT(delivery_explanation, (),
                      (delivery_id, channel_id, channel_type, channel_name, state, summary, you_can, steps, waits))

struct post_explanation {
  base::uuid post_id;
  base::uuid project_id;
  domain::post_state status = domain::post_state::draft;
  std::string time_zone;
  base::timestamp explained_at;
  std::string summary;
  std::vector<delivery_explanation> deliveries;
};
BOOST_DESCRIBE_STRUCT(post_explanation, (), (post_id, project_id, status, time_zone, explained_at, summary, deliveries))

/// The figures that have a value.
boost::json::object to_object(const domain::step_figures& figures) {
  boost::json::object made;
  base::for_each_member<domain::step_figures>([&](std::string_view name, auto pointer) {
    const auto& value = figures.*pointer;
    if (value) made[name] = boost::json::parse(base::json::to_json(*value));
  });
  return made;
}

delivery_explanation tell(const domain::recorded_delivery& of, const explanations::record& from, base::timestamp now) {
  auto told = domain::explain(of, from.events, from.time_zone, now);
  delivery_explanation made{.delivery_id = of.id,
                            .channel_id = of.channel_id,
                            .channel_type = of.channel_type,
                            .channel_name = of.channel_name,
                            .state = of.state,
                            .summary = std::move(told.summary),
                            .you_can = std::move(told.you_can),
                            .steps = {},
                            .waits = {}};
  for (auto& each : told.steps) {
    made.steps.push_back({each.at, each.kind, each.rule, std::move(each.sentence), to_object(each.figures)});
  }
  for (auto& each : told.waits) {
    made.waits.push_back(
        {each.kind, each.rule, std::move(each.sentence), std::move(each.you_can), to_object(each.figures)});
  }
  return made;
}

asio::awaitable<reply<post_explanation>> explain_post(call& of, in_path<by_id> path) {
  const auto now = of.with.clock.now();
  auto job = [id = path->id, now](persistence::transaction& tx) { return explanations::read(tx, id, now); };
  auto found = co_await in_transaction(of, job);
  if (!found) co_return std::move(found.error());
  if (!*found) co_return problems::not_found("post");
  const auto& record = **found;
  post_explanation made{.post_id = record.post_id,
                        .project_id = record.project_id,
                        .status = record.status,
                        .time_zone = record.time_zone,
                        .explained_at = now,
                        .summary = {},
                        .deliveries = {}};
  std::vector<domain::delivery_state> states;
  for (const auto& each : record.deliveries) {
    states.push_back(each.state);
    made.deliveries.push_back(tell(each, record, now));
  }
  made.summary = made.deliveries.size() == 1 ? made.deliveries.front().summary : domain::sum_up(states);
  co_return made;
}

/// `a`, `b`, `c`.
std::string names_of_figures() {
  std::string names;
  base::for_each_member<domain::step_figures>([&names](std::string_view name, auto) {
    if (!names.empty()) names += ", ";
    names += '`' + std::string{name} + '`';
  });
  return names;
}

}  // namespace

void add_explain(route_table& routes) {
  static const std::string description = fmt::format(
      "For each delivery, in order: what was decided, by which rule and with which figures, in a sentence with the "
      "times of the project's time zone; the fields are in UTC. `steps` is what happened; `waits` is what an "
      "unfinished delivery waits for now, what holds it most first, with what a person can do about it. `kind` and "
      "`rule` keep their names and meanings; more may come. `figures` has those of these that apply: {}.",
      names_of_figures());
  routes.add(server::verb::get, "/posts/{id}/explain", domain::permission::read_posts, &explain_post,
             "Explain why a post went out when it did, or has not",
             {.problems = {404, 429}, .description = description, .costly = true});
}

}  // namespace pulse::http::routes

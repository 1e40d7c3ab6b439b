#include "http/routes/explaining/explain.hpp"

#include <fmt/core.h>

#include "domain/calendar/time_words.hpp"
#include "domain/explaining/explanation.hpp"
#include "domain/explaining/sentence.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/explaining/explanation.hpp"
#include "persistence/explaining/origins.hpp"

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

/// The origin of a post that a rule or the content studio made.
struct post_origin : persistence::origins::origin {
  std::string sentence;
};
BOOST_DESCRIBE_STRUCT(post_origin, (persistence::origins::origin), (sentence))

struct post_explanation {
  base::uuid post_id;
  base::uuid project_id;
  domain::post_state status = domain::post_state::draft;
  std::string time_zone;
  base::timestamp explained_at;
  std::string summary;
  std::optional<post_origin> origin;
  std::vector<delivery_explanation> deliveries;
};
BOOST_DESCRIBE_STRUCT(post_explanation, (),
                      (post_id, project_id, status, time_zone, explained_at, summary, origin, deliveries))

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

/// "Version 2 of the rule “Daily” wrote it. Jane approved it at …."
post_origin tell(persistence::origins::origin from, const std::string& time_zone) {
  const domain::time_formatter clock{time_zone};
  post_origin made{{std::move(from)}, {}};
  made.sentence = made.rule_version ? fmt::format("Version {} of the rule “{}” wrote it.", *made.rule_version,
                                                  made.rule_name.value_or(""))
                                    : std::string{"It was written in the content studio."};
  for (const auto& each : made.approvals) {
    made.sentence += fmt::format(" {} {} at {}.", each.by.empty() ? "Somebody" : each.by,
                                 each.is_override ? "overrode the guardrails" : "approved it", clock.format(each.at));
  }
  made.sentence = domain::in_reading_order(std::move(made.sentence));
  return made;
}

/// Everything that the answer is built from.
struct recorded_post {
  explanations::record record;
  std::optional<persistence::origins::origin> origin;
};

asio::awaitable<reply<post_explanation>> explain_post(request_context& context, in_path<by_id> path) {
  const auto now = context.services.clock.now();
  auto job = [id = path->id, now](persistence::transaction& tx) -> std::optional<recorded_post> {
    auto read = explanations::read(tx, id, now);
    if (!read) return std::nullopt;
    return recorded_post{std::move(*read), persistence::origins::find(tx, id)};
  };
  auto found = co_await in_transaction(context, job);
  if (!found) co_return found.error();
  if (!*found) co_return problems::not_found("post");
  const auto& record = (*found)->record;
  post_explanation made{.post_id = record.post_id,
                        .project_id = record.project_id,
                        .status = record.status,
                        .time_zone = record.time_zone,
                        .explained_at = now,
                        .summary = {},
                        .origin = {},
                        .deliveries = {}};
  if ((*found)->origin) made.origin = tell(std::move(*(*found)->origin), record.time_zone);
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
      "For each delivery, in order: each decision with its rule, its figures and a sentence. Sentences use the "
      "project's time zone; fields are in UTC. `steps` is the past; `waits` lists what an unfinished delivery waits "
      "for now, the decisive one first, with the possible actions. `origin` is the content, the rule's run and the "
      "approvals that made the post. `kind` and `rule` keep their names and meanings; more may be added. `figures` has "
      "a subset of these: {}.",
      names_of_figures());
  routes.add(server::verb::get, "/posts/{id}/explain", domain::permission::read_posts, &explain_post,
             "Explain why a post went out when it did, or has not",
             {.problems = {404, 429}, .description = description, .costly = true});
}

}  // namespace pulse::http::routes

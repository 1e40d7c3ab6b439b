#include "http/routes/campaigns/rules.hpp"

#include <fmt/core.h>

#include "actors/campaigns/rehearsing.hpp"
#include "domain/calendar/time_words.hpp"
#include "domain/campaigns/rule_moments.hpp"
#include "http/api/idempotency.hpp"
#include "http/api/pagination.hpp"
#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/routes/campaigns/rule_input.hpp"
#include "http/routes/campaigns/run_steps.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/campaigns/runs.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace campaigns = domain::campaigns;
namespace rules = persistence::rules;
namespace runs = persistence::runs;
using persistence::transaction;
using rules::rule;

constexpr int moments_previewed = 10;
/// The horizon in which a preview looks for coming runs.
constexpr std::chrono::days previewed_ahead{366 * 30};

struct list_rules_query : page_request {
  std::optional<base::uuid> project_id;
  std::optional<base::uuid> campaign_id;
};
BOOST_DESCRIBE_STRUCT(list_rules_query, (page_request), (project_id, campaign_id))

struct version_list {
  std::vector<rules::version> items;
};
BOOST_DESCRIBE_STRUCT(version_list, (), (items))

struct previewed_moment {
  base::timestamp at;
  std::string local;  // on the project's wall clock
};
BOOST_DESCRIBE_STRUCT(previewed_moment, (), (at, local))

struct moment_preview {
  std::string time_zone;
  std::vector<previewed_moment> moments;
  bool is_over = false;  // the schedule has no further runs
};
BOOST_DESCRIBE_STRUCT(moment_preview, (), (time_zone, moments, is_over))

asio::awaitable<reply<rule>> create_rule(request_context& context, in_body<create_rule_request> body) {
  const auto now = context.services.clock.now();
  rule made{.id = base::new_uuid(now),
            .project_id = body->project_id,
            .campaign_id = body->campaign_id,
            .name = body->name.value,
            .trigger = body->trigger,
            .conditions = body->conditions.value_or(campaigns::rule_conditions{}),
            .action = body->action,
            .missed = body->missed.value_or(campaigns::missed_policy{}),
            .is_enabled = body->is_enabled.value_or(true),
            .version = 1,
            .next_run_at = {},
            .failures = 0,
            .passed_over = {},
            .feed_problem = {},
            .created_by = context.principal.member_id,
            .created_at = now,
            .updated_at = now};
  settle(made.trigger, now);
  auto job = [made, now, is_loopback_allowed = context.services.is_loopback_allowed](transaction& tx) -> reply<rule> {
    auto stored = made;
    const auto project = rules::find_project(tx, made.project_id);
    if (!project) return no_such_project(at_field("/project_id", "is no project here"));
    if (auto errors = check_rule(stored, project->time_zone, now, is_loopback_allowed); !errors.empty())
      return problems::invalid_fields(std::move(errors));
    if (auto why = check_rule_in(tx, stored)) return std::move(*why);
    stored.next_run_at = first_look(stored, project->time_zone, now);
    if (!rules::insert(tx, stored)) {
      return problems::conflict("too_many_rules", fmt::format("A project has at most {} rules. Remove one first.",
                                                              campaigns::most_rules_of_project));
    }
    return stored;
  };
  auto answer = co_await create_once(context, std::move(job));
  if (answer.why() == nullptr) co_await notify_engine(context);
  co_return answer;
}

asio::awaitable<reply<page<rule>>> list_rules(request_context& context, in_query<list_rules_query> query) {
  auto found = co_await read_all(context, rules::list(query->project_id, query->campaign_id, bounds_of(query.value)));
  if (!found) co_return found.error();
  co_return reply_page(context, make_page(std::move(*found), query.value, key_of_created<rule>));
}

asio::awaitable<reply<rule>> get_rule(request_context& context, in_path<by_id> path) {
  auto found = co_await read_one(context, rules::find(path->id), "rule");
  co_return std::move(found);
}

/// The rule after the change.
rule changed(rule before, const update_rule_request& wanted, base::timestamp now) {
  if (wanted.campaign_id.is_given) before.campaign_id = wanted.campaign_id.value;
  if (wanted.name) before.name = wanted.name->value;
  if (wanted.trigger) {
    before.trigger = *wanted.trigger;
    settle(before.trigger, now);
  }
  if (wanted.conditions) before.conditions = *wanted.conditions;
  if (wanted.action) before.action = *wanted.action;
  if (wanted.missed) before.missed = *wanted.missed;
  before.updated_at = now;
  ++before.version;
  return before;
}

problem changed_since() {
  return problems::conflict("rule_has_changed",
                            "Somebody has changed the rule since. Read it again, and change the present version.");
}

asio::awaitable<reply<rule>> update_rule(request_context& context, in_path<by_id> path,
                                         in_body<update_rule_request> body) {
  const auto now = context.services.clock.now();
  auto job = [id = path->id, wanted = body.value, now, member_id = context.principal.member_id,
              is_loopback_allowed = context.services.is_loopback_allowed](transaction& tx) -> result<rule> {
    const auto before = rules::find(id).first(tx);
    if (!before) return problems::not_found("rule");
    if (wanted.version && wanted.version->value != before->version) return changed_since();
    auto after = changed(*before, wanted, now);
    const auto project = rules::find_project(tx, after.project_id);
    if (!project) return problems::not_found("rule");
    if (auto errors = check_rule(after, project->time_zone, now, is_loopback_allowed); !errors.empty())
      return problems::invalid_fields(std::move(errors));
    if (auto why = check_rule_in(tx, after)) return std::move(*why);
    if (wanted.trigger) after.next_run_at = first_look(after, project->time_zone, now);
    if (!rules::update(tx, after, member_id)) return changed_since();
    auto stored = rules::find(id).first(tx);
    if (!stored) return problems::not_found("rule");
    return std::move(*stored);
  };
  auto made = co_await in_transaction(context, std::move(job));
  if (!made) co_return made.error();
  co_await notify_engine(context);
  co_return std::move(*made);
}

asio::awaitable<reply<nothing>> remove_rule(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, member_id = context.principal.member_id,
              now = context.services.clock.now()](transaction& tx) { return rules::remove(tx, id, member_id, now); };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  if (!*done) co_return problems::not_found("rule");
  co_await notify_engine(context);
  co_return nothing{};
}

asio::awaitable<reply<rule>> enable_rule(request_context& context, in_path<by_id> path) {
  const auto now = context.services.clock.now();
  auto job = [id = path->id, member_id = context.principal.member_id, now,
              is_loopback_allowed = context.services.is_loopback_allowed](transaction& tx) -> result<rule> {
    auto found = rules::find(id).first(tx);
    if (!found) return problems::not_found("rule");
    const auto project = rules::find_project(tx, found->project_id);
    if (!project) return problems::not_found("rule");
    found->is_enabled = true;
    // Its campaign, template or channels may have been removed by now, and its schedule may be over.
    if (auto errors = check_rule(*found, project->time_zone, now, is_loopback_allowed); !errors.empty())
      return problems::invalid_fields(std::move(errors));
    if (auto why = check_rule_in(tx, *found)) return std::move(*why);
    if (!rules::enable(tx, id, first_look(*found, project->time_zone, now), member_id, now))
      return problems::not_found("rule");
    auto stored = rules::find(id).first(tx);
    if (!stored) return problems::not_found("rule");
    return std::move(*stored);
  };
  auto made = co_await in_transaction(context, std::move(job));
  if (!made) co_return made.error();
  co_await notify_engine(context);
  co_return std::move(*made);
}

asio::awaitable<reply<rule>> disable_rule(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, member_id = context.principal.member_id,
              now = context.services.clock.now()](transaction& tx) -> result<rule> {
    if (!rules::disable(tx, id, member_id, now)) return problems::not_found("rule");
    auto stored = rules::find(id).first(tx);
    if (!stored) return problems::not_found("rule");
    return std::move(*stored);
  };
  auto made = co_await in_transaction(context, std::move(job));
  if (!made) co_return made.error();
  co_await notify_engine(context);
  co_return std::move(*made);
}

asio::awaitable<reply<runs::run>> run_rule_now(request_context& context, in_path<by_id> path) {
  const auto now = context.services.clock.now();
  auto job = [rule_id = path->id, id = base::new_uuid(now), now,
              member_id = context.principal.member_id](transaction& tx) -> reply<runs::run> {
    if (!runs::insert_asked(tx, id, rule_id, member_id, now)) return problems::not_found("rule");
    auto made = runs::find(id).first(tx);
    if (!made) return problems::not_found("rule");
    return std::move(*made);
  };
  auto answer = co_await create_once(context, std::move(job));
  if (answer.why() == nullptr) co_await notify_engine(context);
  co_return answer;
}

asio::awaitable<reply<version_list>> list_rule_versions(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id](transaction& tx) -> result<version_list> {
    if (!rules::find(id).first(tx)) return problems::not_found("rule");
    return version_list{rules::list_versions(id).all(tx)};
  };
  auto found = co_await in_transaction(context, std::move(job));
  if (!found) co_return found.error();
  co_return std::move(*found);
}

/// Takes time to search calendars, so it must not run on an event loop.
result<moment_preview> preview_in(transaction& tx, const preview_rule_request& request, base::timestamp now) {
  const auto project = rules::find_project(tx, request.project_id);
  if (!project) return no_such_project(at_field("/project_id", "is no project here"));
  const domain::zone_clock zone{project->time_zone};
  auto trigger = request.trigger;
  settle(trigger, now);
  std::vector<field_error> errors;
  for (auto& each : campaigns::check({trigger, {}, {}, {}}, zone, now)) {
    if (each.pointer.starts_with("/trigger"))
      errors.push_back(at_field(std::move(each.pointer), std::move(each.problem)));
  }
  if (!errors.empty()) return problems::invalid_fields(std::move(errors));
  moment_preview made{project->time_zone, {}, false};
  if (!campaigns::is_by_clock(trigger.kind)) return made;
  const domain::time_formatter clock{zone};
  const int count = request.count ? static_cast<int>(request.count->value) : moments_previewed;
  for (const auto at : campaigns::coming_moments(trigger, zone, now, now + previewed_ahead, count))
    made.moments.push_back({at, clock.format(at)});
  made.is_over = static_cast<int>(made.moments.size()) < count;
  return made;
}

asio::awaitable<reply<moment_preview>> preview_moments(request_context& context, in_body<preview_rule_request> body) {
  auto job = [request = std::move(body.value), now = context.services.clock.now()](transaction& tx) {
    return preview_in(tx, request, now);
  };
  co_return co_await in_transaction(context, std::move(job));
}

struct dry_run_request {
  /// The data of the awaited event: "event.title", "event.url", "feed.title", "feed.url", "feed.summary".
  std::optional<std::map<std::string, std::string>> values;
};
BOOST_DESCRIBE_STRUCT(dry_run_request, (), (values))

struct dry_run {
  campaigns::run_state state = campaigns::run_state::queued;  // the predicted state of the run
  bool asks_ai = false;  // the run would ask the AI provider, whose answer decides the rest
  std::optional<actors::rehearsed_content> content;
  std::optional<base::timestamp> scheduled_at;
  std::vector<told_step> steps;
};
BOOST_DESCRIBE_STRUCT(dry_run, (), (state, asks_ai, content, scheduled_at, steps))

/// Values of a dry run at most, and bytes of each.
constexpr std::size_t most_tried_values = 20;
constexpr std::size_t most_tried_value_bytes = 4'000;

asio::awaitable<reply<dry_run>> try_rule(request_context& context, in_path<by_id> path, in_body<dry_run_request> body) {
  auto found = co_await read_one(context, rules::find(path->id), "rule");
  if (!found) co_return found.error();
  auto* const stage = context.services.rehearsing;
  if (stage == nullptr)
    co_return problems::unavailable("no_engine", "Rules cannot be tried out just now.", std::chrono::seconds{5});
  actors::rehearsal_wish wish{context.principal.tenant_id, path->id, context.principal.member_id, {}};
  if (body->values) wish.values = *body->values;
  if (wish.values.size() > most_tried_values) co_return problems::invalid_field("/values", "has more than 20 entries");
  for (const auto& [name, value] : wish.values) {
    if (value.size() > most_tried_value_bytes)
      co_return problems::invalid_field("/values/" + name, "has more than 4,000 bytes");
  }
  auto start = [stage, wish](auto finish) { stage->rehearse(wish, std::move(finish)); };
  auto told = co_await from_callback<std::shared_ptr<std::optional<actors::rehearsal>>>(std::move(start));
  if (!told)
    co_return problems::unavailable("try_again", "The rule could not be tried out just now.", std::chrono::seconds{2});
  if (!*told) co_return problems::not_found("rule");
  dry_run made{(*told)->state, (*told)->asks_ai, std::move((*told)->content), (*told)->scheduled_at, {}};
  const domain::zone_clock zone{(*told)->time_zone};
  for (auto& each : (*told)->steps) made.steps.push_back(tell_step(std::move(each), zone));
  co_return made;
}

}  // namespace

void add_rules(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::post, "/automation/rules", permission::manage_rules, &create_rule, "Make an automation rule",
      {.success = 201,
       .idempotent = true,
       .problems = {404, 409},
       .description =
           "`trigger.kind` says what sets it off, and which other members the trigger has: `interval` "
           "(every_minutes, from), `cron` (five fields) and `rrule` (RFC 5545, starts_at) on the project's wall "
           "clock, `event`, or `feed` (feed_url, every_minutes). All given conditions must hold. "
           "`action.kind` is `make_content` (template_id, source, values, channel_ids, release, needs_approval) "
           "or `notify` (member_ids, message). `missed` says what happens with runs missed while Pulse was down. "
           "A schedule without any run is refused, and so are rules that would set each other off for ever."});
  routes.add(verb::get, "/automation/rules", permission::read_campaigns, &list_rules,
             "List automation rules, newest first");
  routes.add(verb::post, "/automation/rules/preview", permission::read_campaigns, &preview_moments,
             "Preview the next runs of a schedule",
             {.problems = {404}, .description = "Empty for rules that wait for events. Nothing is stored."});
  routes.add(verb::get, "/automation/rules/{id}", permission::read_campaigns, &get_rule, "Read an automation rule",
             {.problems = {404}});
  routes.add(
      verb::patch, "/automation/rules/{id}", permission::manage_rules, &update_rule, "Change an automation rule",
      {.problems = {404, 409},
       .description = "Each change makes a new version; a run uses the version that was current when it was made. Give "
                      "the `version` that you read: a change since then is answered 409."});
  routes.add(verb::delete_, "/automation/rules/{id}", permission::manage_rules, &remove_rule,
             "Remove an automation rule",
             {.success = 204,
              .problems = {404},
              .description = "Its content and posts stay; runs that have not begun do nothing."});
  routes.add(verb::get, "/automation/rules/{id}/versions", permission::read_campaigns, &list_rule_versions,
             "The versions of a rule, newest first", {.problems = {404}});
  routes.add(verb::post, "/automation/rules/{id}/enable", permission::manage_rules, &enable_rule, "Switch a rule on",
             {.problems = {404}, .description = "Its schedule and events count from now on."});
  routes.add(verb::post, "/automation/rules/{id}/disable", permission::manage_rules, &disable_rule, "Switch a rule off",
             {.problems = {404}, .description = "After the answer no run of it begins."});
  routes.add(verb::post, "/automation/rules/{id}/run-now", permission::manage_rules, &run_rule_now, "Run a rule now",
             {.success = 202,
              .idempotent = true,
              .problems = {404},
              .description = "Also when it is off. Its conditions and guardrails hold; a campaign that is not active "
                             "blocks the run."});
  routes.add(verb::post, "/automation/rules/{id}/dry-run", permission::manage_rules, &try_rule, "Try a rule out",
             {.problems = {404, 503},
              .description = "Everything that a run would decide now, by the same code. Nothing is kept, and nobody is "
                             "notified. The AI provider is not asked."});
}

}  // namespace pulse::http::routes

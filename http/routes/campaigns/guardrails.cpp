#include "http/routes/campaigns/guardrails.hpp"

#include <fmt/core.h>

#include "http/api/precondition.hpp"
#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/campaigns/fields.hpp"
#include "http/routes/campaigns/guardrail_answers.hpp"
#include "http/routes/publishing/post_input.hpp"
#include "http/routes/publishing/shown.hpp"
#include "persistence/campaigns/guardrail_holds.hpp"
#include "persistence/campaigns/guardrail_settings.hpp"
#include "persistence/campaigns/judging.hpp"
#include "persistence/people/directory.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace rules = domain::campaigns;
namespace guardrail_settings = persistence::guardrail_settings;
namespace holds = persistence::guardrail_holds;
using guardrail_settings::settings;
using persistence::transaction;

using day_count = base::bounded_int<1, 10'000>;

struct blackout_request {
  calendar_day_text first_day;
  calendar_day_text last_day;
  std::optional<base::text<0, 200>> reason;
};
BOOST_DESCRIBE_STRUCT(blackout_request, (), (first_day, last_day, reason))

/// A full replacement: guardrails that are left out are off.
struct guardrails_request {
  std::optional<day_count> most_posts_a_day;
  std::optional<day_count> most_channel_posts_a_day;
  std::optional<day_count> most_campaign_posts_a_day;
  std::optional<rules::quiet_hours> quiet_hours;
  std::optional<std::vector<blackout_request>> blackouts;
  std::optional<base::bounded_int<1, rules::most_duplicate_days>> duplicate_topic_days;
  std::optional<base::bounded_int<1, 100>> duplicate_percent;  // default: 80
  std::optional<std::vector<base::text<1, 200>>> forbidden_phrases;
  std::optional<bool> needs_approval;
  std::optional<bool> binds_people;
};
BOOST_DESCRIBE_STRUCT(guardrails_request, (),
                      (most_posts_a_day, most_channel_posts_a_day, most_campaign_posts_a_day, quiet_hours, blackouts,
                       duplicate_topic_days, duplicate_percent, forbidden_phrases, needs_approval, binds_people))

struct approvers_request {
  std::optional<std::vector<domain::role>> roles;
  std::optional<std::vector<base::uuid>> member_ids;
  std::optional<bool> by_link;
};
BOOST_DESCRIBE_STRUCT(approvers_request, (), (roles, member_ids, by_link))

struct approval_step_request {
  base::text<1, 80> name;
  std::optional<rules::approval_need> needs;  // default: one_of
  approvers_request approvers;
};
BOOST_DESCRIBE_STRUCT(approval_step_request, (), (name, needs, approvers))

/// A full replacement: without steps nothing needs approval.
struct approval_policy_request {
  std::optional<std::vector<approval_step_request>> steps;
  std::optional<bool> author_is_enough;
  std::optional<int> remind_after_hours;
  std::optional<int> escalate_after_hours;
  std::optional<approvers_request> escalate_to;
};
BOOST_DESCRIBE_STRUCT(approval_policy_request, (),
                      (steps, author_is_enough, remind_after_hours, escalate_after_hours, escalate_to))

struct put_guardrails_request {
  std::optional<guardrails_request> guardrails;     // default: unchanged
  std::optional<approval_policy_request> approval;  // likewise
};
BOOST_DESCRIBE_STRUCT(put_guardrails_request, (), (guardrails, approval))

struct check_guardrails_request {
  post_text text;
  std::optional<post_title> title;
  base::timestamp at;
  std::optional<std::vector<base::uuid>> channel_ids;
  std::optional<base::uuid> campaign_id;
  std::optional<base::uuid> post_id;  // the post in question: it does not count against itself
  std::optional<bool> is_approved;
};
BOOST_DESCRIBE_STRUCT(check_guardrails_request, (), (text, title, at, channel_ids, campaign_id, post_id, is_approved))

struct guardrails_check {
  rules::verdict_kind kind = rules::verdict_kind::allow;  // the strictest
  base::timestamp at;                                     // when it may go out, if it may
  std::vector<guardrail_verdict> verdicts;
  bool binds_people = false;  // whether a person is held by it, too
};
BOOST_DESCRIBE_STRUCT(guardrails_check, (), (kind, at, verdicts, binds_people))

struct held_query {
  std::optional<base::bounded_int<1, 366>> days;   // default: 7
  std::optional<base::bounded_int<1, 500>> limit;  // default: 100
};
BOOST_DESCRIBE_STRUCT(held_query, (), (days, limit))

/// What the guardrails held back.
struct guardrails_held {
  base::timestamp from;
  base::timestamp to;
  std::vector<holds::hold_count> counts;  // only those above zero, highest first
  std::vector<holds::hold> items;         // the latest first
  bool is_more = false;                   // more exist than are listed
};
BOOST_DESCRIBE_STRUCT(guardrails_held, (), (from, to, counts, items, is_more))

template <class Whole>
std::optional<int> to_int(const std::optional<Whole>& from) {
  if (!from) return std::nullopt;
  return static_cast<int>(from->value);
}

rules::guardrails to_guardrails(const guardrails_request& from) {
  rules::guardrails made;
  made.most_posts_a_day = to_int(from.most_posts_a_day);
  made.most_channel_posts_a_day = to_int(from.most_channel_posts_a_day);
  made.most_campaign_posts_a_day = to_int(from.most_campaign_posts_a_day);
  made.quiet_hours = from.quiet_hours;
  for (const auto& each : from.blackouts.value_or(std::vector<blackout_request>{})) {
    made.blackouts.push_back({each.first_day.value, each.last_day.value, text_or(each.reason, "")});
  }
  made.duplicate_topic_days = to_int(from.duplicate_topic_days);
  if (from.duplicate_percent) made.duplicate_percent = static_cast<int>(from.duplicate_percent->value);
  if (from.forbidden_phrases) {
    for (const auto& each : *from.forbidden_phrases) made.forbidden_phrases.push_back(each.value);
  }
  made.needs_approval = from.needs_approval.value_or(false);
  made.binds_people = from.binds_people.value_or(false);
  return made;
}

rules::approvers to_approvers(const approvers_request& from) {
  return {.roles = from.roles.value_or(std::vector<domain::role>{}),
          .member_ids = from.member_ids.value_or(std::vector<base::uuid>{}),
          .by_link = from.by_link.value_or(false)};
}

rules::approval_policy to_policy(const approval_policy_request& from) {
  rules::approval_policy made;
  for (const auto& each : from.steps.value_or(std::vector<approval_step_request>{})) {
    made.steps.push_back({.name = each.name.value,
                          .needs = each.needs.value_or(rules::approval_need::one_of),
                          .approvers = to_approvers(each.approvers)});
  }
  made.author_is_enough = from.author_is_enough.value_or(false);
  made.remind_after_hours = from.remind_after_hours;
  made.escalate_after_hours = from.escalate_after_hours;
  if (from.escalate_to) made.escalate_to = to_approvers(*from.escalate_to);
  return made;
}

/// Checks that every named member is one of the company.
std::optional<problem> check_members(transaction& tx, const rules::approvers& of, const std::string& place) {
  for (std::size_t i = 0; i < of.member_ids.size(); ++i) {
    const auto found = persistence::directory::find(tx, of.member_ids[i]);
    if (found && found->is_active) continue;
    return problems::invalid_field(fmt::format("{}/member_ids/{}", place, i), "is no active member of this company");
  }
  return std::nullopt;
}

std::optional<problem> check_policy(transaction& tx, const rules::approval_policy& of) {
  for (std::size_t i = 0; i < of.steps.size(); ++i) {
    if (auto wrong = check_members(tx, of.steps[i].approvers, fmt::format("/approval/steps/{}/approvers", i))) {
      return wrong;
    }
  }
  return check_members(tx, of.escalate_to, "/approval/escalate_to");
}

std::vector<field_error> check(const put_guardrails_request& request) {
  std::vector<field_error> errors;
  if (request.guardrails) {
    check_all_shown(request.guardrails->forbidden_phrases, "/guardrails/forbidden_phrases", errors);
    if (auto wrong = rules::check(to_guardrails(*request.guardrails))) {
      errors.push_back(at_field("/guardrails" + wrong->pointer, std::move(wrong->problem)));
    }
  }
  if (request.approval) {
    const auto steps = request.approval->steps.value_or(std::vector<approval_step_request>{});
    for (std::size_t i = 0; i < steps.size(); ++i)
      check_shown(std::optional{steps[i].name}, fmt::format("/approval/steps/{}/name", i), errors);
    if (auto wrong = rules::check(to_policy(*request.approval))) {
      errors.push_back(at_field("/approval" + wrong->pointer, std::move(wrong->problem)));
    }
  }
  return errors;
}

reply<settings> tagged(settings from) {
  auto etag = etag_of(from);
  return reply<settings>{std::move(from)}.with("etag", std::move(etag));
}

asio::awaitable<reply<settings>> get_guardrails(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id](transaction& tx) -> result<settings> {
    if (!persistence::projects::exists(tx, id)) return problems::not_found("project");
    return guardrail_settings::get(tx, id);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return tagged(std::move(*done));
}

result<settings> put(transaction& tx, const base::uuid& id, const put_guardrails_request& request,
                     const std::optional<std::string>& version, const base::uuid& member_id, base::timestamp now) {
  if (!persistence::projects::exists(tx, id)) return problems::not_found("project");
  auto next = guardrail_settings::lock(tx, id);
  if (auto other = check_version(version, next, "guardrails")) return std::move(*other);
  if (request.guardrails) next.guardrails = to_guardrails(*request.guardrails);
  if (request.approval) next.approval = to_policy(*request.approval);
  if (request.approval) {
    if (auto wrong = check_policy(tx, next.approval)) return std::move(*wrong);
  }
  guardrail_settings::put(tx, next, member_id, now);
  return guardrail_settings::get(tx, id);
}

asio::awaitable<reply<settings>> put_guardrails(request_context& context, in_path<by_id> path,
                                                in_body<put_guardrails_request> body) {
  if (auto errors = check(body.value); !errors.empty()) co_return problems::invalid_fields(std::move(errors));
  auto job = [id = path->id, request = body.value, version = wanted_version(context),
              member_id = context.principal.member_id, now = context.services.clock.now()](transaction& tx) {
    return put(tx, id, request, version, member_id, now);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return tagged(std::move(*done));
}

result<guardrails_check> judge(transaction& tx, const base::uuid& id, const check_guardrails_request& request) {
  const auto project = persistence::projects::find(id).first(tx);
  if (!project) return problems::not_found("project");
  persistence::judging::question question;
  question.project_id = id;
  question.time_zone = project->time_zone;
  question.text = request.text.value;
  question.more_words = text_or(request.title, "");
  question.at = request.at;
  question.channel_ids = request.channel_ids.value_or(std::vector<base::uuid>{});
  question.campaign_id = request.campaign_id;
  question.except_post_id = request.post_id;
  question.is_approved = request.is_approved.value_or(false);
  const auto settings = guardrail_settings::get(tx, id).guardrails;
  auto made = persistence::judging::judge(tx, settings, question);
  return guardrails_check{made.kind, made.at, to_answers(std::move(made.verdicts)), settings.binds_people};
}

asio::awaitable<reply<guardrails_held>> list_held(request_context& context, in_path<by_id> path,
                                                  in_query<held_query> query) {
  const auto now = context.services.clock.now();
  const date::days span{query->days ? query->days->value : 7};
  const auto limit = static_cast<int>(query->limit ? query->limit->value : 100);
  auto job = [id = path->id, from = now - span, limit, now](transaction& tx) -> result<guardrails_held> {
    if (!persistence::projects::exists(tx, id)) return problems::not_found("project");
    guardrails_held made{.from = from, .to = now, .counts = holds::count(tx, id, from), .items = {}};
    made.items = holds::latest(tx, id, from, limit + 1);
    made.is_more = static_cast<int>(made.items.size()) > limit;
    if (made.is_more) made.items.pop_back();
    return made;
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return std::move(*done);
}

asio::awaitable<reply<guardrails_check>> check_guardrails(request_context& context, in_path<by_id> path,
                                                          in_body<check_guardrails_request> body) {
  if (body->channel_ids && body->channel_ids->size() > domain::most_post_channels) {
    co_return problems::invalid_field("/channel_ids", "must name at most 50 channels");
  }
  auto job = [id = path->id, request = body.value](transaction& tx) { return judge(tx, id, request); };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return std::move(*done);
}

}  // namespace

void add_guardrails(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(verb::get, "/projects/{id}/guardrails", permission::read_campaigns, &get_guardrails,
             "The guardrails of a project, and who must approve", {.problems = {404}});
  routes.add(
      verb::put, "/projects/{id}/guardrails", permission::manage_guardrails, &put_guardrails,
      "Set the guardrails of a project, and who must approve",
      {.conditional = true,
       .problems = {404},
       .description =
           "`guardrails` and `approval` are each replaced as a whole; one that is left out stays. Guardrails bind "
           "rules; with `binds_people` also what people schedule, move or change. Without `steps` nothing needs "
           "approval; the steps are taken in order. Quiet hours are given in minutes since midnight, in the project's "
           "zone."});
  routes.add(verb::get, "/projects/{id}/guardrails/held", permission::read_campaigns, &list_held,
             "What the guardrails of a project held back",
             {.problems = {404},
              .description =
                  "Within the last `days` (default: 7): counts by guardrail and the latest cases. `ended` tells "
                  "each outcome: `held`, `moved` to another time, `asked` for approval, or `overridden` with `reason`. "
                  "Repeated requests for the same minute are counted once. Cases are kept as long as runs of rules "
                  "(AUTOMATION_RUNS_DAYS)."});
  routes.add(verb::post, "/projects/{id}/guardrails/check", permission::read_campaigns, &check_guardrails,
             "Check a text and a time against the guardrails", {.problems = {404}, .description = "Stores nothing."});
}

}  // namespace pulse::http::routes

#include "http/routes/campaigns/content_scheduling.hpp"

#include <fmt/core.h>

#include "http/api/precondition.hpp"
#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/routes/campaigns/content_input.hpp"
#include "http/routes/campaigns/guardrail_answers.hpp"
#include "http/routes/publishing/schedule_asking.hpp"
#include "persistence/campaigns/scheduling.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace scheduling = persistence::scheduling;
using persistence::transaction;
using persistence::content::item;

struct schedule_content_request {
  base::timestamp scheduled_at;
  std::optional<content_version_number> version;   // the one that was read
  std::optional<bool> takes_other_time;            // accepts a later time, where the guardrails ask for one
  std::optional<decision_reason> override_reason;  // overrides the guardrails, for callers who may
};
BOOST_DESCRIBE_STRUCT(schedule_content_request, (), (scheduled_at, version, takes_other_time, override_reason))

struct publish_content_request {
  std::optional<content_version_number> version;
  std::optional<decision_reason> override_reason;
};
BOOST_DESCRIBE_STRUCT(publish_content_request, (), (version, override_reason))

struct check_content_request {
  base::timestamp scheduled_at;
};
BOOST_DESCRIBE_STRUCT(check_content_request, (), (scheduled_at))

/// The predicted result of scheduling.
struct content_check {
  bool is_good = true;                      // it would be scheduled, for `at`
  base::timestamp at;                       // possibly later than asked for, because of the guardrails
  std::vector<std::string> findings;        // sentences
  std::vector<guardrail_verdict> verdicts;  // of the guardrails
};
BOOST_DESCRIBE_STRUCT(content_check, (), (is_good, at, findings, verdicts))

struct scheduled_content : item {
  std::vector<guardrail_verdict> verdicts;  // those that are not a plain allow
};
BOOST_DESCRIBE_STRUCT(scheduled_content, (item), (verdicts))

problem not_approved(const item& of) {
  using domain::campaigns::content_state;
  const auto code = "content_is_" + std::string{base::to_name(of.state)};
  switch (of.state) {
    case content_state::draft:
      return problems::conflict(code, "It needs approval. Hand it in (POST /content/{id}/submit).");
    case content_state::pending_approval:
      return problems::conflict(code, "It waits for approval, and goes out after it.");
    case content_state::rejected:
      return problems::conflict(code, "It was rejected. Change it, hand it in, and schedule it when it is approved.");
    case content_state::approved:
    case content_state::scheduled:
    case content_state::published: break;
  }
  return problems::conflict(code, "It cannot be scheduled as it is.");
}

problem held(const scheduling::answer& from) {
  using domain::campaigns::verdict_kind;
  using persistence::schedule_ruling::ruling_kind;
  std::string sentences;
  for (const auto& each : from.judgement->verdicts) sentences += (sentences.empty() ? "" : " ") + each.sentence;
  auto kind = ruling_kind::block;
  switch (from.judgement->kind) {
    case verdict_kind::needs_approval: kind = ruling_kind::needs_approval; break;
    case verdict_kind::move_to: kind = ruling_kind::move_to; break;
    case verdict_kind::allow:
    case verdict_kind::block: break;
  }
  return held_back(kind, sentences, from.judgement->at);
}

std::optional<problem> problem_of(const scheduling::answer& from) {
  using scheduling::scheduling_result;
  switch (from.outcome) {
    case scheduling_result::scheduled:
    case scheduling_result::already: return std::nullopt;
    case scheduling_result::not_found: return problems::not_found("content");
    case scheduling_result::changed: return content_changed(*from.item);
    case scheduling_result::not_approved: return not_approved(*from.item);
    case scheduling_result::held: return held(from);
    case scheduling_result::unfit: return problems::invalid_fields(to_errors(from.misfits));
  }
  return std::nullopt;
}

asio::awaitable<reply<scheduled_content>> schedule(request_context& context, scheduling::order request) {
  if (auto refused = check_override(context, request.override_reason.has_value())) co_return std::move(*refused);
  const auto held_answer = std::make_shared<std::optional<scheduling::answer>>();
  auto job = [request, held_answer, now = context.services.clock.now()](transaction& tx) -> result<scheduled_content> {
    auto answer = scheduling::schedule(tx, request, now);
    held_answer->reset();
    if (answer.outcome == scheduling::scheduling_result::held) *held_answer = answer;
    if (auto why = problem_of(answer)) return std::move(*why);
    if (!answer.item) return problems::not_found("content");
    scheduled_content made{{std::move(*answer.item)}, {}};
    if (answer.judgement) made.verdicts = to_answers(std::move(answer.judgement->verdicts));
    return made;
  };
  auto done = co_await in_transaction(context, job);
  if (!done) {
    // The transaction is rolled back, so the record of what was held is written in another one.
    if (*held_answer) {
      auto keep = [request, held_answer, now = context.services.clock.now()](transaction& tx) {
        scheduling::record_held(tx, request, **held_answer, now);
      };
      co_await in_transaction(context, keep);
    }
    co_return done.error();
  }
  co_await notify_engine(context);
  auto etag = etag_of(static_cast<const item&>(*done));
  co_return reply<scheduled_content>{std::move(*done)}.with("etag", std::move(etag));
}

std::optional<int> to_version(const std::optional<content_version_number>& from) {
  if (!from) return std::nullopt;
  return static_cast<int>(from->value);
}

asio::awaitable<reply<scheduled_content>> schedule_content(request_context& context, in_path<by_id> path,
                                                           in_body<schedule_content_request> body) {
  if (auto errors = check_schedule(body->scheduled_at, context.services.clock.now()); !errors.empty()) {
    co_return problems::invalid_fields(std::move(errors));
  }
  scheduling::order request{.content_id = path->id, .at = body->scheduled_at, .member_id = context.principal.member_id};
  request.version = to_version(body->version);
  request.takes_other_time = body->takes_other_time.value_or(false);
  request.override_reason = plain(body->override_reason);
  auto answer = co_await schedule(context, std::move(request));
  co_return answer;
}

asio::awaitable<reply<scheduled_content>> publish_content_now(request_context& context, in_path<by_id> path,
                                                              in_body<publish_content_request> body) {
  scheduling::order request{
      .content_id = path->id, .at = context.services.clock.now(), .member_id = context.principal.member_id};
  request.version = to_version(body->version);
  request.override_reason = plain(body->override_reason);
  auto answer = co_await schedule(context, std::move(request));
  co_return answer;
}

result<content_check> check_it(transaction& tx, const scheduling::order& request, base::timestamp now) {
  auto answer = scheduling::check(tx, request, now);
  if (answer.outcome == scheduling::scheduling_result::not_found) return problems::not_found("content");
  content_check made;
  made.at = answer.judgement ? answer.judgement->at : request.at;
  for (const auto& each : answer.misfits) made.findings.push_back(fmt::format("{} {}.", each.pointer, each.detail));
  if (answer.outcome == scheduling::scheduling_result::not_approved)
    made.findings.push_back(not_approved(*answer.item).detail);
  if (answer.outcome == scheduling::scheduling_result::already)
    made.findings.push_back("A post was made of it already.");
  if (answer.judgement) made.verdicts = to_answers(std::move(answer.judgement->verdicts));
  for (const auto& each : made.verdicts) made.findings.push_back(each.sentence);
  made.is_good = answer.outcome == scheduling::scheduling_result::scheduled;
  return made;
}

asio::awaitable<reply<content_check>> check_content(request_context& context, in_path<by_id> path,
                                                    in_body<check_content_request> body) {
  scheduling::order request{.content_id = path->id, .at = body->scheduled_at, .member_id = context.principal.member_id};
  request.takes_other_time = true;
  auto job = [request, now = context.services.clock.now()](transaction& tx) { return check_it(tx, request, now); };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return std::move(*done);
}

}  // namespace

void add_content_scheduling(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::post, "/content/{id}/schedule", permission::publish_posts, &schedule_content, "Schedule content",
      {.problems = {403, 404, 409},
       .description =
           "Makes a post of it, once: a repeated call answers with the same post (`post_id`). Move that post with "
           "POST /posts/{id}/schedule. 409 while it waits for approval, when it has changed since `version`, or when "
           "guardrails that bind people hold it: `takes_other_time` accepts the time that they "
           "name (also in the header `pulse-other-time`), `override_reason` overrides them and is recorded."});
  routes.add(verb::post, "/content/{id}/publish-now", permission::publish_posts, &publish_content_now,
             "Publish content now", {.problems = {403, 404, 409}, .description = "As schedule, for now."});
  routes.add(verb::post, "/content/{id}/check", permission::read_campaigns, &check_content,
             "Check whether content could be scheduled for a time",
             {.problems = {404}, .description = "Makes no post. Has the guardrails' verdicts and their other time."});
}

}  // namespace pulse::http::routes

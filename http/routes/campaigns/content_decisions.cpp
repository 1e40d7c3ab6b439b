#include "http/routes/campaigns/content_decisions.hpp"

#include "http/api/idempotency.hpp"
#include "http/api/pagination.hpp"
#include "http/api/precondition.hpp"
#include "http/routes/campaigns/content_answers.hpp"
#include "http/routes/campaigns/content_input.hpp"
#include "persistence/campaigns/content_changes.hpp"
#include "persistence/campaigns/guardrail_settings.hpp"
#include "persistence/campaigns/reviews.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace content = persistence::content;
namespace reviews = persistence::reviews;
namespace rules = domain::campaigns;
using content::item;
using persistence::transaction;
using rules::content_decision;
using rules::content_state;

struct by_comment {
  base::uuid id;
  base::uuid comment_id;
};
BOOST_DESCRIBE_STRUCT(by_comment, (), (id, comment_id))

struct submit_content_request {
  content_version_number version;  // the one that was read
};
BOOST_DESCRIBE_STRUCT(submit_content_request, (), (version))

struct approve_content_request {
  content_version_number version;  // the one that was read
  std::optional<decision_reason> reason;
};
BOOST_DESCRIBE_STRUCT(approve_content_request, (), (version, reason))

struct reject_content_request {
  content_version_number version;  // the one that was read
  decision_reason reason;
};
BOOST_DESCRIBE_STRUCT(reject_content_request, (), (version, reason))

struct add_comment_request {
  comment_text text;
  std::optional<content_version_number> version;  // the one that was read; default: the present one
};
BOOST_DESCRIBE_STRUCT(add_comment_request, (), (text, version))

struct list_comments_query : page_request {};
BOOST_DESCRIBE_STRUCT(list_comments_query, (page_request), ())

/// One step of the project's policy, and whether this version has passed it.
struct approval_step_progress {
  std::string name;
  rules::approval_need needs = rules::approval_need::one_of;
  rules::approvers approvers;
  bool is_complete = false;
};
BOOST_DESCRIBE_STRUCT(approval_step_progress, (), (name, needs, approvers, is_complete))

struct content_approval {
  content_state state = content_state::draft;
  int version = 1;
  int round = 0;
  std::vector<approval_step_progress> steps;
  std::optional<int> waiting_step;                 // the step that waits; null: none
  bool may_decide = false;                         // whether the caller may decide now
  std::optional<std::string> why_not;              // a sentence
  std::vector<reviews::decision_entry> decisions;  // of all versions, oldest first
};
BOOST_DESCRIBE_STRUCT(content_approval, (),
                      (state, version, round, steps, waiting_step, may_decide, why_not, decisions))

reply<item> tagged(item from) {
  auto etag = etag_of(from);
  return reply<item>{std::move(from)}.with("etag", std::move(etag));
}

reviews::reviewer reviewer_of(const request_context& context) {
  return {.member_id = context.principal.member_id, .role = context.principal.role};
}

// --- handing in and deciding -----------------------------------------------------------------------------------------

problem cannot_submit(const item& request) {
  if (request.post_id) return content_is_scheduled();
  return problems::conflict("content_is_" + std::string{base::to_name(request.state)},
                            request.state == content_state::pending_approval
                                ? "It is handed in already, and waits for approval."
                                : "Only a draft is handed in. Change it, then hand it in.");
}

result<item> submit(transaction& tx, const base::uuid& id, int version, const base::uuid& member_id,
                    base::timestamp now) {
  const auto found = content::lock(tx, id);
  if (!found) return problems::not_found("content");
  if (found->version != version) return content_changed(*found);
  const auto policy = persistence::guardrail_settings::get(tx, found->project_id).approval;
  const bool is_free = policy.steps.empty() && !found->needs_approval;
  const bool is_done = is_free ? content::pass(tx, id, version, now) : content::submit(tx, id, version, member_id, now);
  if (!is_done) return cannot_submit(*found);
  return content::find(id).first(tx).value();
}

asio::awaitable<reply<item>> submit_content(request_context& context, in_path<by_id> path,
                                            in_body<submit_content_request> body) {
  auto job = [id = path->id, version = static_cast<int>(body->version.value), member_id = context.principal.member_id,
              now = context.services.clock.now()](transaction& tx) { return submit(tx, id, version, member_id, now); };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return tagged(std::move(*done));
}

asio::awaitable<reply<item>> decide(request_context& context, reviews::verdict what) {
  auto job = [what, by = reviewer_of(context), now = context.services.clock.now()](transaction& tx) {
    return to_outcome(reviews::decide(tx, what, by, now));
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return tagged(std::move(*done));
}

asio::awaitable<reply<item>> approve_content(request_context& context, in_path<by_id> path,
                                             in_body<approve_content_request> body) {
  reviews::verdict what{.content_id = path->id,
                        .version = static_cast<int>(body->version.value),
                        .decision = content_decision::approve,
                        .reason = text_or(body->reason, "")};
  auto answer = co_await decide(context, std::move(what));
  co_return answer;
}

asio::awaitable<reply<item>> reject_content(request_context& context, in_path<by_id> path,
                                            in_body<reject_content_request> body) {
  if (is_blank(body->reason.value)) co_return problems::invalid_field("/reason", "must not be blank: say why");
  reviews::verdict what{.content_id = path->id,
                        .version = static_cast<int>(body->version.value),
                        .decision = content_decision::reject,
                        .reason = body->reason.value};
  auto answer = co_await decide(context, std::move(what));
  co_return answer;
}

result<content_approval> read_approval(transaction& tx, const base::uuid& id, const reviews::reviewer& by,
                                       base::timestamp now) {
  const auto found = content::find(id).first(tx);
  if (!found) return problems::not_found("content");
  const auto standing = reviews::find_progress(tx, *found);
  content_approval made;
  made.state = found->state;
  made.version = found->version;
  made.round = found->round;
  const bool is_pending = found->state == content_state::pending_approval;
  for (std::size_t i = 0; i < standing.steps.size(); ++i) {
    const auto& each = standing.steps[i];
    made.steps.push_back({each.name, each.needs, each.approvers, is_pending ? i < standing.waiting : false});
  }
  if (is_pending) {
    made.waiting_step = static_cast<int>(standing.waiting);
    made.why_not = rules::refusal(standing.policy, standing.question, {by.member_id, by.role}, now);
    made.may_decide = !made.why_not;
  }
  if (found->approved_version == found->version) {
    for (auto& each : made.steps) each.is_complete = true;
  }
  made.decisions = reviews::list_decisions(id).all(tx);
  return made;
}

asio::awaitable<reply<content_approval>> get_approval(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, by = reviewer_of(context), now = context.services.clock.now()](transaction& tx) {
    return read_approval(tx, id, by, now);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return std::move(*done);
}

// --- comments --------------------------------------------------------------------------------------------------------

asio::awaitable<reply<reviews::comment>> add_comment(request_context& context, in_path<by_id> path,
                                                     in_body<add_comment_request> body) {
  if (is_blank(body->text.value)) co_return problems::invalid_field("/text", "must not be blank");
  const auto now = context.services.clock.now();
  reviews::comment made;
  made.id = base::new_uuid(now);
  made.content_id = path->id;
  made.version = body->version ? static_cast<int>(body->version->value) : 0;
  made.member_id = context.principal.member_id;
  made.text = body->text.value;
  made.created_at = now;
  auto job = [made](transaction& tx) -> reply<reviews::comment> {
    const auto found = content::find(made.content_id).first(tx);
    if (!found) return problems::not_found("content");
    auto stored = made;
    if (stored.version == 0) stored.version = found->version;
    if (stored.version > found->version) return problems::invalid_field("/version", "is no version of it");
    if (!reviews::add_comment(tx, stored, std::nullopt)) {
      return problems::conflict("too_many_comments", "It has 1000 comments. Delete some first.");
    }
    return stored;
  };
  auto answer = co_await create_once(context, std::move(job));
  co_return answer;
}

asio::awaitable<reply<page<reviews::comment>>> list_comments(request_context& context, in_path<by_id> path,
                                                             in_query<list_comments_query> query) {
  const auto after = query->cursor.value_or(page_key{});
  auto job = [id = path->id, page = persistence::page_bounds{after.at, after.id, query->rows()}](
                 transaction& tx) -> result<std::vector<reviews::comment>> {
    if (!content::find(id).first(tx)) return problems::not_found("content");
    return reviews::list_comments(id, page).all(tx);
  };
  auto found = co_await in_transaction(context, job);
  if (!found) co_return found.error();
  co_return reply_page(context, make_page(std::move(*found), query.value, key_of_created<reviews::comment>));
}

asio::awaitable<reply<nothing>> remove_comment(request_context& context, in_path<by_comment> path) {
  auto job = [id = path->id, comment_id = path->comment_id, member_id = context.principal.member_id,
              now = context.services.clock.now()](transaction& tx) {
    return reviews::remove_comment(tx, id, comment_id, member_id, now);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  if (!*done) co_return problems::not_found("comment");
  co_return nothing{};
}

}  // namespace

void add_content_decisions(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::post, "/content/{id}/submit", permission::write_content, &submit_content, "Hand content in",
      {.problems = {404, 409},
       .description = "Names the version that was read. Where the policy asks for no approval, it is approved at "
                      "once; otherwise it waits for the approvers that the policy names."});
  routes.add(
      verb::post, "/content/{id}/approve", permission::decide_content, &approve_content, "Approve content",
      {.problems = {403, 404, 409},
       .description = "Names the version that was read; 409 when it has changed since. Approved once all approvers "
                      "that the policy names have approved this version."});
  routes.add(verb::post, "/content/{id}/reject", permission::decide_content, &reject_content,
             "Reject content, with a reason", {.problems = {403, 404, 409}});
  routes.add(verb::get, "/content/{id}/approval", permission::read_campaigns, &get_approval,
             "The progress of content's approval, and the decisions so far", {.problems = {404}});
  routes.add(verb::post, "/content/{id}/comments", permission::write_content, &add_comment, "Comment on content",
             {.success = 201, .idempotent = true, .problems = {404, 409}});
  routes.add(verb::get, "/content/{id}/comments", permission::read_campaigns, &list_comments,
             "The comments on content, oldest first", {.problems = {404}});
  routes.add(verb::delete_, "/content/{id}/comments/{comment_id}", permission::write_content, &remove_comment,
             "Delete a comment of mine", {.success = 204, .problems = {404}});
}

}  // namespace pulse::http::routes

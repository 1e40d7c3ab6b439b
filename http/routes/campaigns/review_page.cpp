#include "http/routes/campaigns/review_page.hpp"

#include <memory>

#include "http/api/services.hpp"
#include "http/auth/rate_limit.hpp"
#include "http/auth/sign_in_limits.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/campaigns/content_answers.hpp"
#include "http/routes/campaigns/content_input.hpp"
#include "persistence/campaigns/review_links.hpp"
#include "persistence/campaigns/reviews.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace content = persistence::content;
namespace review_links = persistence::review_links;
namespace reviews = persistence::reviews;
namespace rules = domain::campaigns;
using persistence::transaction;
using rules::content_state;

/// Limits for one network: a reviewer needs little, and secrets cannot be guessed.
const rate_policy reading{"review_by_address", 120, std::chrono::seconds{60}};
const rate_policy writing{"review_writes_by_address", 30, std::chrono::seconds{60}};
/// Comments that a reviewer sees; beyond them the latest are left out.
constexpr std::int64_t most_shown_comments = 200;

struct by_secret {
  base::text<1, 64> secret;
};
BOOST_DESCRIBE_STRUCT(by_secret, (), (secret))

struct review_comment_request {
  comment_text text;
};
BOOST_DESCRIBE_STRUCT(review_comment_request, (), (text))

struct review_approval_request {
  content_version_number version;  // the one that was read
  std::optional<decision_reason> reason;
};
BOOST_DESCRIBE_STRUCT(review_approval_request, (), (version, reason))

struct review_rejection_request {
  content_version_number version;  // the one that was read
  decision_reason reason;
};
BOOST_DESCRIBE_STRUCT(review_rejection_request, (), (version, reason))

/// A comment as a reviewer sees it.
struct review_comment {
  std::string by;
  std::string text;
  int version = 1;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(review_comment, (), (by, text, version, created_at))

/// One content item, with only those facts about the company that its reviewer needs.
struct content_review {
  std::string reviewer;  // whom the link is for
  std::string project_name;
  std::string title;
  std::string text;
  std::vector<persistence::posts::variant> variants;
  std::optional<domain::image> image;
  content_state state = content_state::draft;
  int version = 1;
  std::optional<base::timestamp> scheduled_at;
  bool may_decide = false;  // now
  base::timestamp expires_at;
  std::vector<review_comment> comments;  // oldest first
};
BOOST_DESCRIBE_STRUCT(content_review, (),
                      (reviewer, project_name, title, text, variants, image, state, version, scheduled_at, may_decide,
                       expires_at, comments))

/// The rate limits of the review addresses, shared by their handlers.
struct review_limits {
  rate_limiter reads{reading};
  rate_limiter writes{writing};
};

std::optional<problem> take_turn(const request_context& context, rate_limiter& from) {
  const auto verdict = from.take(network_of(context.request.remote_address), std::chrono::steady_clock::now());
  if (verdict.allowed) return std::nullopt;
  return from.refuse(verdict);
}

reviews::reviewer reviewer_of(const review_links::review_link& by) { return {.link_id = by.id, .link_name = by.name}; }

content_review show(transaction& tx, const review_links::review_link& link, const content::item& item,
                    base::timestamp now) {
  content_review made;
  made.reviewer = link.name;
  if (const auto project = persistence::projects::find(item.project_id).first(tx)) made.project_name = project->name;
  made.title = item.title;
  made.text = item.text;
  made.variants = item.variants;
  made.image = item.image;
  made.state = item.state;
  made.version = item.version;
  made.scheduled_at = item.scheduled_at;
  made.expires_at = link.expires_at;
  if (link.may_decide && item.state == content_state::pending_approval) {
    const auto standing = reviews::find_progress(tx, item);
    made.may_decide = !rules::refusal(standing.policy, standing.question, {}, now);
  }
  const auto comments = reviews::list_comments(item.id, {.rows = most_shown_comments}).all(tx);
  for (const auto& each : comments) made.comments.push_back({each.by, each.text, each.version, each.created_at});
  return made;
}

/// Opens the link of the secret and runs `act(tx, link, item)` in its tenant. An unknown secret gets a plain 404.
template <class Act>
asio::awaitable<reply<content_review>> with_link(request_context& context, std::string secret, Act act) {
  auto owner =
      co_await read_first_of(context, std::nullopt, review_links::find_owner(review_links::hash_secret(secret)));
  if (!owner) co_return owner.error();
  if (!*owner) co_return problems::not_found("review");
  const auto now = context.services.clock.now();
  auto job = [id = (*owner)->link_id, now, act](transaction& tx) -> result<content_review> {
    const auto link = review_links::open(tx, id, now);
    if (!link) return problems::not_found("review");
    const auto item = content::find(link->content_id).first(tx);
    if (!item) return problems::not_found("review");
    if (auto why = act(tx, *link, *item, now)) return std::move(*why);
    return show(tx, *link, content::find(link->content_id).first(tx).value(), now);
  };
  auto done = co_await in_transaction(context, (*owner)->tenant_id, job);
  if (!done) co_return done.error();
  co_return std::move(*done);
}

asio::awaitable<reply<content_review>> read_review(request_context& context, std::string secret) {
  auto act = [](transaction&, const review_links::review_link&, const content::item&,
                base::timestamp) -> std::optional<problem> { return std::nullopt; };
  auto answer = co_await with_link(context, std::move(secret), act);
  co_return answer;
}

asio::awaitable<reply<content_review>> comment(request_context& context, std::string secret, std::string text) {
  auto act = [text = std::move(text)](transaction& tx, const review_links::review_link& link, const content::item& item,
                                      base::timestamp now) -> std::optional<problem> {
    reviews::comment made;
    made.id = base::new_uuid(now);
    made.content_id = item.id;
    made.version = item.version;
    made.text = text;
    made.created_at = now;
    if (reviews::add_comment(tx, made, link.id)) return std::nullopt;
    return problems::conflict("too_many_comments", "There is no room for more comments.");
  };
  auto answer = co_await with_link(context, std::move(secret), act);
  co_return answer;
}

asio::awaitable<reply<content_review>> decide(request_context& context, std::string secret, reviews::verdict what) {
  auto act = [what = std::move(what)](transaction& tx, const review_links::review_link& link, const content::item& item,
                                      base::timestamp now) -> std::optional<problem> {
    if (!link.may_decide) return problems::forbidden("link_only_reads", "This link is for reading and commenting.");
    auto wanted = what;
    wanted.content_id = item.id;
    auto done = to_outcome(reviews::decide(tx, wanted, reviewer_of(link), now));
    if (!done) return done.error();
    return std::nullopt;
  };
  auto answer = co_await with_link(context, std::move(secret), act);
  co_return answer;
}

}  // namespace

void add_review_page(route_table& routes) {
  using domain::permission;
  using server::verb;
  const auto limits = std::make_shared<review_limits>();
  auto read = [limits](request_context& context, in_path<by_secret> path) -> asio::awaitable<reply<content_review>> {
    if (auto refused = take_turn(context, limits->reads)) co_return std::move(*refused);
    auto answer = co_await read_review(context, path->secret.value);
    co_return answer;
  };
  auto add_comment = [limits](request_context& context, in_path<by_secret> path,
                              in_body<review_comment_request> body) -> asio::awaitable<reply<content_review>> {
    if (auto refused = take_turn(context, limits->writes)) co_return std::move(*refused);
    if (is_blank(body->text.value)) co_return problems::invalid_field("/text", "must not be blank");
    auto answer = co_await comment(context, path->secret.value, body->text.value);
    co_return answer;
  };
  auto approve = [limits](request_context& context, in_path<by_secret> path,
                          in_body<review_approval_request> body) -> asio::awaitable<reply<content_review>> {
    if (auto refused = take_turn(context, limits->writes)) co_return std::move(*refused);
    reviews::verdict what{.content_id = {},
                          .version = static_cast<int>(body->version.value),
                          .decision = rules::content_decision::approve,
                          .reason = text_or(body->reason, "")};
    auto answer = co_await decide(context, path->secret.value, std::move(what));
    co_return answer;
  };
  auto reject = [limits](request_context& context, in_path<by_secret> path,
                         in_body<review_rejection_request> body) -> asio::awaitable<reply<content_review>> {
    if (auto refused = take_turn(context, limits->writes)) co_return std::move(*refused);
    if (is_blank(body->reason.value)) co_return problems::invalid_field("/reason", "must not be blank: say why");
    reviews::verdict what{.content_id = {},
                          .version = static_cast<int>(body->version.value),
                          .decision = rules::content_decision::reject,
                          .reason = body->reason.value};
    auto answer = co_await decide(context, path->secret.value, std::move(what));
    co_return answer;
  };
  routes.add(verb::get, "/review/{secret}", permission::public_, std::move(read), "Read what a link for review shows",
             {.problems = {404, 429},
              .description = "One item and its comments. 404 also when the link is revoked or has expired.",
              .no_store = true});
  routes.add(verb::post, "/review/{secret}/comments", permission::public_, std::move(add_comment), "Comment by a link",
             {.success = 201, .problems = {404, 409, 429}, .no_store = true});
  routes.add(verb::post, "/review/{secret}/approve", permission::public_, std::move(approve), "Approve by a link",
             {.problems = {403, 404, 409, 429}, .no_store = true});
  routes.add(verb::post, "/review/{secret}/reject", permission::public_, std::move(reject), "Reject by a link",
             {.problems = {403, 404, 409, 429}, .no_store = true});
}

}  // namespace pulse::http::routes

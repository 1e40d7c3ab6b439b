#include "http/routes/engagement/subscriptions.hpp"

#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/engagement/pages.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace pages = persistence::tracked_pages;
using domain::permission;
using pages::act_mode;
using pages::page_subscription;
using persistence::transaction;
using server::verb;

/// Fields that are left out take their defaults (likes, each confirmed first), or keep their values.
struct subscription_request {
  std::optional<bool> likes;
  std::optional<bool> comments;
  std::optional<act_mode> like_mode;
  std::optional<act_mode> comment_mode;
  std::optional<domain::reaction_kind> reaction;
  std::optional<bool> polling;
};
BOOST_DESCRIBE_STRUCT(subscription_request, (), (likes, comments, like_mode, comment_mode, reaction, polling))

void apply(const subscription_request& request, page_subscription& to) {
  if (request.likes) to.likes = *request.likes;
  if (request.comments) to.comments = *request.comments;
  if (request.like_mode) to.like_mode = *request.like_mode;
  if (request.comment_mode) to.comment_mode = *request.comment_mode;
  if (request.reaction) to.reaction = *request.reaction;
  if (request.polling) to.polling = *request.polling;
}

net::awaitable<reply<page_subscription>> store(request_context& context, base::uuid page_id,
                                               subscription_request request, bool must_exist) {
  auto job = [page_id, request, must_exist, who = context.principal.member_id,
              now = context.services.clock.now()](transaction& tx) -> result<page_subscription> {
    if (!pages::find(who, page_id).first(tx)) return problems::not_found("tracked page");
    auto wanted = pages::find_subscription(page_id, who).first(tx);
    if (!wanted && must_exist) return problems::not_found("subscription");
    if (!wanted) wanted = page_subscription{.page_id = page_id, .member_id = who, .created_at = now, .updated_at = now};
    apply(request, *wanted);
    wanted->updated_at = now;
    pages::store(tx, *wanted);
    return std::move(*wanted);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  co_return std::move(*done);
}

net::awaitable<reply<page_subscription>> subscribe(request_context& context, in_path<by_id> path,
                                                   in_body<std::optional<subscription_request>> body) {
  return store(context, path->id, body.value.value_or(subscription_request{}), false);
}

net::awaitable<reply<page_subscription>> change(request_context& context, in_path<by_id> path,
                                                in_body<subscription_request> body) {
  return store(context, path->id, body.value, true);
}

net::awaitable<reply<page_subscription>> show(request_context& context, in_path<by_id> path) {
  auto found =
      co_await read_one(context, pages::find_subscription(path->id, context.principal.member_id), "subscription");
  co_return std::move(found);
}

net::awaitable<reply<nothing>> unsubscribe(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, who = context.principal.member_id, now = context.services.clock.now()](transaction& tx) {
    return pages::unsubscribe(tx, id, who, now);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  if (!*done) co_return problems::not_found("subscription");
  co_return nothing{};
}

}  // namespace

void add_page_subscriptions(route_table& table) {
  table.add(verb::post, "/tracked-pages/{id}/subscribe", permission::engage, &subscribe,
            "Follow a tracked page: like or comment on its posts",
            {.problems = {404},
             .description = "Members decide for themselves only. Without a body: likes, each confirmed first. "
                            "`automatic` holds while /automation/settings says `automatic`, too, and is revoked by "
                            "PUT with `confirm`; a comment is automatic only once it has words."});
  table.add(verb::put, "/tracked-pages/{id}/subscribe", permission::engage, &change,
            "Change how I follow a tracked page",
            {.problems = {404}, .description = "Omitted fields and existing plans stay."});
  table.add(verb::get, "/tracked-pages/{id}/subscribe", permission::engage, &show, "How I follow a tracked page",
            {.problems = {404}});
  table.add(verb::delete_, "/tracked-pages/{id}/subscribe", permission::engage, &unsubscribe,
            "Unfollow a tracked page; my waiting acts there are skipped", {.success = 204, .problems = {404}});
}

}  // namespace pulse::http::routes

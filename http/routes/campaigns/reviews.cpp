#include "http/routes/campaigns/reviews.hpp"

#include "base/secure.hpp"
#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/campaigns/fields.hpp"
#include "http/routes/campaigns/review_page.hpp"
#include "persistence/campaigns/content.hpp"
#include "persistence/campaigns/review_links.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace review_links = persistence::review_links;
using persistence::transaction;
using review_links::review_link;

constexpr std::size_t secret_bytes = 32;
constexpr std::int64_t usual_hours = 24 * 7;

struct by_link {
  base::uuid id;
  base::uuid link_id;
};
BOOST_DESCRIBE_STRUCT(by_link, (), (id, link_id))

struct create_review_link_request {
  base::text<1, 120> name;                                        // of the reviewer
  std::optional<bool> may_decide;                                 // default: false (read and comment only)
  std::optional<base::bounded_int<1, 24 * 30>> expires_in_hours;  // default: a week
};
BOOST_DESCRIBE_STRUCT(create_review_link_request, (), (name, may_decide, expires_in_hours))

struct created_review_link : review_link {
  std::string url;     // of the page, shown only once
  std::string secret;  // for GET /review/{secret}
};
BOOST_DESCRIBE_STRUCT(created_review_link, (review_link), (url, secret))

struct review_link_list {
  std::vector<review_link> items;  // newest first, at most 100
};
BOOST_DESCRIBE_STRUCT(review_link_list, (), (items))

asio::awaitable<reply<created_review_link>> create_link(request_context& context, in_path<by_id> path,
                                                        in_body<create_review_link_request> body) {
  if (is_blank(body->name.value)) co_return problems::invalid_field("/name", "must not be blank");
  const auto now = context.services.clock.now();
  const auto secret = base::random_token(secret_bytes);
  const std::chrono::hours lifetime{body->expires_in_hours ? body->expires_in_hours->value : usual_hours};
  review_link made;
  made.id = base::new_uuid(now);
  made.content_id = path->id;
  made.name = body->name.value;
  made.may_decide = body->may_decide.value_or(false);
  made.created_by = context.principal.member_id;
  made.created_at = now;
  made.expires_at = now + lifetime;
  auto job = [made, hash = review_links::hash_secret(secret)](transaction& tx) -> result<nothing> {
    if (!persistence::content::find(made.content_id).first(tx)) return problems::not_found("content");
    if (review_links::insert(tx, made, hash)) return nothing{};
    return problems::conflict("too_many_review_links", "It has 20 links for review. Revoke one that nobody needs.");
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  created_review_link answer{{made}, context.services.addresses.app_url("/app/review#secret=" + secret), secret};
  co_return answer;
}

asio::awaitable<reply<review_link_list>> list_links(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id](transaction& tx) -> result<review_link_list> {
    if (!persistence::content::find(id).first(tx)) return problems::not_found("content");
    return review_link_list{review_links::list(id).all(tx)};
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return std::move(*done);
}

asio::awaitable<reply<nothing>> revoke_link(request_context& context, in_path<by_link> path) {
  auto job = [id = path->id, link_id = path->link_id, now = context.services.clock.now()](transaction& tx) {
    return review_links::revoke(tx, id, link_id, now);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  if (!*done) co_return problems::not_found("review link");
  co_return nothing{};
}

}  // namespace

void add_reviews(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::post, "/content/{id}/review-links", permission::decide_content, &create_link, "Make a review link",
      {.success = 201,
       .problems = {404, 409},
       .description = "A secret address at which somebody without an account reads this item and comments on it. "
                      "With `may_decide` they also approve or reject it where the project's policy allows that. It is "
                      "shown only once, and ends when it expires, is revoked, or its maker is no longer active.",
       .no_store = true});
  routes.add(verb::get, "/content/{id}/review-links", permission::read_campaigns, &list_links,
             "The review links of content, newest first", {.problems = {404}});
  routes.add(verb::delete_, "/content/{id}/review-links/{link_id}", permission::decide_content, &revoke_link,
             "Revoke a review link",
             {.success = 204, .problems = {404}, .description = "Its address answers 404 from then on."});
  add_review_page(routes);
}

}  // namespace pulse::http::routes

#include "http/routes/publishing/publications.hpp"

#include "domain/platforms/content_check.hpp"
#include "http/api/pagination.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "http/routes/publishing/post_input.hpp"
#include "http/routes/publishing/project_lists.hpp"
#include "persistence/publishing/projects.hpp"
#include "persistence/publishing/website_publications.hpp"

namespace pulse::http::routes {

namespace {

namespace publications = persistence::website_publications;
using publications::publication;

struct list_publications_query : page_request {
  std::optional<base::uuid> project_id;
};
BOOST_DESCRIBE_STRUCT(list_publications_query, (page_request), (project_id))

struct correct_publication_request {
  std::optional<post_title> title;
  std::optional<post_text> text;
};
BOOST_DESCRIBE_STRUCT(correct_publication_request, (), (title, text))

page_key key_of(const publication& row) { return {.at = row.published_at, .id = row.id}; }

boost::asio::awaitable<reply<page<publication>>> list_publications(request_context& context,
                                                                   in_query<list_publications_query> query) {
  auto found =
      co_await read_all_in(context, query->project_id, publications::list(query->project_id, bounds_of(query.value)));
  if (!found) co_return found.error();
  co_return reply_page(context, make_page(std::move(*found), query.value, key_of));
}

boost::asio::awaitable<reply<publication>> get_publication(request_context& context, in_path<by_id> path) {
  auto found = co_await read_one(context, publications::find(path->id), "publication");
  co_return std::move(found);
}

persistence::by_member by_caller(const request_context& context) {
  return {.member_id = context.principal.member_id, .now = context.services.clock.now()};
}

boost::asio::awaitable<reply<publication>> correct_publication(request_context& context, in_path<by_id> path,
                                                               in_body<correct_publication_request> body) {
  if (body->text) {
    if (auto wrong = domain::text_problem_for(domain::channel_type::website, body->text->value))
      co_return problems::invalid_field("/text", std::move(*wrong));
  }
  if (body->title && !body->title->value.empty() && is_blank(body->title->value))
    co_return problems::invalid_field("/title", "must be empty or show something");
  const publications::correction wanted{.title = plain(body->title), .text = plain(body->text)};
  auto job = [id = path->id, wanted, by = by_caller(context)](persistence::transaction& tx) -> result<publication> {
    if (!publications::correct(tx, id, wanted, by)) return problems::not_found("publication");
    return std::move(*publications::find(id).first(tx));
  };
  auto made = co_await in_transaction(context, std::move(job));
  co_return std::move(made);
}

boost::asio::awaitable<reply<nothing>> withdraw_publication(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, by = by_caller(context)](persistence::transaction& tx) -> result<nothing> {
    if (!publications::withdraw(tx, id, by)) return problems::not_found("publication");
    return nothing{};
  };
  auto done = co_await in_transaction(context, std::move(job));
  co_return std::move(done);
}

}  // namespace

void add_publications(route_table& routes) {
  routes.add(server::verb::get, "/website/publications", domain::permission::read_posts, &list_publications,
             "List the publications of the website channels, newest first", {.problems = {404}});
  routes.add(server::verb::get, "/website/publications/{id}", domain::permission::read_posts, &get_publication,
             "Read a publication of a website channel", {.problems = {404}});
  routes.add(
      server::verb::patch, "/website/publications/{id}", domain::permission::publish_posts, &correct_publication,
      "Correct a publication of a website channel",
      {.problems = {404},
       .description = "Changes the website and its feeds, which then show when it was updated. The post keeps its "
                      "words. The post's timeline records who corrected it."});
  routes.add(
      server::verb::delete_, "/website/publications/{id}", domain::permission::publish_posts, &withdraw_publication,
      "Withdraw a publication from the website",
      {.success = 204,
       .problems = {404},
       .description = "It leaves the feeds at once, and its page answers 410 from then on. Deleting the post does the "
                      "same."});
}

}  // namespace pulse::http::routes

#include "http/routes/media/library.hpp"

#include "http/api/pagination.hpp"
#include "http/api/services.hpp"
#include "http/routes/media/item.hpp"
#include "http/routes/publishing/fields.hpp"
#include "http/routes/publishing/project_lists.hpp"
#include "http/routes/publishing/shown.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace media = persistence::media;
using media::medium;
using persistence::transaction;

struct list_media_query : page_request {
  base::uuid project_id;
  std::optional<base::text<1, 100>> q;  // words in the name or the description
  std::optional<domain::media_kind> kind;
};
BOOST_DESCRIBE_STRUCT(list_media_query, (page_request), (project_id, q, kind))

struct describe_media_request {
  std::optional<base::text<1, domain::most_media_name_characters>> name;
  std::optional<base::text<0, 1000>> alt_text;
};
BOOST_DESCRIBE_STRUCT(describe_media_request, (), (name, alt_text))

asio::awaitable<reply<page<media_item>>> list_media(request_context& context, in_query<list_media_query> query) {
  if (context.services.media == nullptr) co_return no_media_here();
  auto wanted = media::list({query->project_id, plain(query->q), query->kind}, bounds_of(query.value));
  auto found = co_await read_all_in(context, query->project_id, std::move(wanted));
  if (!found) co_return found.error();
  const auto rows = make_page(std::move(*found), query.value, key_of_created<medium>);
  page<media_item> shown;
  for (const auto& each : rows.items) shown.items.push_back(to_item(context, *context.services.media, each));
  shown.next_cursor = rows.next_cursor;
  co_return reply_page(context, std::move(shown));
}

asio::awaitable<reply<media_item>> get_medium(request_context& context, in_path<by_id> path) {
  if (context.services.media == nullptr) co_return no_media_here();
  auto found = co_await read_one(context, media::find(path->id), "medium");
  if (!found) co_return found.error();
  co_return to_item(context, *context.services.media, *found);
}

/// Posts of one medium that are listed; `uses` of the medium counts all of them.
constexpr int most_listed_uses = 100;

struct media_uses {
  std::vector<media::use> items;
};
BOOST_DESCRIBE_STRUCT(media_uses, (), (items))

asio::awaitable<reply<media_uses>> list_uses(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id](transaction& tx) -> result<media_uses> {
    if (!media::find(id).first(tx)) return problems::not_found("medium");
    return media_uses{media::list_uses(id, most_listed_uses).all(tx)};
  };
  auto found = co_await in_transaction(context, job);
  if (!found) co_return found.error();
  co_return std::move(*found);
}

asio::awaitable<reply<media_item>> describe_medium(request_context& context, in_path<by_id> path,
                                                   in_body<describe_media_request> body) {
  if (context.services.media == nullptr) co_return no_media_here();
  std::vector<field_error> errors;
  check_shown(body->name, "/name", errors);
  check_shown(body->alt_text, "/alt_text", errors);
  if (!errors.empty()) co_return problems::invalid_fields(std::move(errors));
  auto job = [id = path->id, name = plain(body->name), alt_text = plain(body->alt_text)](transaction& tx) {
    return media::describe(tx, id, name, alt_text);
  };
  auto found = co_await in_transaction(context, job);
  if (!found) co_return found.error();
  if (!*found) co_return problems::not_found("medium");
  co_return to_item(context, *context.services.media, **found);
}

asio::awaitable<reply<nothing>> remove_medium(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id](transaction& tx) -> result<nothing> {
    switch (media::remove(tx, id)) {
      case media::removal::done: return nothing{};
      case media::removal::missing: return problems::not_found("medium");
      case media::removal::in_use: break;
    }
    return problems::conflict("media_in_use", "A post shows it. Remove it from the post, or delete the post, first.");
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return nothing{};
}

}  // namespace

void add_media_library(route_table& table) {
  using domain::permission;
  using server::verb;
  table.add(
      verb::get, "/media", permission::read_posts, &list_media, "List a project's pictures and films, newest first",
      {.problems = {404, 429, 503},
       .description =
           "`q` is searched in names and descriptions, ignoring case. `uses` counts the posts that show it. `url` and "
           "`preview_url` need no token and expire at `urls_expire_at`: read the medium again then.",
       .costly = true});
  table.add(verb::get, "/media/{id}", permission::read_posts, &get_medium, "Read a picture or film",
            {.problems = {404, 503}});
  table.add(verb::get, "/media/{id}/uses", permission::read_posts, &list_uses,
            "List the posts that show a picture or film", {.problems = {404}, .description = "The newest hundred."});
  table.add(
      verb::patch, "/media/{id}", permission::write_posts, &describe_medium, "Name or describe a picture or film",
      {.problems = {404, 503}, .description = "Omitted fields keep their values. Posts keep their own description."});
  table.add(verb::delete_, "/media/{id}", permission::write_posts, &remove_medium, "Remove a picture or film",
            {.success = 204, .problems = {404, 409}, .description = "409 while a post shows it."});
}

}  // namespace pulse::http::routes

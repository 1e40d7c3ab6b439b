#include "http/routes/publishing/published.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "domain/platforms/platform.hpp"
#include "domain/publishing/post_fit.hpp"
#include "domain/publishing/post_limits.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/engine/delivery_decisions.hpp"
#include "persistence/publishing/posts.hpp"
#include "persistence/publishing/website_publications.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace changes = persistence::publication_changes;
namespace decisions = persistence::delivery_decisions;
namespace posts = persistence::posts;
namespace publications = persistence::website_publications;
using domain::delivery_state;
using domain::publication_change_kind;
using domain::publication_change_state;
using persistence::transaction;

/// The longest text of any platform; the handler then checks the delivery's own limit.
using new_words = base::text<1, domain::most_post_characters>;

struct edit_publication_request {
  new_words text;
};
BOOST_DESCRIBE_STRUCT(edit_publication_request, (), (text))

bool is_at_platform(const changes::publication& of) {
  return of.is_out && !of.is_deleted && of.channel_type != domain::channel_type::website;
}

published_item to_item(changes::publication from) {
  const auto& platform = domain::platform_of(from.channel_type);
  published_item made{{std::move(from)}, false, false, false, {}};
  const bool is_live = made.is_out && !made.is_deleted;
  const bool is_ours = made.channel_type == domain::channel_type::website;
  made.can_delete = is_live && (platform.can.can_delete || is_ours);
  made.can_edit = is_live && made.state == delivery_state::published && platform.can.can_edit;
  made.can_comment = made.is_comment_missing;
  if (is_live && !made.can_delete)
    made.cannot_delete_because = std::string{platform.display_name} +
                                 " lets no program delete posts: it stays there until somebody deletes it there.";
  return made;
}

std::vector<published_item> read_items(transaction& tx, const base::uuid& post_id) {
  std::vector<published_item> made;
  for (auto& each : changes::list(post_id).all(tx)) made.push_back(to_item(std::move(each)));
  return made;
}

asio::awaitable<reply<post_publications>> show(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id](transaction& tx) -> result<post_publications> {
    if (!posts::find(id).first(tx)) return problems::not_found("post");
    return post_publications{false, read_items(tx, id)};
  };
  auto found = co_await in_transaction(context, job);
  if (!found) co_return found.error();
  co_return std::move(*found);
}

problem under_way(const changes::publication& of) {
  std::string_view done = "deleted";
  if (of.change == publication_change_kind::edit) done = "edited";
  if (of.change == publication_change_kind::comment) done = "commented on";
  return problems::conflict(
      "change_under_way",
      fmt::format("The post on {} is being {} at the platform. Try again when that is over.", of.channel_name, done));
}

bool is_under_way(const changes::publication& of, publication_change_kind kind) {
  return of.change == kind &&
         (of.change_state == publication_change_state::waiting || of.change_state == publication_change_state::sending);
}

struct asking {
  base::uuid member_id;
  base::timestamp now;
};

/// The number of channels with a request.
struct asked_channels {
  int count = 0;
};

/// Within a transaction, with the post locked: requests deletion wherever it is possible.
result<asked_channels> ask_for_deletion(transaction& tx, const std::vector<published_item>& items, const asking& by) {
  asked_channels channels;
  for (const auto& each : items) {
    if (!is_at_platform(each)) continue;
    if (is_under_way(each, publication_change_kind::edit) || is_under_way(each, publication_change_kind::comment))
      return under_way(each);
    if (!each.can_delete) continue;
    const bool is_asked = changes::ask(tx, {.id = base::new_uuid(by.now),
                                            .delivery_id = each.delivery_id,
                                            .kind = publication_change_kind::remove,
                                            .takes_post = true,
                                            .member_id = by.member_id,
                                            .now = by.now});
    if (!is_asked) return under_way(each);
    ++channels.count;
  }
  return channels;
}

asio::awaitable<reply<post_publications>> edit_publication(request_context& context, in_path<by_id> path,
                                                           in_body<edit_publication_request> body) {
  const changes::request wanted{.id = base::new_uuid(context.services.clock.now()),
                                .delivery_id = path->id,
                                .kind = publication_change_kind::edit,
                                .text = body->text.value,
                                .member_id = context.principal.member_id,
                                .now = context.services.clock.now()};
  auto job = [wanted](transaction& tx) -> result<post_publications> {
    const auto post_id = decisions::lock(tx, wanted.delivery_id);
    if (!post_id) return problems::not_found("delivery");
    auto items = read_items(tx, *post_id);
    const auto found = std::find_if(items.begin(), items.end(),
                                    [&](const auto& each) { return each.delivery_id == wanted.delivery_id; });
    if (found == items.end()) return problems::not_found("delivery");
    if (!is_at_platform(*found))
      return problems::conflict("not_published",
                                fmt::format("Nothing is published on {} that could be edited.", found->channel_name));
    const auto& platform = domain::platform_of(found->channel_type);
    if (!found->can_edit)
      return problems::conflict(
          "not_editable",
          std::string{platform.display_name} + " lets no program edit posts. Delete it there, and publish it again.");
    auto wrong = domain::text_misfits(*wanted.text, {}, {found->channel_type}, "/text");
    if (!wrong.empty()) {
      std::vector<field_error> errors;
      errors.reserve(wrong.size());
      for (auto& each : wrong) errors.push_back(at_field(each.pointer, each.detail));
      return problems::invalid_fields(std::move(errors));
    }
    if (!changes::ask(tx, wanted)) return under_way(*found);
    return post_publications{false, read_items(tx, *post_id)};
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return std::move(*done);
}

}  // namespace

int ask_for_comments(transaction& tx, const base::uuid& post_id, const std::optional<base::uuid>& only,
                     const base::uuid& member_id, base::timestamp now) {
  int count = 0;
  for (const auto& each : changes::list(post_id).all(tx)) {
    if (!each.is_comment_missing || (only && each.delivery_id != *only)) continue;
    const bool is_asked = changes::ask(tx, {.id = base::new_uuid(now),
                                            .delivery_id = each.delivery_id,
                                            .kind = publication_change_kind::comment,
                                            .member_id = member_id,
                                            .now = now});
    count += is_asked ? 1 : 0;
  }
  return count;
}

problem cannot_delete(const std::vector<posts::unresolved_delivery>& open) {
  std::string names;  // the channels on which it may be live
  std::string ways;   // the decisions to take
  bool is_any_waiting = false;
  for (const auto& each : open) {
    const bool is_waiting = each.state == delivery_state::waiting;
    if (!is_waiting && each.state != delivery_state::unconfirmed) {
      return problems::conflict(
          "post_is_going_out", "The post is going out, or being checked at the platform. Delete it when that is over.");
    }
    is_any_waiting = is_any_waiting || is_waiting;
    names += (names.empty() ? "" : ", ") + each.channel_name;
    ways += fmt::format("{}/deliveries/{}/resolve", ways.empty() ? "POST " : ", POST ", base::to_string(each.id));
  }
  std::string detail = fmt::format("The post may be live on {}, and after deletion nobody could tell. ", names);
  if (is_any_waiting) detail += "The next attempt finds out: wait for it, or cancel the post first. ";
  detail += fmt::format("Look there, report what you see ({}), then delete it.", ways);
  return problems::conflict("post_may_be_live", detail);
}

asio::awaitable<reply<post_publications>> delete_everywhere(request_context& context, base::uuid post_id) {
  // Withdrawing a publication needs the permission to publish.
  if (!may(context.principal, domain::permission::publish_posts))
    co_return problems::forbidden("not_permitted",
                                  "Deleting at the platforms is for those who may publish. Ask an owner or an admin of "
                                  "your company, or leave out `everywhere`.");
  const asking by{context.principal.member_id, context.services.clock.now()};
  auto job = [post_id, by](transaction& tx) -> result<post_publications> {
    if (!posts::lock(tx, post_id)) return problems::not_found("post");
    const auto open = posts::find_unresolved(tx, post_id);
    if (!open.empty()) return cannot_delete(open);
    const posts::command change{.post_id = post_id, .member_id = by.member_id, .now = by.now};
    posts::cancel(tx, change);
    publications::withdraw_post(tx, post_id, {.member_id = by.member_id, .now = by.now});
    const auto channels = ask_for_deletion(tx, read_items(tx, post_id), by);
    if (!channels) return channels.error();
    auto items = read_items(tx, post_id);
    const bool is_deleted = channels->count == 0;
    if (is_deleted) posts::remove(tx, change);
    return post_publications{is_deleted, std::move(items)};
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_await notify_engine(context);
  co_return reply<post_publications>{std::move(*done)}.status(202);
}

void add_published(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::get, "/posts/{id}/publications", permission::read_posts, &show,
      "A post's publications, and the actions that each platform allows",
      {.problems = {404},
       .description =
           "For each channel: whether its platform lets Pulse delete or edit the post, whether its first comment is "
           "missing, and the last request with its outcome. `is_out` with `cancelled` or `failed` means that the first "
           "parts of a thread are published."});
  routes.add(
      verb::post, "/deliveries/{id}/edit", permission::publish_posts, &edit_publication,
      "Change the words of a published post at its platform",
      {.success = 202,
       .problems = {404, 409},
       .description = "The post in Pulse keeps its words. 409 where the platform lets no program edit posts, where "
                      "nothing is published, or while another change is under way."});
}

}  // namespace pulse::http::routes

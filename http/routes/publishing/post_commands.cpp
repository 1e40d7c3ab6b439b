#include "http/routes/publishing/post_commands.hpp"

#include <fmt/core.h>

#include "http/bridges/database_bridge.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "http/routes/publishing/post_input.hpp"
#include "http/routes/publishing/preflight.hpp"
#include "http/routes/publishing/published.hpp"
#include "http/routes/publishing/schedule_asking.hpp"
#include "persistence/engine/delivery_decisions.hpp"
#include "persistence/publishing/website_publications.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace rulings = persistence::schedule_ruling;
namespace posts = persistence::posts;
namespace publications = persistence::website_publications;
using domain::delivery_state;
using domain::post_state;
using persistence::transaction;
using posts::post;

/// A delivery that could no longer be cancelled.
struct uncancelled_delivery {
  base::uuid delivery_id;
  base::uuid channel_id;
  std::string channel_name;
  delivery_state state = delivery_state::sending;
};
BOOST_DESCRIBE_STRUCT(uncancelled_delivery, (), (delivery_id, channel_id, channel_name, state))

struct cancelled_post : post {
  std::vector<uncancelled_delivery> not_cancelled;
};
BOOST_DESCRIBE_STRUCT(cancelled_post, (post), (not_cancelled))

/// A post with the findings of its preflight.
struct scheduled_post : post {
  post_preflight preflight;
};
BOOST_DESCRIBE_STRUCT(scheduled_post, (post), (preflight))

/// The state of a post, as the rest of "It …".
std::string_view standing(post_state status) {
  switch (status) {
    case post_state::draft: return "is a draft";
    case post_state::scheduled:
      return "waits for its next attempt, which begins by itself: an earlier one may be live, or is half done";
    case post_state::publishing: return "is going out";
    case post_state::published: return "is published";
    case post_state::published_partial: return "is published in part, and the rest has failed";
    case post_state::failed: return "has failed";
    case post_state::needs_attention: return "is being checked at the platform, or waits for somebody's decision";
    case post_state::missed: return "has missed its time";
    case post_state::cancelled: return "was cancelled";
  }
  return "has changed";
}

posts::command change_of(const request_context& context, const base::uuid& post_id) {
  return {.post_id = post_id, .member_id = context.principal.member_id, .now = context.services.clock.now()};
}

/// 409 for a stored post that today's rules would refuse; nothing for any other.
std::optional<problem> unfit(const post& of, std::string_view done) {
  domain::texts_by_type variants;
  for (const auto& each : of.variants) variants[std::string{base::to_name(each.platform)}] = each.text;
  std::vector<domain::channel_type> types;
  for (const auto& each : of.deliveries) {
    if (each.state == delivery_state::waiting) types.push_back(each.channel_type);
  }
  auto wrong = domain::text_misfits(of.text, variants, types, "/text");
  for (auto& each : domain::variant_misfits(variants, types)) wrong.push_back(std::move(each));
  for (auto& each : domain::title_misfits(of.title, types)) wrong.push_back(std::move(each));
  // The preflight checks media of the library, because it knows their files.
  if (of.media.empty()) {
    for (auto& each : domain::image_misfits(of.image, types)) wrong.push_back(std::move(each));
  }
  if (wrong.empty()) return std::nullopt;
  std::string detail = fmt::format("The post cannot be {}: ", done);
  for (const auto& each : wrong) detail += fmt::format("{} {}. ", each.pointer.substr(1), each.detail);
  detail += fmt::format("Change it first (PATCH /posts/{}).", base::to_string(of.id));
  return problems::conflict("post_does_not_fit", detail);
}

/// Locks the post, calls `act`, which returns the number of deliveries changed, and reads the post again. 409 if none
/// changed, or if it `sends` a post that today's rules refuse.
template <class Act>
asio::awaitable<result<post>> command(request_context& context, posts::command by, std::string_view done, Act act,
                                      bool sends) {
  auto job = [by, done, act, sends](transaction& tx) -> result<post> {
    if (!posts::lock(tx, by.post_id)) return problems::not_found("post");
    const bool changed = act(tx, by) > 0;
    auto found = posts::find(by.post_id).first(tx);
    if (found && changed && sends) {
      if (auto wrong = unfit(*found, done)) return std::move(*wrong);
    }
    if (!found) return problems::not_found("post");
    if (!changed) return cannot(*found, done);
    return std::move(*found);
  };
  auto made = co_await in_transaction(context, job);
  if (made) co_await notify_engine(context);
  co_return made;
}

/// Like `command`, where the project's guardrails allow a time: `act` receives that time, which may differ from `at`.
template <class Act>
asio::awaitable<result<post>> guarded_command(request_context& context, posts::command by, std::string_view done,
                                              base::timestamp at, rulings::wish wish, Act act) {
  if (auto refused = check_override(context, wish.override_reason.has_value())) co_return std::move(*refused);
  auto ruling = std::make_shared<rulings::ruling>();
  auto job = [by, done, at, wish, act, ruling](transaction& tx) -> result<post> {
    if (!posts::lock(tx, by.post_id)) return problems::not_found("post");
    auto found = posts::find(by.post_id).first(tx);
    if (!found) return problems::not_found("post");
    const auto question = question_of(*found, at, by.member_id);
    *ruling = rulings::ruling{.at = at};
    if (!question.channel_ids.empty()) *ruling = rulings::ask(tx, question, wish);
    if (ruling->is_held) return held_back(ruling->kind, ruling->sentences, ruling->other_time);
    const bool changed = act(tx, by, ruling->at) > 0;
    found = posts::find(by.post_id).first(tx);
    if (!changed) return cannot(*found, done);
    if (auto wrong = unfit(*found, done)) return std::move(*wrong);
    rulings::record(tx, *ruling, wish, by.post_id, by.now);
    return std::move(*found);
  };
  auto made = co_await in_transaction(context, job);
  if (made) {
    co_await notify_engine(context);
  } else {
    co_await keep_held(context, ruling);
  }
  co_return made;
}

asio::awaitable<reply<scheduled_post>> with_preflight(request_context& context, post from, base::timestamp at) {
  auto job = [from, at](transaction& tx) { return run_preflight(tx, from, at); };
  auto found = co_await in_transaction(context, job);
  scheduled_post made{{std::move(from)}, {}};
  if (found) made.preflight = std::move(*found);
  co_return made;
}

asio::awaitable<reply<scheduled_post>> schedule_post(request_context& context, in_path<by_id> path,
                                                     in_body<schedule_post_request> body) {
  const auto by = change_of(context, path->id);
  const auto at = body->scheduled_at;
  if (auto errors = check_schedule(at, by.now); !errors.empty()) co_return problems::invalid_fields(std::move(errors));
  const auto act = [](transaction& tx, const posts::command& change, base::timestamp allowed) {
    return posts::schedule(tx, change, allowed);
  };
  auto wish = wish_of(body->takes_other_time, body->override_reason);
  auto made = co_await guarded_command(context, by, "scheduled", at, std::move(wish), act);
  if (!made) co_return made.error();
  const auto scheduled_at = made->scheduled_at.value_or(at);
  auto answer = co_await with_preflight(context, std::move(*made), scheduled_at);
  co_return answer;
}

asio::awaitable<reply<post>> publish_post_now(request_context& context, in_path<by_id> path,
                                              in_body<std::optional<publish_post_request>> body) {
  const auto by = change_of(context, path->id);
  const auto act = [](transaction& tx, const posts::command& change, base::timestamp) {
    return posts::publish_now(tx, change);
  };
  rulings::wish wish;
  if (body.value) wish = wish_of(std::nullopt, body.value->override_reason);
  auto made = co_await guarded_command(context, by, "published now", by.now, std::move(wish), act);
  co_return std::move(made);
}

asio::awaitable<reply<post>> retry_post(request_context& context, in_path<by_id> path) {
  const auto act = [](transaction& tx, const posts::command& change) {
    return ask_for_comments(tx, change.post_id, std::nullopt, change.member_id, change.now) +
           persistence::delivery_decisions::retry(tx, change.post_id, std::nullopt,
                                                  {.member_id = change.member_id, .now = change.now});
  };
  auto made = co_await command(context, change_of(context, path->id), "retried", act, true);
  co_return std::move(made);
}

asio::awaitable<reply<cancelled_post>> cancel_post(request_context& context, in_path<by_id> path) {
  const auto act = [](transaction& tx, const posts::command& change) { return posts::cancel(tx, change); };
  auto made = co_await command(context, change_of(context, path->id), "cancelled", act, false);
  if (!made) co_return made.error();
  cancelled_post answer{{std::move(*made)}, {}};
  for (const auto& each : answer.deliveries) {
    if (each.state == delivery_state::cancelled) continue;
    answer.not_cancelled.push_back({.delivery_id = each.id,
                                    .channel_id = each.channel_id,
                                    .channel_name = each.channel_name,
                                    .state = each.state});
  }
  co_return answer;
}

struct delete_post_query {
  std::optional<bool> everywhere;  // also at the platforms that support deletion
};
BOOST_DESCRIBE_STRUCT(delete_post_query, (), (everywhere))

asio::awaitable<reply<post_publications>> delete_post(request_context& context, in_path<by_id> path,
                                                      in_query<delete_post_query> query) {
  if (query->everywhere.value_or(false)) {
    auto answer = co_await delete_everywhere(context, path->id);
    co_return answer;
  }
  auto job = [by = change_of(context, path->id)](transaction& tx) -> result<nothing> {
    if (!posts::lock(tx, by.post_id)) return problems::not_found("post");
    if (posts::remove(tx, by)) {
      publications::withdraw_post(tx, by.post_id, {.member_id = by.member_id, .now = by.now});
      return nothing{};
    }
    return cannot_delete(posts::find_unresolved(tx, by.post_id));
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_await notify_engine(context);
  co_return server::response::empty(204);
}

}  // namespace

problem cannot(const post& of, std::string_view done) {
  std::string detail = fmt::format("The post cannot be {}: it {}.", done, standing(of.status));
  std::string by_channel;
  for (const auto& each : of.deliveries) {
    by_channel += by_channel.empty() ? " By channel: " : ", ";
    by_channel += fmt::format("{} {}", each.channel_name, base::to_name(each.state));
  }
  if (!by_channel.empty()) detail += by_channel + ".";
  return problems::conflict("post_is_" + std::string{base::to_name(of.status)}, detail);
}

void add_post_commands(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::post, "/posts/{id}/schedule", permission::publish_posts, &schedule_post, "Schedule a post, or move it",
      {.problems = {403, 404, 409},
       .description = "Sets the time of every delivery that waits, for its first or its next attempt; what may be live "
                      "already or is half done keeps its own. 409 when guardrails that bind people hold it: "
                      "`takes_other_time` accepts the time that they name (also in the header `pulse-other-time`), "
                      "`override_reason` overrides them and is recorded. `preflight` has the known obstacles."});
  routes.add(verb::post, "/posts/{id}/publish-now", permission::publish_posts, &publish_post_now, "Publish a post now",
             {.success = 202,
              .problems = {404, 409},
              .description =
                  "Makes every delivery that waits, for its first or its next attempt, due at once, and answers; what "
                  "may be live already or is half done keeps its time. The timeline shows the outcome of it."});
  routes.add(verb::post, "/posts/{id}/retry", permission::publish_posts, &retry_post,
             "Send the failed deliveries of a post once more",
             {.success = 202,
              .problems = {404, 409},
              .description = "They are due now, with all attempts of their retry policies. Missing first comments are "
                             "sent again, too. 409 when there is neither, or their channels were removed."});
  routes.add(verb::post, "/posts/{id}/cancel", permission::write_posts, &cancel_post,
             "Cancel the deliveries that have not gone out",
             {.problems = {404, 409},
              .description =
                  "A delivery that the answer reports as cancelled never goes out. `not_cancelled` lists those that "
                  "were too far along; if all were, the answer is 409."});
  routes.add(
      verb::delete_, "/posts/{id}", permission::write_posts, &delete_post, "Delete a post",
      {.success = 202,
       .also = 204,
       .problems = {403, 404, 409},
       .description =
           "204: removes it from every list, cancels waiting deliveries, and withdraws it from the website channel and "
           "its feeds: its page answers 410. Published posts at other platforms stay there. With `everywhere=true`, "
           "for members who may publish, it is first deleted at the platforms that support deletion: 202 with the "
           "request for each channel. Once all are done the post is deleted here, too. If one fails the post stays, "
           "with the reason (GET /posts/{id}/publications). 409 while it is going out, or while it may be live "
           "somewhere and a person must say whether it is."});
}

}  // namespace pulse::http::routes

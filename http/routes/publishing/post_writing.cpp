#include "http/routes/publishing/post_writing.hpp"

#include <memory>

#include "domain/publishing/post_editing.hpp"
#include "domain/publishing/warning_fit.hpp"
#include "http/api/idempotency.hpp"
#include "http/api/precondition.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "http/routes/publishing/post_commands.hpp"
#include "http/routes/publishing/schedule_asking.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace channels = persistence::channels;
namespace rulings = persistence::schedule_ruling;
namespace posts = persistence::posts;
using persistence::transaction;
using posts::post;

/// The request to the guardrails about a change, and their ruling.
struct asking {
  rulings::wish wish;
  std::shared_ptr<rulings::ruling> ruling = std::make_shared<rulings::ruling>();
};

/// Stores the post and its deliveries. The project's channels are known and have accepted the text.
reply<post> store(transaction& tx, posts::draft draft, const std::optional<std::vector<base::uuid>>& wanted,
                  const asking& guarded, base::timestamp now) {
  const auto of_project = channels::lock_targets(tx, draft.project_id);
  if (of_project.empty() && !persistence::projects::exists(tx, draft.project_id)) {
    return no_such_project(at_field("/project_id", "is no project here"));
  }
  auto chosen = choose_targets(of_project, wanted);
  if (!chosen) return chosen.error();
  std::vector<domain::channel_type> types;
  for (const auto& each : *chosen) types.push_back(each.type);
  auto errors = check_text(draft.text, draft.variants, types, "/text");
  for (auto& each : check_title(draft.title, types)) errors.push_back(std::move(each));
  auto of_media = draft.media.empty() ? check_image_for(draft.image, types) : check_media_for(draft.media, types);
  for (auto& each : of_media) errors.push_back(std::move(each));
  for (auto& each : to_errors(domain::missing_options(draft.options, types))) errors.push_back(std::move(each));
  for (auto& each : to_errors(domain::warning_misfits(draft.text, draft.variants, draft.options, types)))
    errors.push_back(std::move(each));
  if (!errors.empty()) return problems::invalid_fields(std::move(errors));
  for (const auto& each : *chosen) {
    draft.channel_ids.push_back(each.id);
    draft.delivery_ids.push_back(base::new_uuid(now));
    draft.channel_names.push_back(each.name);
  }
  *guarded.ruling = {};
  if (draft.scheduled_at) {
    *guarded.ruling = rulings::ask(tx, question_of(draft), guarded.wish);
    if (guarded.ruling->is_held) {
      return held_back(guarded.ruling->kind, guarded.ruling->sentences, guarded.ruling->other_time);
    }
    draft.scheduled_at = guarded.ruling->at;
  }
  posts::insert(tx, draft, now);
  rulings::record(tx, *guarded.ruling, guarded.wish, draft.id, now);
  return reply<post>{*posts::find(draft.id).first(tx)}.with("location", "/posts/" + base::to_string(draft.id));
}

/// The channel types of a new post.
asio::awaitable<result<std::vector<domain::channel_type>>> types_of_targets(
    request_context& context, base::uuid project_id, std::optional<std::vector<base::uuid>> wanted) {
  auto job = [project_id, wanted = std::move(wanted)](transaction& tx) -> result<std::vector<domain::channel_type>> {
    const auto of_project = channels::lock_targets(tx, project_id);
    if (of_project.empty() && !persistence::projects::exists(tx, project_id))
      return no_such_project(at_field("/project_id", "is no project here"));
    auto chosen = choose_targets(of_project, wanted);
    if (!chosen) return chosen.error();
    std::vector<domain::channel_type> types;
    for (const auto& each : *chosen) types.push_back(each.type);
    return types;
  };
  auto found = co_await in_transaction(context, job);
  co_return found;
}

}  // namespace

asio::awaitable<reply<post>> create_post(request_context& context, in_body<create_post_request> body) {
  const auto& wanted = body.value;
  const auto now = context.services.clock.now();
  const auto variants = wanted.variants.value_or(std::vector<post_variant>{});
  auto errors = check_words(wanted.title, wanted.text);
  for (auto& each : check_variants(variants)) errors.push_back(std::move(each));
  for (auto& each : check_schedule(wanted.scheduled_at, now)) errors.push_back(std::move(each));
  for (auto& each : check_image(wanted.image, context.services.is_loopback_allowed)) errors.push_back(std::move(each));
  for (auto& each : check_one_source(wanted.image.has_value(), wanted.media)) errors.push_back(std::move(each));
  if (wanted.options) {
    for (auto& each : to_errors(domain::option_misfits(*wanted.options))) errors.push_back(std::move(each));
  }
  if (!errors.empty()) co_return problems::invalid_fields(std::move(errors));
  if (wanted.scheduled_at && !may(context.principal, domain::permission::publish_posts)) {
    co_return problems::forbidden("forbidden",
                                  "Your role may write posts but not schedule them. Leave scheduled_at out.");
  }
  posts::draft draft{.id = base::new_uuid(now),
                     .project_id = wanted.project_id,
                     .author_id = context.principal.member_id,
                     .title = text_or(wanted.title, ""),
                     .text = wanted.text.value,
                     .variants = to_texts(variants),
                     .scheduled_at = wanted.scheduled_at,
                     .channel_ids = {},
                     .delivery_ids = {}};
  if (wanted.image) draft.image = to_image(*wanted.image);
  if (wanted.lateness) draft.lateness = to_lateness(*wanted.lateness);
  if (wanted.options) draft.options = *wanted.options;
  if (wanted.media && !wanted.media->empty()) {
    auto types = co_await types_of_targets(context, wanted.project_id, wanted.channel_ids);
    if (!types) co_return types.error();
    auto prepared = co_await prepare_post_media(context, wanted.project_id, *wanted.media, *types);
    if (!prepared) co_return prepared.error();
    draft.media = std::move(*prepared);
    draft.image = first_image(draft.media);
  }
  if (auto refused = check_override(context, wanted.override_reason.has_value())) co_return std::move(*refused);
  const asking guarded{wish_of(wanted.takes_other_time, wanted.override_reason)};
  auto job = [draft, channel_ids = wanted.channel_ids, guarded, now](transaction& tx) -> reply<post> {
    return store(tx, draft, channel_ids, guarded, now);
  };
  auto answer = co_await create_once(context, std::move(job));
  if (answer.why() != nullptr) co_await keep_held(context, guarded.ruling);
  if (answer.why() == nullptr && wanted.scheduled_at) co_await notify_engine(context);
  co_return answer;
}

namespace {

/// The types of the channels that still wait for the post.
std::vector<domain::channel_type> waiting_types(const post& of) {
  std::vector<domain::channel_type> types;
  for (const auto& each : of.deliveries) {
    if (each.state == domain::delivery_state::waiting) types.push_back(each.channel_type);
  }
  return types;
}

/// Checks an edit against the present post and the channels that still wait for it.
std::optional<problem> check_edit(const post& before, const posts::edit& wanted) {
  variant_texts variants;
  for (const auto& each : before.variants) variants[std::string{base::to_name(each.platform)}] = each.text;
  const auto types = waiting_types(before);
  auto errors = check_text(wanted.text.value_or(before.text), wanted.variants.value_or(variants), types,
                           wanted.text ? "/text" : "/variants");
  if (wanted.title) {
    for (auto& each : check_title(*wanted.title, types)) errors.push_back(std::move(each));
  }
  if (wanted.media && !wanted.media->empty()) {
    for (auto& each : check_media_for(*wanted.media, types)) errors.push_back(std::move(each));
  } else if (wanted.image.is_given) {
    for (auto& each : check_image_for(wanted.image.value, types)) errors.push_back(std::move(each));
  }
  if (wanted.options) {
    for (auto& each : to_errors(domain::missing_options(*wanted.options, types))) errors.push_back(std::move(each));
  }
  for (auto& each :
       to_errors(domain::warning_misfits(wanted.text.value_or(before.text), wanted.variants.value_or(variants),
                                         wanted.options.value_or(before.options), types)))
    errors.push_back(std::move(each));
  if (errors.empty()) return std::nullopt;
  return problems::invalid_fields(std::move(errors));
}

bool may_edit(const post& of) {
  std::vector<domain::delivery_progress> deliveries;
  for (const auto& each : of.deliveries) deliveries.push_back({each.state, each.attempt});
  return domain::may_edit(deliveries);
}

result<post> apply_edit(transaction& tx, const posts::command& by, const posts::edit& wanted,
                        const std::optional<std::string>& version, const asking& guarded) {
  *guarded.ruling = {};
  if (!posts::lock(tx, by.post_id)) return problems::not_found("post");
  auto before = posts::find(by.post_id).first(tx);
  if (!before) return problems::not_found("post");
  if (auto other = check_version(version, *before, "post")) return std::move(*other);
  const bool has_words = wanted.title || wanted.text || wanted.variants || wanted.options;
  if (!has_words && !wanted.image.is_given && !wanted.lateness.is_given) return std::move(*before);
  if (!may_edit(*before)) return cannot(*before, "edited");
  if ((has_words || wanted.image.is_given) && posts::is_approved_content(tx, by.post_id)) {
    return problems::conflict(
        "post_is_approved_content",
        "Its words were approved and cannot change. Cancel it, then write and hand in other content.");
  }
  if (auto wrong = check_edit(*before, wanted)) return std::move(*wrong);
  if (has_words && before->scheduled_at) {
    *guarded.ruling = rulings::ask(tx, question_of(*before, wanted, by.member_id), guarded.wish);
    if (guarded.ruling->is_held) {
      return held_back(guarded.ruling->kind, guarded.ruling->sentences, guarded.ruling->other_time);
    }
  }
  if (!posts::update(tx, by, wanted)) return cannot(*before, "edited");
  rulings::record(tx, *guarded.ruling, guarded.wish, by.post_id, by.now);
  return std::move(*posts::find(by.post_id).first(tx));
}

posts::edit to_edit(const update_post_request& from) {
  posts::edit made{.title = plain(from.title), .text = plain(from.text), .variants = std::nullopt};
  if (from.variants) made.variants = to_texts(*from.variants);
  made.image.is_given = from.image.is_given;
  if (from.image.value) made.image.value = to_image(*from.image.value);
  made.lateness.is_given = from.lateness.is_given;
  if (from.lateness.value) made.lateness.value = to_lateness(*from.lateness.value);
  made.options = from.options;
  if (from.image.is_given) made.media.emplace();  // replaces the post's media
  return made;
}

/// Replaces the media that an edit names by prepared ones.
asio::awaitable<result<nothing>> prepare_edit(request_context& context, base::uuid post_id,
                                              const std::vector<post_medium_request>& wanted, posts::edit& to) {
  auto before = co_await read_one(context, posts::find(post_id), "post");
  if (!before) co_return before.error();
  const auto types = waiting_types(*before);
  auto prepared = co_await prepare_post_media(context, before->project_id, wanted, types);
  if (!prepared) co_return prepared.error();
  if (!to.image.is_given) to.image.value = first_image(*prepared);
  to.image.is_given = true;
  to.media = std::move(*prepared);
  co_return nothing{};
}

}  // namespace

asio::awaitable<reply<post>> update_post(request_context& context, in_path<by_id> path,
                                         in_body<update_post_request> body) {
  auto errors = check_words(body->title, body->text);
  for (auto& each : check_variants(body->variants.value_or(std::vector<post_variant>{})))
    errors.push_back(std::move(each));
  for (auto& each : check_image(body->image.value, context.services.is_loopback_allowed))
    errors.push_back(std::move(each));
  for (auto& each : check_one_source(body->image.value.has_value(), body->media)) errors.push_back(std::move(each));
  if (body->options) {
    for (auto& each : to_errors(domain::option_misfits(*body->options))) errors.push_back(std::move(each));
  }
  if (!errors.empty()) co_return problems::invalid_fields(std::move(errors));
  auto wanted = to_edit(body.value);
  if (body->media) {
    auto prepared = co_await prepare_edit(context, path->id, *body->media, wanted);
    if (!prepared) co_return prepared.error();
  }
  const posts::command by{
      .post_id = path->id, .member_id = context.principal.member_id, .now = context.services.clock.now()};
  if (auto refused = check_override(context, body->override_reason.has_value())) co_return std::move(*refused);
  const asking guarded{wish_of(std::nullopt, body->override_reason)};
  auto job = [by, wanted, version = wanted_version(context), guarded](transaction& tx) {
    return apply_edit(tx, by, wanted, version, guarded);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) {
    co_await keep_held(context, guarded.ruling);
    co_return done.error();
  }
  // The engine reads a post's words when it commits the intent, but it has cached the lateness policy before.
  if (wanted.lateness.is_given) co_await notify_engine(context);
  auto etag = etag_of(*done);
  co_return reply<post>{std::move(*done)}.with("etag", std::move(etag));
}

}  // namespace pulse::http::routes

#include "http/routes/publishing/posts.hpp"

#include <algorithm>

#include "domain/publishing/warning_fit.hpp"
#include "http/api/idempotency.hpp"
#include "http/api/pagination.hpp"
#include "http/api/precondition.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "http/routes/publishing/post_commands.hpp"
#include "http/routes/publishing/post_input.hpp"
#include "http/routes/publishing/schedule_asking.hpp"
#include "persistence/explaining/timeline.hpp"
#include "persistence/publishing/post_lists.hpp"
#include "persistence/publishing/posts.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace channels = persistence::channels;
namespace gate = persistence::schedule_gate;
namespace posts = persistence::posts;
namespace timeline = persistence::timeline;
using persistence::transaction;
using posts::post;

struct by_id {
  base::uuid id;
};
BOOST_DESCRIBE_STRUCT(by_id, (), (id))

/// What people look for together: what went wrong in one way or the other, and what is on its way.
enum class post_group { draft, scheduled, needs_attention, trouble, published, cancelled };
BOOST_DESCRIBE_ENUM(post_group, draft, scheduled, needs_attention, trouble, published, cancelled)

struct list_posts_query : page_request {
  std::optional<base::uuid> project_id;
  std::optional<domain::post_state> status;
  std::optional<post_group> group;       // of states; `trouble`: failed, published_partial, missed
  std::optional<base::uuid> channel_id;  // posts that go to it
  std::optional<base::text<1, 100>> q;   // words in the title or the text
};
BOOST_DESCRIBE_STRUCT(list_posts_query, (page_request), (project_id, status, group, channel_id, q))

/// The states of a group, as an array of PostgreSQL.
std::string_view states_of(post_group of) {
  switch (of) {
    case post_group::draft: return "{draft}";
    case post_group::scheduled: return "{scheduled,publishing}";
    case post_group::needs_attention: return "{needs_attention}";
    case post_group::trouble: return "{failed,published_partial,missed}";
    case post_group::published: return "{published}";
    case post_group::cancelled: return "{cancelled}";
  }
  return "{}";
}

/// The states asked for, as an array of PostgreSQL; nothing for any.
std::optional<std::string> states_of(const list_posts_query& asked) {
  if (asked.status) return "{" + std::string{base::to_name(*asked.status)} + "}";
  if (asked.group) return std::string{states_of(*asked.group)};
  return std::nullopt;
}

struct count_posts_query {
  std::optional<base::uuid> project_id;
};
BOOST_DESCRIBE_STRUCT(count_posts_query, (), (project_id))

struct post_counts {
  std::int64_t draft = 0;
  std::int64_t scheduled = 0;
  std::int64_t publishing = 0;
  std::int64_t published = 0;
  std::int64_t published_partial = 0;
  std::int64_t failed = 0;
  std::int64_t needs_attention = 0;
  std::int64_t missed = 0;
  std::int64_t cancelled = 0;
  bool is_complete = true;  // false: only the newest were counted
};
BOOST_DESCRIBE_STRUCT(post_counts, (),
                      (draft, scheduled, publishing, published, published_partial, failed, needs_attention, missed,
                       cancelled, is_complete))

/// Pages of a timeline are longer than others: most are wanted whole.
struct timeline_query {
  static constexpr std::int64_t size_default = 500;

  std::optional<base::whole<1, 1000>> limit;
  std::optional<page_key> cursor;

  std::size_t size() const { return static_cast<std::size_t>(limit ? limit->value : size_default); }
};
BOOST_DESCRIBE_STRUCT(timeline_query, (), (limit, cursor))

// --- writing -----------------------------------------------------------------------------------------------------------

/// What the guardrails are asked with a change, and what they have said.
struct asking {
  gate::wish wish;
  std::shared_ptr<gate::ruling> ruling = std::make_shared<gate::ruling>();
};

/// Stores the post and its deliveries, once the project's channels are known and have taken the text.
reply<post> store(transaction& tx, posts::draft draft, const std::optional<std::vector<base::uuid>>& wanted,
                  const asking& guarded, base::timestamp now) {
  const auto of_project = channels::lock_targets(tx, draft.project_id);
  if (of_project.empty() && !persistence::projects::exists(tx, draft.project_id)) {
    return no_such_project(at_field("/project_id", "is no project here"));
  }
  auto chosen = choose_targets(of_project, wanted);
  if (!chosen) return std::move(chosen.error());
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
    *guarded.ruling = gate::ask(tx, question_of(draft), guarded.wish);
    if (guarded.ruling->is_held) {
      return held_back(guarded.ruling->kind, guarded.ruling->sentences, guarded.ruling->other_time);
    }
    draft.scheduled_at = guarded.ruling->at;
  }
  posts::insert(tx, draft, now);
  gate::record(tx, *guarded.ruling, guarded.wish, draft.id, now);
  return reply<post>{*posts::get(tx, draft.id)}.with("location", "/posts/" + base::to_string(draft.id));
}

/// What kinds of channels a new post goes to.
asio::awaitable<outcome<std::vector<domain::channel_type>>> types_of_targets(
    call& of, base::uuid project_id, std::optional<std::vector<base::uuid>> wanted) {
  auto job = [project_id, wanted = std::move(wanted)](transaction& tx) -> outcome<std::vector<domain::channel_type>> {
    const auto of_project = channels::lock_targets(tx, project_id);
    if (of_project.empty() && !persistence::projects::exists(tx, project_id))
      return no_such_project(at_field("/project_id", "is no project here"));
    auto chosen = choose_targets(of_project, wanted);
    if (!chosen) return std::move(chosen.error());
    std::vector<domain::channel_type> types;
    for (const auto& each : *chosen) types.push_back(each.type);
    return types;
  };
  auto found = co_await in_transaction(of, job);
  co_return found;
}

asio::awaitable<reply<post>> create_post(call& of, in_body<create_post_request> body) {
  const auto& wanted = body.value;
  const auto now = of.with.clock.now();
  const auto variants = wanted.variants.value_or(std::vector<post_variant>{});
  auto errors = check_words(wanted.title, wanted.text);
  for (auto& each : check_variants(variants)) errors.push_back(std::move(each));
  for (auto& each : check_schedule(wanted.scheduled_at, now)) errors.push_back(std::move(each));
  for (auto& each : check_image(wanted.image, of.with.is_loopback_allowed)) errors.push_back(std::move(each));
  for (auto& each : check_one_source(wanted.image.has_value(), wanted.media)) errors.push_back(std::move(each));
  if (wanted.options) {
    for (auto& each : to_errors(domain::option_misfits(*wanted.options))) errors.push_back(std::move(each));
  }
  if (!errors.empty()) co_return problems::invalid_fields(std::move(errors));
  if (wanted.scheduled_at && !may(of.who, domain::permission::publish_posts)) {
    co_return problems::forbidden("forbidden",
                                  "Your role may write posts but not schedule them. Leave scheduled_at out.");
  }
  posts::draft draft{.id = base::new_uuid(now),
                     .project_id = wanted.project_id,
                     .author_id = of.who.member_id,
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
    auto types = co_await types_of_targets(of, wanted.project_id, wanted.channel_ids);
    if (!types) co_return std::move(types.error());
    auto prepared = co_await prepare_post_media(of, wanted.project_id, *wanted.media, *types);
    if (!prepared) co_return std::move(prepared.error());
    draft.media = std::move(*prepared);
    draft.image = first_image(draft.media);
  }
  if (auto refused = check_override(of, wanted.override_reason.has_value())) co_return std::move(*refused);
  const asking guarded{wish_of(wanted.takes_other_time, wanted.override_reason)};
  auto job = [draft, channel_ids = wanted.channel_ids, guarded, now](transaction& tx) -> reply<post> {
    return store(tx, draft, channel_ids, guarded, now);
  };
  auto answer = co_await create_once(of, std::move(job));
  if (answer.why() != nullptr) co_await keep_held(of, guarded.ruling);
  if (answer.why() == nullptr && wanted.scheduled_at) co_await tell_engine(of);
  co_return answer;
}

/// The kinds of channels that still wait for a post.
std::vector<domain::channel_type> waiting_types(const post& of) {
  std::vector<domain::channel_type> types;
  for (const auto& each : of.deliveries) {
    if (each.state == domain::delivery_state::waiting) types.push_back(each.channel_type);
  }
  return types;
}

/// Judges an edit against the post as it is and the channels that still wait for it.
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

outcome<post> apply_edit(transaction& tx, const posts::change& by, const posts::edit& wanted,
                         const std::optional<std::string>& version, const asking& guarded) {
  *guarded.ruling = {};
  if (!posts::lock(tx, by.post_id)) return problems::not_found("post");
  auto before = posts::get(tx, by.post_id);
  if (!before) return problems::not_found("post");
  if (auto other = check_version(version, *before, "post")) return std::move(*other);
  const bool has_words = wanted.title || wanted.text || wanted.variants || wanted.options;
  if (!has_words && !wanted.image.is_given && !wanted.lateness.is_given) return std::move(*before);
  if (!posts::may_edit(*before)) return cannot(*before, "edited");
  if ((has_words || wanted.image.is_given) && posts::is_approved_content(tx, by.post_id)) {
    return problems::conflict("post_is_approved_content",
                              "Its words were approved as they are. Cancel it, and write and hand in other content.");
  }
  if (auto wrong = check_edit(*before, wanted)) return std::move(*wrong);
  if (has_words && before->scheduled_at) {
    *guarded.ruling = gate::ask(tx, question_of(*before, wanted, by.member_id), guarded.wish);
    if (guarded.ruling->is_held) {
      return held_back(guarded.ruling->kind, guarded.ruling->sentences, guarded.ruling->other_time);
    }
  }
  if (!posts::update(tx, by, wanted)) return cannot(*before, "edited");
  gate::record(tx, *guarded.ruling, guarded.wish, by.post_id, by.now);
  return std::move(*posts::get(tx, by.post_id));
}

posts::edit to_edit(const update_post_request& from) {
  posts::edit made{.title = plain(from.title), .text = plain(from.text), .variants = std::nullopt};
  if (from.variants) made.variants = to_texts(*from.variants);
  made.image.is_given = from.image.is_given;
  if (from.image.value) made.image.value = to_image(*from.image.value);
  made.lateness.is_given = from.lateness.is_given;
  if (from.lateness.value) made.lateness.value = to_lateness(*from.lateness.value);
  made.options = from.options;
  if (from.image.is_given) made.media.emplace();  // instead of what the post has shown
  return made;
}

/// Puts the media that an edit names into it.
asio::awaitable<outcome<nothing>> prepare_edit(call& of, base::uuid post_id,
                                               const std::vector<post_medium_request>& wanted, posts::edit& to) {
  auto before = co_await read_first<post>(of, posts::find, post_id);
  if (!before) co_return std::move(before.error());
  if (!*before) co_return problems::not_found("post");
  const auto types = waiting_types(**before);
  auto prepared = co_await prepare_post_media(of, (*before)->project_id, wanted, types);
  if (!prepared) co_return std::move(prepared.error());
  if (!to.image.is_given) to.image.value = first_image(*prepared);
  to.image.is_given = true;
  to.media = std::move(*prepared);
  co_return nothing{};
}

asio::awaitable<reply<post>> update_post(call& of, in_path<by_id> path, in_body<update_post_request> body) {
  auto errors = check_words(body->title, body->text);
  for (auto& each : check_variants(body->variants.value_or(std::vector<post_variant>{})))
    errors.push_back(std::move(each));
  for (auto& each : check_image(body->image.value, of.with.is_loopback_allowed)) errors.push_back(std::move(each));
  for (auto& each : check_one_source(body->image.value.has_value(), body->media)) errors.push_back(std::move(each));
  if (body->options) {
    for (auto& each : to_errors(domain::option_misfits(*body->options))) errors.push_back(std::move(each));
  }
  if (!errors.empty()) co_return problems::invalid_fields(std::move(errors));
  auto wanted = to_edit(body.value);
  if (body->media) {
    auto prepared = co_await prepare_edit(of, path->id, *body->media, wanted);
    if (!prepared) co_return std::move(prepared.error());
  }
  const posts::change by{.post_id = path->id, .member_id = of.who.member_id, .now = of.with.clock.now()};
  if (auto refused = check_override(of, body->override_reason.has_value())) co_return std::move(*refused);
  const asking guarded{wish_of(std::nullopt, body->override_reason)};
  auto job = [by, wanted, version = wanted_version(of), guarded](transaction& tx) {
    return apply_edit(tx, by, wanted, version, guarded);
  };
  auto done = co_await in_transaction(of, job);
  if (!done) {
    co_await keep_held(of, guarded.ruling);
    co_return std::move(done.error());
  }
  // What is sent is read when its intent is committed; only what becomes of a late post is known to the engine before.
  if (wanted.lateness.is_given) co_await tell_engine(of);
  auto etag = etag_of(*done);
  co_return reply<post>{std::move(*done)}.with("etag", std::move(etag));
}

// --- reading -----------------------------------------------------------------------------------------------------------

asio::awaitable<reply<page<post>>> list_posts(call& of, in_query<list_posts_query> query) {
  const auto after = query->start();
  auto job = [asked = query.value, after](transaction& tx) -> outcome<std::vector<post>> {
    if (asked.group || asked.channel_id || asked.q) {
      auto found = tx.execute(posts::search, after.at, after.id, states_of(asked), asked.rows(), asked.project_id,
                              asked.channel_id, plain(asked.q))
                       .all<post>();
      if (found.empty() && asked.project_id && !persistence::projects::exists(tx, *asked.project_id)) {
        return no_such_project({.pointer = {}, .parameter = "project_id", .detail = "is no project here"});
      }
      return found;
    }
    auto found = posts::list_posts(tx, {.project_id = asked.project_id,
                                        .status = asked.status,
                                        .before = after.at,
                                        .before_id = after.id,
                                        .limit = asked.rows()});
    if (found.empty() && asked.project_id && !persistence::projects::exists(tx, *asked.project_id)) {
      return no_such_project({.pointer = {}, .parameter = "project_id", .detail = "is no project here"});
    }
    return found;
  };
  auto found = co_await in_transaction(of, job);
  if (!found) co_return std::move(found.error());
  co_return reply_page(of, make_page(std::move(*found), query.value, key_of_created<post>));
}

asio::awaitable<reply<post_counts>> count_posts(call& of, in_query<count_posts_query> query) {
  auto rows =
      co_await read_all<posts::status_count>(of, posts::count_by_status, query->project_id, posts::most_counted + 1);
  if (!rows) co_return std::move(rows.error());
  post_counts made;
  std::int64_t total = 0;
  for (const auto& each : *rows) {
    total += each.posts;
    base::for_each_member<post_counts>([&](std::string_view name, auto pointer) {
      if constexpr (std::is_same_v<decltype(pointer), std::int64_t post_counts::*>) {
        if (name == base::to_name(each.status)) made.*pointer = each.posts;
      }
    });
  }
  made.is_complete = total <= posts::most_counted;
  co_return made;
}

asio::awaitable<reply<post>> get_post(call& of, in_path<by_id> path) {
  auto found = co_await read_first<post>(of, posts::find, path->id);
  if (!found) co_return std::move(found.error());
  if (!*found) co_return problems::not_found("post");
  auto etag = etag_of(**found);
  co_return reply<post>{std::move(**found)}.with("etag", std::move(etag));
}

asio::awaitable<reply<page<timeline::timeline_entry>>> get_timeline(call& of, in_path<by_id> path,
                                                                    in_query<timeline_query> query) {
  const auto after = query->cursor.value_or(page_key{});
  auto found = co_await read_all<timeline::placed_entry>(of, timeline::list, path->id, after.at, after.id,
                                                         static_cast<std::int64_t>(query->size()) + 1);
  if (!found) co_return std::move(found.error());
  // Every post has begun with an event; only the end of a timeline that was read to its end is empty.
  if (found->empty() && !query->cursor) co_return problems::not_found("post");
  page<timeline::timeline_entry> made;
  for (auto& each : *found) {
    if (made.items.size() == query->size()) {
      const auto& last = (*found)[query->size() - 1];
      made.next_cursor = to_cursor({.at = last.at, .id = last.place});
      break;
    }
    made.items.push_back(timeline::tell(std::move(each)));
  }
  co_return reply_page(of, std::move(made));
}

}  // namespace

void add_posts(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::post, "/posts", permission::write_posts, &create_post, "Write a post",
      {.success = 201,
       .idempotent = true,
       .problems = {404},
       .description =
           "A draft, or with `scheduled_at` a scheduled post. It goes to the channels named, or to all active "
           "ones of its project. `image` is an https address that the platforms can fetch; channels that take no "
           "image get the text alone. Or `media`, of the project's library: made smaller where a platform needs it; "
           "`image` is the first picture of them in the answer. `lateness` is what becomes of it when it cannot start "
           "in time; the project's "
           "when it is left out. What is scheduled is judged by the project's guardrails where they bind people, as by "
           "POST /posts/{id}/schedule."});
  routes.add(verb::get, "/posts", permission::read_posts, &list_posts, "List the posts, newest first",
             {.problems = {404, 429},
              .description =
                  "`group` is of states that people look for together: `trouble` has failed, published in part, or "
                  "missed its time; `scheduled` has what is going out just now, too. `q` is looked for in title and "
                  "text, in any case.",
              .costly = true});
  routes.add(verb::get, "/posts/counts", permission::read_posts, &count_posts, "Count the posts by state",
             {.problems = {429},
              .description = "Of the newest 10,000 posts; `is_complete` says whether that is all of them.",
              .costly = true});
  routes.add(verb::get, "/posts/{id}", permission::read_posts, &get_post, "Read a post with its deliveries",
             {.problems = {404}});
  routes.add(verb::patch, "/posts/{id}", permission::write_posts, &update_post, "Edit a post",
             {.conditional = true,
              .problems = {404, 409},
              .description =
                  "Only while nothing of it has begun to go out. What is left out stays as it is; null takes the image "
                  "away, or goes back to the project's lateness. New words of a scheduled post are judged by the "
                  "project's guardrails where they bind people: 409, which `override_reason` goes against."});
  routes.add(verb::get, "/posts/{id}/timeline", permission::read_posts, &get_timeline,
             "Read what happened to a post, in order", {.problems = {404}});
  add_post_commands(routes);
}

}  // namespace pulse::http::routes

#include "http/routes/engagement/automation.hpp"

#include <algorithm>

#include "actors/engagement/commenting.hpp"
#include "domain/calendar/time_zone.hpp"
#include "domain/text/language.hpp"
#include "http/api/idempotency.hpp"
#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/ai/failures.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/engagement/automation.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace automation = persistence::automation;
namespace engagement = domain::engagement;
using persistence::transaction;

struct by_phrase {
  base::uuid id;
};
BOOST_DESCRIBE_STRUCT(by_phrase, (), (id))

struct shown_settings {
  engagement::automation_settings settings;
  std::string automatic_warning;  // the platform's risk when nobody confirms acts
};
BOOST_DESCRIBE_STRUCT(shown_settings, (), (settings, automatic_warning))

/// Fields that are left out stay as they are.
struct change_settings {
  std::optional<bool> likes;
  std::optional<bool> comments;
  std::optional<engagement::confirmation> confirm;
  std::optional<base::bounded_int<0, engagement::max_acts_a_day>> acts_a_day;
  std::optional<base::bounded_int<1, engagement::max_gap_minutes>> least_gap_minutes;
  std::optional<base::text<1, 64>> time_zone;
  std::optional<std::vector<engagement::weekday>> working_days;
  std::optional<base::bounded_int<0, 1'439>> works_from_minute;
  std::optional<base::bounded_int<1, 1'440>> works_until_minute;
  std::optional<std::vector<engagement::reaction>> reactions;
  std::optional<base::text<0, 2>> comment_language;  // a code; empty: the post's
  std::optional<base::bounded_int<engagement::shortest_comment, engagement::max_comment_characters>> comment_characters;
  std::optional<std::vector<base::text<1, 500>>> comment_examples;
  std::optional<bool> ask_by_mail;  // a mail asks me about acts that wait for my decision
};
BOOST_DESCRIBE_STRUCT(change_settings, (),
                      (likes, comments, confirm, acts_a_day, least_gap_minutes, time_zone, working_days,
                       works_from_minute, works_until_minute, reactions, comment_language, comment_characters,
                       comment_examples, ask_by_mail))

struct phrase_list {
  std::vector<automation::avoid_phrase> items;
};
BOOST_DESCRIBE_STRUCT(phrase_list, (), (items))

struct new_phrase {
  base::text<1, 200> phrase;
};
BOOST_DESCRIBE_STRUCT(new_phrase, (), (phrase))

struct preview_request {
  base::text<1, 5'000> post_text;
  std::optional<base::text<0, 200>> post_author;
  std::optional<std::vector<base::text<1, 1'250>>> other_comments;  // the comment must not resemble them
};
BOOST_DESCRIBE_STRUCT(preview_request, (), (post_text, post_author, other_comments))

struct comment_preview {
  std::string comment;
  std::string language;        // a code; empty when it cannot be detected
  bool was_corrected = false;  // by the second model
  int rounds = 1;
  std::string provider;
  bool is_stand_in = false;  // a canned text: the installation has no AI provider
};
BOOST_DESCRIBE_STRUCT(comment_preview, (), (comment, language, was_corrected, rounds, provider, is_stand_in))

constexpr std::size_t max_other_comments = 50;

shown_settings shown(engagement::automation_settings from) {
  return {std::move(from), std::string{engagement::automatic_warning}};
}

/// The entries of an enum list without duplicates.
template <class T>
std::vector<T> each_once(std::vector<T> from) {
  std::sort(from.begin(), from.end());
  from.erase(std::unique(from.begin(), from.end()), from.end());
  return from;
}

template <class Whole>
void take(int& into, const std::optional<Whole>& from) {
  if (from) into = static_cast<int>(from->value);
}

void apply(engagement::automation_settings& to, const change_settings& from) {
  to.likes = from.likes.value_or(to.likes);
  to.comments = from.comments.value_or(to.comments);
  to.confirm = from.confirm.value_or(to.confirm);
  to.ask_by_mail = from.ask_by_mail.value_or(to.ask_by_mail);
  take(to.acts_a_day, from.acts_a_day);
  take(to.least_gap_minutes, from.least_gap_minutes);
  take(to.works_from_minute, from.works_from_minute);
  take(to.works_until_minute, from.works_until_minute);
  take(to.comment_characters, from.comment_characters);
  if (from.time_zone) to.time_zone = from.time_zone->value;
  if (from.working_days) to.working_days = each_once(*from.working_days);
  if (from.reactions) to.reactions = each_once(*from.reactions);
  if (from.comment_language) to.comment_language = from.comment_language->value;
  if (!from.comment_examples) return;
  to.comment_examples.clear();
  for (const auto& each : *from.comment_examples) to.comment_examples.push_back(each.value);
}

/// Checks the settings as they would be after the change.
std::vector<field_error> errors_of(const engagement::automation_settings& of) {
  std::vector<field_error> made;
  if (!domain::is_time_zone(of.time_zone))
    made.push_back(at_field("/time_zone", "must be an IANA time zone such as Europe/Amsterdam"));
  if (of.works_from_minute >= of.works_until_minute)
    made.push_back(at_field("/works_until_minute", "must be later than works_from_minute"));
  if (of.reactions.empty()) made.push_back(at_field("/reactions", "must name at least one reaction"));
  if (!of.comment_language.empty() && domain::language_name(of.comment_language) == of.comment_language)
    made.push_back(at_field("/comment_language",
                            "must be a language that can be detected, such as en, nl or de, or empty for the post's"));
  for (std::size_t i = 0; i < of.comment_examples.size() && i < engagement::max_examples; ++i) {
    if (is_blank(of.comment_examples[i]))
      made.push_back(at_field("/comment_examples/" + std::to_string(i), "must not be blank"));
  }
  if (of.comment_examples.size() > engagement::max_examples)
    made.push_back(at_field("/comment_examples", "must have at most 5 entries"));
  return made;
}

net::awaitable<reply<shown_settings>> show_settings(request_context& context) {
  auto job = [id = context.principal.member_id](transaction& tx) { return shown(automation::find(tx, id)); };
  auto found = co_await in_transaction(context, std::move(job));
  if (!found) co_return found.error();
  co_return std::move(*found);
}

net::awaitable<reply<shown_settings>> set_settings(request_context& context, in_body<change_settings> body) {
  auto job = [id = context.principal.member_id, change = body.value,
              now = context.services.clock.now()](transaction& tx) -> result<shown_settings> {
    auto settings = automation::find(tx, id);
    apply(settings, change);
    if (auto wrong = errors_of(settings); !wrong.empty()) return problems::invalid_fields(std::move(wrong));
    automation::store(tx, id, settings, now);
    return shown(std::move(settings));
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  co_return std::move(*done);
}

net::awaitable<reply<phrase_list>> list_phrases(request_context& context) {
  auto found = co_await read_all(context, automation::list_phrases());
  if (!found) co_return found.error();
  co_return phrase_list{std::move(*found)};
}

net::awaitable<reply<automation::avoid_phrase>> add_phrase(request_context& context, in_body<new_phrase> body) {
  if (is_blank(body->phrase.value)) co_return problems::invalid_field("/phrase", "must not be blank");
  const auto now = context.services.clock.now();
  const automation::avoid_phrase made{base::new_uuid(now), body->phrase.value, now};
  auto job = [made](transaction& within) -> reply<automation::avoid_phrase> {
    if (!automation::insert_phrase(within, made))
      return problems::conflict("too_many_phrases", "An organization has at most 200 phrases. Remove one first.");
    return made;
  };
  auto answer = co_await create_once(context, std::move(job));
  const auto* why = answer.why();
  if (why != nullptr && why->constraint == automation::phrase_once)
    co_return problems::conflict("phrase_taken", "That phrase is in the list already.");
  co_return answer;
}

net::awaitable<reply<nothing>> remove_phrase(request_context& context, in_path<by_phrase> path) {
  auto job = [id = path->id](transaction& within) { return automation::remove_phrase(within, id); };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  if (!*done) co_return problems::not_found("phrase");
  co_return nothing{};
}

/// The input of a comment on this post.
net::awaitable<result<actors::comment_wanted>> wanted_for(request_context& context, const preview_request& request) {
  auto job = [id = context.principal.member_id](transaction& tx) { return automation::comment_sources_of(tx, id); };
  auto sources = co_await in_transaction(context, std::move(job));
  if (!sources) co_return sources.error();
  if (!*sources) co_return problems::not_found("member");
  actors::comment_wanted made{.tenant_id = context.principal.tenant_id,
                              .purpose = actors::ai_purpose::preview,
                              .from = std::move(**sources),
                              .others = {}};
  made.from.post_text = request.post_text.value;
  made.from.post_author = text_or(request.post_author, "");
  if (request.other_comments) {
    for (const auto& each : *request.other_comments) made.others.push_back(each.value);
  }
  co_return made;
}

net::awaitable<reply<comment_preview>> preview(request_context& context, in_body<preview_request> body) {
  if (context.services.commenting == nullptr)
    co_return problems::conflict("ai_not_configured", "This installation has no AI provider.");
  if (is_blank(body->post_text.value)) co_return problems::invalid_field("/post_text", "must not be blank");
  if (body->other_comments && body->other_comments->size() > max_other_comments)
    co_return problems::invalid_field("/other_comments", "must have at most 50 entries");
  auto wanted = co_await wanted_for(context, body.value);
  if (!wanted) co_return wanted.error();
  auto start = [&commenting = *context.services.commenting, wanted = std::move(*wanted)](auto done) mutable {
    commenting.write(std::move(wanted), std::move(done));
  };
  const auto got = co_await from_callback<actors::comment_answer>(std::move(start));
  if (got.has_value()) {
    co_return comment_preview{got->text,
                              got->language,
                              got->was_corrected,
                              got->rounds,
                              std::string{context.services.commenting->provider()},
                              context.services.commenting->is_stand_in()};
  }
  const auto why = got.error();
  if (why.failure) co_return of_ai_failure(*why.failure, why.reason, why.retry_at, context.services.clock.now());
  co_return problems::conflict("no_comment", why.reason);
}

}  // namespace

void add_automation(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(verb::get, "/automation/settings", permission::read_account, &show_settings,
             "My settings for likes and comments in my name");
  routes.add(
      verb::put, "/automation/settings", permission::manage_self, &set_settings, "Change my settings",
      {.description =
           "Omitted fields keep their values. With `confirm` at `each` nothing goes out unless I have confirmed it."});
  routes.add(verb::get, "/automation/avoid-phrases", permission::read_account, &list_phrases,
             "The phrases that my company avoids");
  routes.add(verb::post, "/automation/avoid-phrases", permission::operate, &add_phrase, "Add a phrase to avoid",
             {.success = 201, .idempotent = true, .problems = {409}, .description = "Owners and admins."});
  routes.add(verb::delete_, "/automation/avoid-phrases/{id}", permission::operate, &remove_phrase,
             "Remove a phrase to avoid", {.success = 204, .problems = {404}, .description = "Owners and admins."});
  routes.add(verb::post, "/automation/generate-comment", permission::write_posts, &preview,
             "Preview a comment in my voice",
             {.problems = {404, 409, 503},
              .description = "One model writes it from the post, my profile and my tone; a second one reviews it and "
                             "may correct or refuse it. Nothing is stored or sent. `no_comment` means that no text "
                             "could be used.",
              .costly = true,
              .audit = audit_rule::quiet});
}

}  // namespace pulse::http::routes

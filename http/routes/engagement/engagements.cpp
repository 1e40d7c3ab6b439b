#include "http/routes/engagement/engagements.hpp"

#include "domain/calendar/time_zone.hpp"
#include "domain/engagement/explanation.hpp"
#include "domain/events/sentences.hpp"
#include "http/api/pagination.hpp"
#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/engagement/member_word.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/engagement/engagements.hpp"
#include "persistence/engagement/ways.hpp"
#include "persistence/events/events.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace rows = persistence::engagements;
using domain::engagement_kind;
using domain::engagement_state;
using domain::permission;
using persistence::transaction;
using rows::shown_engagement;
using server::verb;

enum class engagement_scope { mine, team };
BOOST_DESCRIBE_ENUM(engagement_scope, mine, team)

struct list_query : page_request {
  std::optional<engagement_scope> scope;  // default: mine
  std::vector<engagement_state> state;
  std::optional<base::uuid> page_id;
  std::optional<base::uuid> post_id;
};
BOOST_DESCRIBE_STRUCT(list_query, (page_request), (scope, state, page_id, post_id))

struct explain_query {
  std::optional<base::text<1, 64>> time_zone;  // of the times that are told: an IANA name; default: the acting member's
};
BOOST_DESCRIBE_STRUCT(explain_query, (), (time_zone))

using comment_text = base::text<1, rows::most_text>;

struct confirm_request {
  std::optional<comment_text> text;  // of a comment: its text, where it has none yet or is to be changed
};
BOOST_DESCRIBE_STRUCT(confirm_request, (), (text))

struct edit_request {
  std::optional<comment_text> text;
  std::optional<domain::reaction_kind> reaction;
};
BOOST_DESCRIBE_STRUCT(edit_request, (), (text, reaction))

struct skip_request {
  std::optional<base::text<1, 300>> reason;
};
BOOST_DESCRIBE_STRUCT(skip_request, (), (reason))

struct engagement_told {
  base::timestamp at;
  std::string kind;
  std::string sentence;
};
BOOST_DESCRIBE_STRUCT(engagement_told, (), (at, kind, sentence))

struct engagement_explanation {
  base::uuid engagement_id;
  engagement_state state = engagement_state::waiting_confirmation;
  std::string summary;  // the present state, and the next step
  std::vector<engagement_told> steps;
};
BOOST_DESCRIBE_STRUCT(engagement_explanation, (), (engagement_id, state, summary, steps))

/// Managers see planned acts of their people without the texts. Members see each other's acts once they are under way.
bool sees_plans(domain::role who) {
  switch (who) {
    case domain::role::owner:
    case domain::role::admin:
    case domain::role::team_leader: return true;
    case domain::role::member:
    case domain::role::analyst: return false;
  }
  return false;
}

rows::viewer viewer_of(const request_context& context) {
  return {context.principal.member_id, sees_plans(context.principal.role)};
}

net::awaitable<reply<page<shown_engagement>>> list_engagements(request_context& context, in_query<list_query> query) {
  const rows::narrowing by{.is_own = query->scope.value_or(engagement_scope::mine) == engagement_scope::mine,
                           .states = query->state,
                           .page_id = query->page_id,
                           .post_id = query->post_id};
  auto found = co_await read_all(context, rows::list(viewer_of(context), by, bounds_of(query.value)));
  if (!found) co_return found.error();
  const auto key = [](const shown_engagement& row) { return page_key{row.planned_at, row.id}; };
  co_return reply_page(context, make_page(std::move(*found), query.value, key));
}

net::awaitable<reply<shown_engagement>> show_engagement(request_context& context, in_path<by_id> path) {
  auto found = co_await read_one(context, rows::find(viewer_of(context), path->id), "engagement");
  co_return std::move(found);
}

// --- a member's own word ---------------------------------------------------------------------------------------------

speaker speaker_of(const request_context& context) {
  return {context.principal.tenant_id, context.principal.member_id, sees_plans(context.principal.role),
          context.request.id, context.services.clock.now()};
}

net::awaitable<reply<shown_engagement>> confirm(request_context& context, in_path<by_id> path,
                                                in_body<std::optional<confirm_request>> body) {
  std::optional<std::string> text;
  if (body.value) text = plain(body.value->text);
  auto job = [by = speaker_of(context), id = path->id, text](transaction& tx) {
    return confirm_within(tx, by, id, text);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return same_words_or(done.error());
  if (context.services.engagement_waits) context.services.engagement_waits();
  co_return std::move(*done);
}

net::awaitable<reply<shown_engagement>> edit(request_context& context, in_path<by_id> path,
                                             in_body<edit_request> body) {
  if (body->text && is_blank(body->text->value)) co_return problems::invalid_field("/text", "must not be blank");
  auto job = [by = speaker_of(context), id = path->id, text = plain(body->text),
              reaction = body->reaction](transaction& tx) -> result<shown_engagement> {
    const auto found = lock_own(tx, by, id);
    if (!found) return found.error();
    if (!domain::is_open_to_member(found->state)) return too_late();
    if (found->kind == engagement_kind::like && text) return problems::invalid_field("/text", "is not for a like");
    if (found->kind == engagement_kind::comment && reaction)
      return problems::invalid_field("/reaction", "is not for a comment");
    rows::edit(tx, id, text, reaction, by.now);
    return read_back(tx, by, id);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return same_words_or(done.error());
  co_return std::move(*done);
}

net::awaitable<reply<shown_engagement>> skip(request_context& context, in_path<by_id> path,
                                             in_body<std::optional<skip_request>> body) {
  if (body.value && body.value->reason && is_blank(body.value->reason->value))
    co_return problems::invalid_field("/reason", "must not be blank");
  std::string reason = "its member said no";
  if (body.value && body.value->reason) reason = body.value->reason->value;
  auto job = [by = speaker_of(context), id = path->id, reason](transaction& tx) {
    return skip_within(tx, by, id, reason);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  co_return std::move(*done);
}

// --- explain ---------------------------------------------------------------------------------------------------------

domain::engagement_circumstances to_circumstances(const shown_engagement& about, const rows::told& told) {
  return {.kind = about.kind,
          .state = about.state,
          .page_name = about.page_name,
          .source = told.source,
          .published_at = told.published_at,
          .found_at = told.found_at,
          .planned_at = about.planned_at,
          .not_before = about.not_before,
          .expires_at = about.expires_at,
          .is_automatic = about.is_automatic,
          .is_confirmed = about.confirmed_at.has_value(),
          .needs_decision = about.needs_decision,
          .hold = about.hold,
          .reason = about.reason,
          .way = about.way,
          .next_way = {},
          .gap_seconds = told.gap_seconds,
          .spread_seconds = told.spread_seconds,
          .hours = {.time_zone = told.time_zone, .from_minute = told.from_minute, .to_minute = told.to_minute}};
}

net::awaitable<reply<engagement_explanation>> explain(request_context& context, in_path<by_id> path,
                                                      in_query<explain_query> query) {
  const auto reader_zone = query->time_zone ? query->time_zone->value : std::string{};
  if (query->time_zone && !domain::is_time_zone(reader_zone))
    co_return problems::invalid_fields(
        {{.parameter = "time_zone", .detail = "must be an IANA time zone such as Europe/Amsterdam"}});
  auto job = [&context, reader_zone, id = path->id](transaction& tx) -> result<engagement_explanation> {
    const auto found = rows::find(viewer_of(context), id).first(tx);
    if (!found) return problems::not_found("engagement");
    const auto told = rows::find_told(id).first(tx);
    if (!told) return problems::not_found("engagement");
    auto circumstances = to_circumstances(*found, *told);
    circumstances.reader_zone = reader_zone;
    if (found->is_mine)
      circumstances.next_way =
          domain::choose_way(persistence::ways::find(tx, found->member_id, context.services.clock.now()));
    engagement_explanation made{
        .engagement_id = id, .state = found->state, .summary = domain::summary_of(circumstances), .steps = {}};
    made.steps.push_back({told->found_at, "found", domain::how_found(circumstances)});
    made.steps.push_back({told->found_at, "planned", domain::how_planned(circumstances)});
    const domain::time_formatter clock{reader_zone.empty() ? told->time_zone : reader_zone};
    for (const auto& each : rows::list_events(id).all(tx))
      made.steps.push_back({each.created_at, each.type, domain::sentence_of(each.type, "", each.metadata_json, clock)});
    return made;
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  co_return std::move(*done);
}

}  // namespace

void add_engagements(route_table& table) {
  table.add(verb::get, "/engagements", permission::read_engagement, &list_engagements,
            "List likes and comments, mine or the company's",
            {.description = "The texts of others are shown once published. Members see each other's acts once they are "
                            "under way. Owners, admins and team leaders also see planned ones."});
  table.add(verb::get, "/engagements/{id}", permission::read_engagement, &show_engagement, "Show a like or comment",
            {.problems = {404}});
  table.add(verb::get, "/engagements/{id}/explain", permission::read_engagement, &explain,
            "Explain the state of a like or comment, and its next step", {.problems = {404}});
  table.add(verb::post, "/engagements/{id}/confirm", permission::engage, &confirm, "Confirm a like or comment of mine",
            {.problems = {403, 404, 409},
             .description = "It goes out at its time. A comment without a text needs `text`. When its outcome is "
                            "unknown and I saw that it is missing, it goes out again."});
  table.add(verb::post, "/engagements/{id}/edit", permission::engage, &edit,
            "Change the words or the reaction of a like or comment of mine", {.problems = {403, 404, 409}});
  table.add(verb::post, "/engagements/{id}/skip", permission::engage, &skip, "Do not like or comment here",
            {.problems = {403, 404, 409}});
}

}  // namespace pulse::http::routes

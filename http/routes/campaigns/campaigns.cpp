#include "http/routes/campaigns/campaigns.hpp"

#include <fmt/core.h>

#include "domain/campaigns/campaign.hpp"
#include "http/api/idempotency.hpp"
#include "http/api/pagination.hpp"
#include "http/api/precondition.hpp"
#include "http/routes/campaigns/fields.hpp"
#include "http/routes/publishing/project_lists.hpp"
#include "http/routes/publishing/shown.hpp"
#include "persistence/campaigns/campaigns.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace campaigns = persistence::campaigns;
using campaigns::campaign;
using domain::campaigns::campaign_command;
using domain::campaigns::campaign_state;
using persistence::transaction;

using campaign_name = base::text<1, 120>;
using campaign_goal = base::text<0, 2000>;
using utm_text = base::text<0, domain::campaigns::most_utm_bytes>;

struct utm_request {
  std::optional<utm_text> source;
  std::optional<utm_text> medium;
  std::optional<utm_text> campaign;
  std::optional<utm_text> term;
  std::optional<utm_text> content;
};
BOOST_DESCRIBE_STRUCT(utm_request, (), (source, medium, campaign, term, content))

struct create_campaign_request {
  base::uuid project_id;
  campaign_name name;
  std::optional<campaign_goal> goal;
  std::optional<calendar_day_text> first_day;
  std::optional<calendar_day_text> last_day;
  std::optional<std::vector<base::uuid>> channel_ids;  // default: all active channels of the project
  std::optional<std::vector<campaign_label>> labels;
  std::optional<utm_request> utm;  // put on the links of what is published
};
BOOST_DESCRIBE_STRUCT(create_campaign_request, (),
                      (project_id, name, goal, first_day, last_day, channel_ids, labels, utm))

struct update_campaign_request {
  std::optional<campaign_name> name;
  std::optional<campaign_goal> goal;
  base::nullable<calendar_day_text> first_day;  // null: none
  base::nullable<calendar_day_text> last_day;
  std::optional<std::vector<base::uuid>> channel_ids;  // empty: all active channels of the project
  std::optional<std::vector<campaign_label>> labels;
  std::optional<utm_request> utm;  // a full replacement: fields that are left out become empty
};
BOOST_DESCRIBE_STRUCT(update_campaign_request, (), (name, goal, first_day, last_day, channel_ids, labels, utm))

struct list_campaigns_query : page_request {
  std::optional<base::uuid> project_id;
  std::optional<campaign_state> status;
};
BOOST_DESCRIBE_STRUCT(list_campaigns_query, (page_request), (project_id, status))

struct campaign_summary {
  base::uuid campaign_id;
  campaign_state state = campaign_state::draft;
  campaigns::campaign_counts counts;
  std::vector<campaigns::coming_post> coming_posts;         // at most 10
  std::vector<campaigns::coming_campaign_run> coming_runs;  // the next of each rule, at most 10
};
BOOST_DESCRIBE_STRUCT(campaign_summary, (), (campaign_id, state, counts, coming_posts, coming_runs))

domain::campaigns::utm_fields to_utm(const utm_request& from) {
  return {.source = text_or(from.source, ""),
          .medium = text_or(from.medium, ""),
          .campaign = text_or(from.campaign, ""),
          .term = text_or(from.term, ""),
          .content = text_or(from.content, "")};
}

void check_day(const std::optional<calendar_day_text>& day, std::string_view pointer,
               std::vector<field_error>& errors) {
  if (day && !is_day(day->value)) errors.push_back(at_field(std::string{pointer}, "must be a day, as 2026-12-24"));
}

/// Checks the two days against each other; both are days of the calendar.
std::vector<field_error> check_span(const std::optional<std::string>& first, const std::optional<std::string>& last) {
  if (!first || !last || *first <= *last) return {};
  return {at_field("/last_day", "must not be before first_day")};
}

problem name_taken_or(problem why) {
  if (why.constraint != campaigns::name_once) return why;
  return problems::conflict("name_taken", "Another campaign of this project has that name. Choose another name.");
}

/// A campaign that can no longer change.
problem is_completed() {
  return problems::conflict("campaign_is_completed", "The campaign is completed and can no longer change.");
}

// --- writing ---------------------------------------------------------------------------------------------------------

asio::awaitable<reply<campaign>> create_campaign(request_context& context, in_body<create_campaign_request> body) {
  const auto& wanted = body.value;
  auto errors = check_labels(wanted.labels);
  if (is_blank(wanted.name.value)) errors.push_back(at_field("/name", "must not be blank"));
  check_shown(wanted.goal, "/goal", errors);
  check_day(wanted.first_day, "/first_day", errors);
  check_day(wanted.last_day, "/last_day", errors);
  if (errors.empty()) errors = check_span(plain(wanted.first_day), plain(wanted.last_day));
  if (!errors.empty()) co_return problems::invalid_fields(std::move(errors));
  const auto now = context.services.clock.now();
  campaign made{.id = base::new_uuid(now),
                .project_id = wanted.project_id,
                .name = wanted.name.value,
                .goal = text_or(wanted.goal, ""),
                .first_day = plain(wanted.first_day),
                .last_day = plain(wanted.last_day),
                .channel_ids = wanted.channel_ids.value_or(std::vector<base::uuid>{}),
                .labels = to_labels(wanted.labels.value_or(std::vector<campaign_label>{})),
                .utm = to_utm(wanted.utm.value_or(utm_request{})),
                .created_by = context.principal.member_id,
                .created_at = now,
                .updated_at = now};
  auto job = [made](transaction& tx) -> reply<campaign> {
    if (!persistence::projects::exists(tx, made.project_id)) {
      return no_such_project(at_field("/project_id", "is no project here"));
    }
    if (auto wrong = check_channels(tx, made.project_id, made.channel_ids); !wrong.empty()) {
      return problems::invalid_fields(std::move(wrong));
    }
    campaigns::insert(tx, made);
    auto stored = campaigns::find(made.id).first(tx).value();
    auto etag = etag_of(stored);
    return reply<campaign>{std::move(stored)}
        .with("location", "/campaigns/" + base::to_string(made.id))
        .with("etag", std::move(etag));
  };
  auto answer = co_await create_once(context, std::move(job));
  if (const auto* why = answer.why()) co_return name_taken_or(*why);
  co_return answer;
}

campaigns::changes to_changes(const update_campaign_request& from) {
  campaigns::changes made{.name = plain(from.name), .goal = plain(from.goal), .channel_ids = from.channel_ids};
  made.first_day = {from.first_day.is_given, plain(from.first_day.value)};
  made.last_day = {from.last_day.is_given, plain(from.last_day.value)};
  if (from.labels) made.labels = to_labels(*from.labels);
  if (from.utm) made.utm = to_utm(*from.utm);
  return made;
}

result<campaign> change(transaction& tx, const base::uuid& id, const campaigns::changes& wanted,
                        const std::optional<std::string>& version, base::timestamp now) {
  const auto before = campaigns::lock(tx, id);
  if (!before) return problems::not_found("campaign");
  if (auto other = check_version(version, *before, "campaign")) return std::move(*other);
  auto errors = check_span(wanted.first_day.is_given ? wanted.first_day.value : before->first_day,
                           wanted.last_day.is_given ? wanted.last_day.value : before->last_day);
  if (wanted.channel_ids && *wanted.channel_ids != before->channel_ids) {
    for (auto& each : check_channels(tx, before->project_id, *wanted.channel_ids)) errors.push_back(std::move(each));
  }
  if (!errors.empty()) return problems::invalid_fields(std::move(errors));
  if (!campaigns::update(tx, id, wanted, now)) return is_completed();
  return campaigns::find(id).first(tx).value();
}

asio::awaitable<reply<campaign>> update_campaign(request_context& context, in_path<by_id> path,
                                                 in_body<update_campaign_request> body) {
  auto errors = check_labels(body->labels);
  check_shown(body->name, "/name", errors);
  check_shown(body->goal, "/goal", errors);
  check_day(body->first_day.value, "/first_day", errors);
  check_day(body->last_day.value, "/last_day", errors);
  if (!errors.empty()) co_return problems::invalid_fields(std::move(errors));
  auto job = [id = path->id, wanted = to_changes(body.value), version = wanted_version(context),
              now = context.services.clock.now()](transaction& tx) { return change(tx, id, wanted, version, now); };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return name_taken_or(done.error());
  auto etag = etag_of(*done);
  co_return reply<campaign>{std::move(*done)}.with("etag", std::move(etag));
}

/// 409: why the command is not possible in this state.
problem cannot(campaign_state state, campaign_command what) {
  if (state == campaign_state::completed) return is_completed();
  return problems::conflict(
      "campaign_is_" + std::string{base::to_name(state)},
      fmt::format("The campaign is {} and cannot be given the command {}. Activate it first.",
                  state == campaign_state::draft ? "a draft" : "not active", base::to_name(what)));
}

asio::awaitable<reply<campaign>> give_command(request_context& context, base::uuid id, campaign_command what) {
  auto job = [id, what, member_id = context.principal.member_id,
              now = context.services.clock.now()](transaction& tx) -> result<campaign> {
    const bool is_given = campaigns::give(tx, id, what, member_id, now);
    auto found = campaigns::find(id).first(tx);
    if (!found) return problems::not_found("campaign");
    if (!is_given && state_after(found->state, what) != found->state) return cannot(found->state, what);
    return std::move(*found);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  auto etag = etag_of(*done);
  co_return reply<campaign>{std::move(*done)}.with("etag", std::move(etag));
}

asio::awaitable<reply<campaign>> activate_campaign(request_context& context, in_path<by_id> path) {
  auto answer = co_await give_command(context, path->id, campaign_command::activate);
  co_return answer;
}

asio::awaitable<reply<campaign>> pause_campaign(request_context& context, in_path<by_id> path) {
  auto answer = co_await give_command(context, path->id, campaign_command::pause);
  co_return answer;
}

asio::awaitable<reply<campaign>> complete_campaign(request_context& context, in_path<by_id> path) {
  auto answer = co_await give_command(context, path->id, campaign_command::complete);
  co_return answer;
}

asio::awaitable<reply<nothing>> delete_campaign(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, now = context.services.clock.now()](transaction& tx) -> result<nothing> {
    if (campaigns::remove(tx, id, now)) return nothing{};
    const auto use = campaigns::find_use(tx, id);
    if (!use) return problems::not_found("campaign");
    if (use->is_active) {
      return problems::conflict("campaign_is_active", "The campaign is active. Pause or complete it, then delete it.");
    }
    return problems::conflict(
        "campaign_has_scheduled_content",
        std::to_string(use->scheduled) + " of its posts have not gone out yet. Cancel them or wait, then delete it.");
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return nothing{};
}

// --- reading ---------------------------------------------------------------------------------------------------------

asio::awaitable<reply<page<campaign>>> list_campaigns(request_context& context, in_query<list_campaigns_query> query) {
  auto found = co_await read_all_in(context, query->project_id,
                                    campaigns::list(query->project_id, query->status, bounds_of(query.value)));
  if (!found) co_return found.error();
  co_return reply_page(context, make_page(std::move(*found), query.value, key_of_created<campaign>));
}

asio::awaitable<reply<campaign>> get_campaign(request_context& context, in_path<by_id> path) {
  auto found = co_await read_one(context, campaigns::find(path->id), "campaign");
  if (!found) co_return found.error();
  auto etag = etag_of(*found);
  co_return reply<campaign>{std::move(*found)}.with("etag", std::move(etag));
}

asio::awaitable<reply<campaign_summary>> get_summary(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, now = context.services.clock.now()](transaction& tx) -> result<campaign_summary> {
    const auto found = campaigns::find(id).first(tx);
    if (!found) return problems::not_found("campaign");
    return campaign_summary{.campaign_id = id,
                            .state = found->state,
                            .counts = campaigns::count(tx, id),
                            .coming_posts = campaigns::list_coming(tx, id, now),
                            .coming_runs = campaigns::list_coming_runs(tx, id)};
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return std::move(*done);
}

}  // namespace

void add_campaigns(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::post, "/campaigns", permission::manage_campaigns, &create_campaign, "Make a campaign",
      {.success = 201,
       .idempotent = true,
       .problems = {404, 409},
       .description = "A draft. Days are those of the project's zone, both included. The `utm` fields are added to "
                      "the links of its posts; a link that has such a field keeps its own value."});
  routes.add(verb::get, "/campaigns", permission::read_campaigns, &list_campaigns, "List the campaigns, newest first",
             {.problems = {404}});
  routes.add(verb::get, "/campaigns/{id}", permission::read_campaigns, &get_campaign, "Read a campaign",
             {.problems = {404}});
  routes.add(
      verb::patch, "/campaigns/{id}", permission::manage_campaigns, &update_campaign, "Change a campaign",
      {.conditional = true,
       .problems = {404, 409},
       .description = "Omitted fields keep their values. If-Match refuses a change of an outdated version. A completed "
                      "campaign can no longer change."});
  routes.add(verb::delete_, "/campaigns/{id}", permission::manage_campaigns, &delete_campaign, "Delete a campaign",
             {.success = 204,
              .problems = {404, 409},
              .description = "Its content stays. 409 while it is active, or while posts of it have not gone out yet."});
  routes.add(verb::post, "/campaigns/{id}/activate", permission::manage_campaigns, &activate_campaign,
             "Start or resume a campaign", {.problems = {404, 409}, .description = "Its rules run from now on."});
  routes.add(verb::post, "/campaigns/{id}/pause", permission::manage_campaigns, &pause_campaign, "Pause a campaign",
             {.problems = {404, 409},
              .description = "After the answer none of its rules starts a run. Scheduled posts stay scheduled."});
  routes.add(verb::post, "/campaigns/{id}/complete", permission::manage_campaigns, &complete_campaign,
             "Complete a campaign",
             {.problems = {404, 409}, .description = "For good: its rules stop, and it can no longer change."});
  routes.add(verb::get, "/campaigns/{id}/summary", permission::read_campaigns, &get_summary,
             "How a campaign's content and posts stand", {.problems = {404}});
}

}  // namespace pulse::http::routes

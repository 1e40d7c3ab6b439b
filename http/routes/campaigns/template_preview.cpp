#include "http/routes/campaigns/template_preview.hpp"

#include <set>

#include "domain/campaigns/filled_template.hpp"
#include "domain/platforms/content_check.hpp"
#include "domain/platforms/text_length.hpp"
#include "domain/publishing/post.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/campaigns/template_input.hpp"
#include "persistence/campaigns/campaigns.hpp"
#include "persistence/publishing/channels.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace templates = persistence::templates;
using persistence::transaction;

/// The given fields replace the template's own, so that an editor can preview unsaved changes.
struct preview_template_request : template_words_request {
  std::optional<given_values> values;
  std::optional<base::uuid> campaign_id;
  std::optional<std::vector<domain::channel_type>> platforms;  // default: those of the project's active channels
};
BOOST_DESCRIBE_STRUCT(preview_template_request, (template_words_request), (values, campaign_id, platforms))

struct preview_words_request : preview_template_request {
  base::uuid project_id;
};
BOOST_DESCRIBE_STRUCT(preview_words_request, (preview_template_request), (project_id))

struct platform_preview {
  domain::channel_type platform = domain::channel_type::website;
  std::string name;
  std::string text;
  int length = 0;  // as the platform counts
  int limit = 0;
  bool has_own_text = false;
  std::optional<std::string> problem;  // why the platform would refuse it, as the end of a sentence
};
BOOST_DESCRIBE_STRUCT(platform_preview, (), (platform, name, text, length, limit, has_own_text, problem))

struct template_preview {
  std::string title;
  std::string text;
  std::vector<platform_preview> platforms;
  std::vector<std::string> missing;  // variables that are used and have no value
  bool is_good = true;               // every platform accepts its text
};
BOOST_DESCRIBE_STRUCT(template_preview, (), (title, text, platforms, missing, is_good))

platform_preview preview_for(domain::channel_type type, const domain::campaigns::filled_template& filled) {
  platform_preview made;
  made.platform = type;
  made.name = std::string{domain::display_name(type)};
  const auto own = filled.variants.find(std::string{base::to_name(type)});
  made.has_own_text = own != filled.variants.end();
  made.text = made.has_own_text ? own->second : filled.text;
  made.length = domain::text_length(type, made.text);
  made.limit = domain::capabilities_of(type).max_length;
  made.problem = domain::text_problem_for(type, made.text);
  if (!made.problem) made.problem = domain::title_problem_for(type, filled.title);
  return made;
}

std::set<domain::channel_type> platforms_of(transaction& tx, const base::uuid& project_id,
                                            const preview_template_request& request) {
  if (request.platforms) return {request.platforms->begin(), request.platforms->end()};
  std::set<domain::channel_type> made;
  for (const auto& each : persistence::channels::lock_targets(tx, project_id)) {
    if (each.is_active) made.insert(each.type);
  }
  return made;
}

result<template_preview> preview(transaction& tx, const base::uuid& project_id, const templates::words& words,
                                 const preview_template_request& request, base::timestamp now) {
  if (auto errors = check(words, request); !errors.empty()) return problems::invalid_fields(std::move(errors));
  const auto project = persistence::projects::find(project_id).first(tx);
  if (!project) return no_such_project(at_field("/project_id", "is no project here"));
  domain::campaigns::template_surroundings around{
      .now = now, .time_zone = project->time_zone, .project_name = project->name};
  if (request.campaign_id) {
    const auto campaign = persistence::campaigns::find(*request.campaign_id).first(tx);
    if (!campaign || campaign->project_id != project_id) {
      return problems::invalid_field("/campaign_id", "is no campaign of this project");
    }
    around.campaign_name = campaign->name;
    around.campaign_goal = campaign->goal;
  }
  domain::campaigns::template_values values;
  for (const auto& [name, value] : request.values.value_or(given_values{})) values[name] = value.value;
  auto filled = domain::campaigns::fill_in({words.title, words.text, words.variants, words.variables}, values, around);
  if (!filled) return problems::invalid_field(filled.error().pointer, filled.error().problem);
  template_preview made{.title = filled->title, .text = filled->text, .platforms = {}, .missing = filled->missing};
  for (const auto type : platforms_of(tx, project_id, request)) {
    made.platforms.push_back(preview_for(type, *filled));
    made.is_good = made.is_good && !made.platforms.back().problem;
  }
  return made;
}

std::vector<field_error> check_asked(const preview_template_request& request) {
  auto errors = check_values(request.values);
  if (request.platforms && request.platforms->size() > domain::most_post_channels) {
    errors.push_back(at_field("/platforms", "must name at most " + std::to_string(domain::most_post_channels)));
  }
  return errors;
}

asio::awaitable<reply<template_preview>> preview_template(request_context& context, in_path<by_id> path,
                                                          in_body<preview_template_request> body) {
  if (auto errors = check_asked(body.value); !errors.empty()) co_return problems::invalid_fields(std::move(errors));
  auto job = [id = path->id, request = body.value,
              now = context.services.clock.now()](transaction& tx) -> result<template_preview> {
    const auto found = templates::find(id).first(tx);
    if (!found) return problems::not_found("template");
    return preview(tx, found->project_id, with_changes(words_of(*found), request), request, now);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return std::move(*done);
}

asio::awaitable<reply<template_preview>> preview_words(request_context& context, in_body<preview_words_request> body) {
  if (auto errors = check_asked(body.value); !errors.empty()) co_return problems::invalid_fields(std::move(errors));
  auto job = [request = body.value, now = context.services.clock.now()](transaction& tx) {
    return preview(tx, request.project_id, with_changes({}, request), request, now);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return std::move(*done);
}

}  // namespace

void add_template_preview(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(verb::post, "/templates/{id}/preview", permission::read_campaigns, &preview_template,
             "Preview a template, by platform",
             {.problems = {404},
              .description = "Stores nothing. Given words replace the template's, and `values` replace its "
                             "defaults. `length` is in each platform's own count."});
  routes.add(verb::post, "/templates/preview", permission::read_campaigns, &preview_words,
             "Preview a template that is not saved yet, by platform", {.problems = {404}});
}

}  // namespace pulse::http::routes

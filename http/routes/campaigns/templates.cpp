#include "http/routes/campaigns/templates.hpp"

#include "http/api/idempotency.hpp"
#include "http/api/pagination.hpp"
#include "http/api/precondition.hpp"
#include "http/routes/campaigns/template_input.hpp"
#include "http/routes/campaigns/template_preview.hpp"
#include "http/routes/publishing/project_lists.hpp"
#include "persistence/campaigns/templates.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace templates = persistence::templates;
using persistence::transaction;
using templates::content_template;

struct create_template_request : template_words_request {
  base::uuid project_id;
  template_name name;
};
BOOST_DESCRIBE_STRUCT(create_template_request, (template_words_request), (project_id, name))

struct update_template_request : template_words_request {
  std::optional<template_name> name;
};
BOOST_DESCRIBE_STRUCT(update_template_request, (template_words_request), (name))

struct list_templates_query : page_request {
  std::optional<base::uuid> project_id;
};
BOOST_DESCRIBE_STRUCT(list_templates_query, (page_request), (project_id))

struct get_template_query {
  std::optional<base::bounded_int<1, 1'000'000>> version;  // default: the latest
};
BOOST_DESCRIBE_STRUCT(get_template_query, (), (version))

struct template_versions {
  std::vector<templates::template_version> items;  // latest first, at most 200
};
BOOST_DESCRIBE_STRUCT(template_versions, (), (items))

problem name_taken_or(problem why) {
  if (why.constraint != templates::name_once) return why;
  return problems::conflict("name_taken", "Another template of this project has that name. Choose another name.");
}

reply<content_template> tagged(content_template from) {
  auto etag = etag_of(from);
  return reply<content_template>{std::move(from)}.with("etag", std::move(etag));
}

asio::awaitable<reply<content_template>> create_template(request_context& context,
                                                         in_body<create_template_request> body) {
  const auto now = context.services.clock.now();
  templates::draft made{.id = base::new_uuid(now),
                        .project_id = body->project_id,
                        .name = body->name.value,
                        .first = with_changes({}, body.value),
                        .created_by = context.principal.member_id};
  auto errors = check(made.first, body.value);
  if (is_blank(made.name)) errors.push_back(at_field("/name", "must not be blank"));
  if (!errors.empty()) co_return problems::invalid_fields(std::move(errors));
  auto job = [made, now](transaction& tx) -> reply<content_template> {
    if (!persistence::projects::exists(tx, made.project_id)) {
      return no_such_project(at_field("/project_id", "is no project here"));
    }
    templates::insert(tx, made, now);
    return tagged(templates::find(made.id).first(tx).value())
        .with("location", "/templates/" + base::to_string(made.id));
  };
  auto answer = co_await create_once(context, std::move(job));
  if (const auto* why = answer.why()) co_return name_taken_or(*why);
  co_return answer;
}

result<content_template> change(transaction& tx, const base::uuid& id, const update_template_request& request,
                                const std::optional<std::string>& version, const base::uuid& member_id,
                                base::timestamp now) {
  const auto before = templates::lock(tx, id);
  if (!before) return problems::not_found("template");
  if (auto other = check_version(version, *before, "template")) return std::move(*other);
  std::optional<templates::words> next;
  if (is_any(request)) {
    next = with_changes(words_of(*before), request);
    if (auto errors = check(*next, request); !errors.empty()) return problems::invalid_fields(std::move(errors));
    // The same words make no new version.
    if (base::json::to_json(*next) == base::json::to_json(words_of(*before))) next.reset();
  }
  if (next || request.name) templates::update(tx, id, plain(request.name), next, member_id, now);
  return templates::find(id).first(tx).value();
}

asio::awaitable<reply<content_template>> update_template(request_context& context, in_path<by_id> path,
                                                         in_body<update_template_request> body) {
  if (body->name && is_blank(body->name->value)) co_return problems::invalid_field("/name", "must not be blank");
  auto job = [id = path->id, request = body.value, version = wanted_version(context),
              member_id = context.principal.member_id, now = context.services.clock.now()](transaction& tx) {
    return change(tx, id, request, version, member_id, now);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return name_taken_or(done.error());
  co_return tagged(std::move(*done));
}

asio::awaitable<reply<nothing>> delete_template(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, member_id = context.principal.member_id, now = context.services.clock.now()](
                 transaction& tx) { return templates::remove(tx, id, member_id, now); };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  if (!*done) co_return problems::not_found("template");
  co_return nothing{};
}

asio::awaitable<reply<page<content_template>>> list_templates(request_context& context,
                                                              in_query<list_templates_query> query) {
  auto found =
      co_await read_all_in(context, query->project_id, templates::list(query->project_id, bounds_of(query.value)));
  if (!found) co_return found.error();
  co_return reply_page(context, make_page(std::move(*found), query.value, key_of_created<content_template>));
}

asio::awaitable<reply<content_template>> get_template(request_context& context, in_path<by_id> path,
                                                      in_query<get_template_query> query) {
  std::optional<std::int64_t> version;
  if (query->version) version = query->version->value;
  auto found = co_await read_one(context, templates::find(path->id, version), "template");
  if (!found) co_return found.error();
  co_return tagged(std::move(*found));
}

asio::awaitable<reply<template_versions>> list_versions(request_context& context, in_path<by_id> path) {
  auto found = co_await read_all(context, templates::list_versions(path->id));
  if (!found) co_return found.error();
  if (found->empty()) co_return problems::not_found("template");
  co_return template_versions{std::move(*found)};
}

}  // namespace

void add_templates(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::post, "/templates", permission::manage_campaigns, &create_template, "Make a template",
      {.success = 201,
       .idempotent = true,
       .problems = {404, 409},
       .description =
           "`{{ name }}` stands for a variable, with the filters `default`, `upper`, `lower`, `date` and "
           "`truncate`: `{{ now | date: \"%d %B\" }}`. Variables are declared in `variables`; Pulse itself fills in "
           "`now`, `project.name`, `campaign.name`, `campaign.goal`, `event.title`, `event.url`, `feed.title`, "
           "`feed.url` and `feed.summary`."});
  routes.add(verb::get, "/templates", permission::read_campaigns, &list_templates, "List the templates, newest first",
             {.problems = {404}});
  routes.add(verb::get, "/templates/{id}", permission::read_campaigns, &get_template, "Read a template",
             {.problems = {404}, .description = "The latest version, or the one that `version` names."});
  routes.add(verb::get, "/templates/{id}/versions", permission::read_campaigns, &list_versions,
             "The versions of a template, latest first", {.problems = {404}});
  routes.add(verb::patch, "/templates/{id}", permission::manage_campaigns, &update_template, "Change a template",
             {.conditional = true,
              .problems = {404, 409},
              .description = "Omitted fields keep their values. Other words make a new version; content made from "
                             "earlier versions keeps them. If-Match refuses a change of an outdated version."});
  routes.add(verb::delete_, "/templates/{id}", permission::manage_campaigns, &delete_template, "Delete a template",
             {.success = 204, .problems = {404}, .description = "Content made from it stays."});
  add_template_preview(routes);
}

}  // namespace pulse::http::routes

#include "http/routes/publishing/projects.hpp"
#include "domain/platforms/markdown.hpp"

#include "domain/calendar/time_zone.hpp"
#include "http/api/idempotency.hpp"
#include "http/api/pagination.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace projects = persistence::projects;
using projects::project;

constexpr std::string_view default_time_zone = "UTC";

using project_name = base::text<1, 120>;
using project_description = base::text<0, 2000>;
using time_zone_name = base::text<1, 64>;

struct create_project_request {
  project_name name;
  std::optional<project_description> description;
  std::optional<time_zone_name> time_zone;   // an IANA name; default: UTC
  std::optional<lateness_request> lateness;  // default: `send`
};
BOOST_DESCRIBE_STRUCT(create_project_request, (), (name, description, time_zone, lateness))

struct update_project_request {
  std::optional<project_name> name;
  std::optional<project_description> description;
  std::optional<time_zone_name> time_zone;
  std::optional<lateness_request> lateness;
};
BOOST_DESCRIBE_STRUCT(update_project_request, (), (name, description, time_zone, lateness))

std::optional<problem> check(const std::optional<project_name>& name,
                             const std::optional<project_description>& description,
                             const std::optional<time_zone_name>& time_zone) {
  std::vector<field_error> errors;
  if (description && !description->value.empty() && domain::is_blank_markdown(description->value))
    errors.push_back(at_field("/description", "must be empty or show something when its Markdown is rendered"));
  if (name && is_blank(name->value)) errors.push_back(at_field("/name", "must not be blank"));
  if (time_zone && !domain::is_time_zone(time_zone->value)) {
    errors.push_back(at_field("/time_zone", "must be an IANA time zone, such as Europe/Amsterdam"));
  }
  if (errors.empty()) return std::nullopt;
  return problems::invalid_fields(std::move(errors));
}

problem name_taken_or(problem why) {
  if (why.constraint != projects::name_once) return why;
  return problems::conflict("name_taken", "Another project of this company has that name. Choose another name.");
}

asio::awaitable<reply<project>> create_project(request_context& context, in_body<create_project_request> body) {
  const auto& wanted = body.value;
  if (auto wrong = check(wanted.name, wanted.description, wanted.time_zone)) co_return std::move(*wrong);
  const auto now = context.services.clock.now();
  const project made{.id = base::new_uuid(now),
                     .name = wanted.name.value,
                     .description = text_or(wanted.description, ""),
                     .time_zone = text_or(wanted.time_zone, default_time_zone),
                     .created_at = now,
                     .updated_at = now,
                     .lateness = to_lateness(wanted.lateness.value_or(lateness_request{}))};
  auto job = [made](persistence::transaction& tx) -> reply<project> {
    projects::insert(tx, made);
    return reply<project>{made}.with("location", "/projects/" + base::to_string(made.id));
  };
  auto answer = co_await create_once(context, std::move(job));
  if (const auto* why = answer.why()) co_return name_taken_or(*why);
  co_return answer;
}

asio::awaitable<reply<page<project>>> list_projects(request_context& context, in_query<page_request> query) {
  auto found = co_await read_all(context, projects::list(bounds_of(query.value)));
  if (!found) co_return found.error();
  co_return reply_page(context, make_page(std::move(*found), query.value, key_of_created<project>));
}

asio::awaitable<reply<project>> get_project(request_context& context, in_path<by_id> path) {
  auto found = co_await read_one(context, projects::find(path->id), "project");
  co_return std::move(found);
}

asio::awaitable<reply<project>> update_project(request_context& context, in_path<by_id> path,
                                               in_body<update_project_request> body) {
  const auto& wanted = body.value;
  if (auto wrong = check(wanted.name, wanted.description, wanted.time_zone)) co_return std::move(*wrong);
  const auto now = context.services.clock.now();
  projects::changes changes{
      .name = plain(wanted.name), .description = plain(wanted.description), .time_zone = plain(wanted.time_zone)};
  if (wanted.lateness) changes.lateness = to_lateness(*wanted.lateness);
  auto job = [id = path->id, changes, now](persistence::transaction& tx) -> result<project> {
    auto found = projects::update(tx, id, changes, now);
    if (!found) return problems::not_found("project");
    return std::move(*found);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return name_taken_or(done.error());
  if (wanted.lateness) co_await notify_engine(context);
  co_return std::move(*done);
}

}  // namespace

void add_projects(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::post, "/projects", permission::manage_projects, &create_project, "Make a project",
      {.success = 201,
       .idempotent = true,
       .problems = {409},
       .description =
           "Owners and admins. The time zone is an IANA name (default: UTC). `lateness` says what happens "
           "to a post that could not start within `after_seconds` after it was due: `send` it all the same, `skip` "
           "it, or `ask` (POST /deliveries/{id}/resolve)."});
  routes.add(verb::get, "/projects", permission::read_projects, &list_projects, "List the projects, newest first");
  routes.add(verb::get, "/projects/{id}", permission::read_projects, &get_project, "Read a project",
             {.problems = {404}});
  routes.add(verb::patch, "/projects/{id}", permission::manage_projects, &update_project, "Change a project",
             {.problems = {404, 409}, .description = "Owners and admins. Omitted fields keep their values."});
}

}  // namespace pulse::http::routes

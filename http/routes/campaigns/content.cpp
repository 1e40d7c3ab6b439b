#include "http/routes/campaigns/content.hpp"

#include "http/api/idempotency.hpp"
#include "http/api/pagination.hpp"
#include "http/api/precondition.hpp"
#include "http/routes/campaigns/content_input.hpp"
#include "http/routes/campaigns/template_filling.hpp"
#include "http/routes/publishing/project_lists.hpp"
#include "persistence/campaigns/campaigns.hpp"
#include "persistence/campaigns/content.hpp"
#include "persistence/campaigns/content_changes.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace content = persistence::content;
using content::item;
using domain::campaigns::content_state;
using persistence::transaction;

struct list_content_query : page_request {
  std::optional<base::uuid> project_id;
  std::optional<content_state> status;
  std::optional<base::uuid> campaign_id;
  std::optional<base::uuid> rule_id;
};
BOOST_DESCRIBE_STRUCT(list_content_query, (page_request), (project_id, status, campaign_id, rule_id))

struct count_content_query {
  std::optional<base::uuid> project_id;
};
BOOST_DESCRIBE_STRUCT(count_content_query, (), (project_id))

struct content_counts {
  std::vector<content::state_count> items;  // states with at least one item
};
BOOST_DESCRIBE_STRUCT(content_counts, (), (items))

struct content_versions {
  std::vector<content::content_version> items;  // latest first, at most 100
};
BOOST_DESCRIBE_STRUCT(content_versions, (), (items))

struct regenerate_content_request {
  std::optional<given_values> values;  // default: the values of the last time
};
BOOST_DESCRIBE_STRUCT(regenerate_content_request, (), (values))

reply<item> tagged(item from) {
  auto etag = etag_of(from);
  return reply<item>{std::move(from)}.with("etag", std::move(etag));
}

domain::campaigns::template_values to_values(const std::optional<given_values>& from) {
  domain::campaigns::template_values made;
  for (const auto& [name, value] : from.value_or(given_values{})) made[name] = value.value;
  return made;
}

/// Checks that the campaign and the template belong to the item's project.
std::vector<field_error> check_belongings(transaction& tx, const base::uuid& project_id,
                                          const std::optional<base::uuid>& campaign_id,
                                          const std::vector<base::uuid>& channel_ids) {
  auto errors = check_channels(tx, project_id, channel_ids);
  if (campaign_id) {
    const auto campaign = persistence::campaigns::find(*campaign_id).first(tx);
    if (!campaign || campaign->project_id != project_id) {
      errors.push_back(at_field("/campaign_id", "is no campaign of this project"));
    }
  }
  return errors;
}

/// Fills in from the template, where one is named, the words that are not given.
std::optional<problem> fill(transaction& tx, content::draft& made, const create_content_request& request,
                            base::timestamp now) {
  if (!request.template_id) return std::nullopt;
  auto filled =
      fill_template(tx, made.project_id, *request.template_id, made.campaign_id, to_values(request.values), now);
  if (!filled) return filled.error();
  made.template_id = request.template_id;
  made.template_version = filled->version;
  if (!request.title) made.title = std::move(filled->words.title);
  if (!request.text) made.text = std::move(filled->words.text);
  if (!request.variants) made.variants = std::move(filled->words.variants);
  for (const auto& [name, value] : to_values(request.values)) made.template_values[name] = value;
  return std::nullopt;
}

asio::awaitable<reply<item>> create_content(request_context& context, in_body<create_content_request> body) {
  const auto now = context.services.clock.now();
  if (auto errors = check(body.value, context.services.is_loopback_allowed); !errors.empty()) {
    co_return problems::invalid_fields(std::move(errors));
  }
  content::draft draft{.id = base::new_uuid(now),
                       .project_id = body->project_id,
                       .campaign_id = body->campaign_id,
                       .title = text_or(body->title, ""),
                       .text = text_or(body->text, ""),
                       .variants = to_texts(body->variants.value_or(std::vector<post_variant>{})),
                       .channel_ids = body->channel_ids.value_or(std::vector<base::uuid>{}),
                       .labels = to_labels(body->labels.value_or(std::vector<campaign_label>{})),
                       .scheduled_at = body->scheduled_at,
                       .author_id = context.principal.member_id};
  if (body->image) draft.image = to_image(*body->image);
  auto job = [draft, request = body.value, now](transaction& tx) -> reply<item> {
    auto made = draft;
    if (!persistence::projects::exists(tx, made.project_id)) {
      return no_such_project(at_field("/project_id", "is no project here"));
    }
    auto errors = check_belongings(tx, made.project_id, made.campaign_id, made.channel_ids);
    if (!errors.empty()) return problems::invalid_fields(std::move(errors));
    if (auto why = fill(tx, made, request, now)) return std::move(*why);
    content::insert(tx, made, now);
    return tagged(content::find(made.id).first(tx).value()).with("location", "/content/" + base::to_string(made.id));
  };
  auto answer = co_await create_once(context, std::move(job));
  co_return answer;
}

result<item> change(transaction& tx, const base::uuid& id, const content::edit& wanted,
                    const std::optional<std::string>& version, const base::uuid& member_id, base::timestamp now) {
  const auto before = content::lock(tx, id);
  if (!before) return problems::not_found("content");
  if (auto other = check_version(version, *before, "content")) return std::move(*other);
  const auto channels = wanted.channel_ids.value_or(std::vector<base::uuid>{});
  const auto campaign_id = wanted.campaign_id.is_given ? wanted.campaign_id.value : std::nullopt;
  auto errors = check_belongings(tx, before->project_id, campaign_id, channels);
  if (!errors.empty()) return problems::invalid_fields(std::move(errors));
  if (!content::change(tx, id, wanted, member_id, now)) return content_is_scheduled();
  return content::find(id).first(tx).value();
}

asio::awaitable<reply<item>> update_content(request_context& context, in_path<by_id> path,
                                            in_body<update_content_request> body) {
  if (auto errors = check(body.value, context.services.is_loopback_allowed); !errors.empty()) {
    co_return problems::invalid_fields(std::move(errors));
  }
  auto job = [id = path->id, wanted = to_edit(body.value), version = wanted_version(context),
              member_id = context.principal.member_id, now = context.services.clock.now()](transaction& tx) {
    return change(tx, id, wanted, version, member_id, now);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return tagged(std::move(*done));
}

result<item> regenerate(transaction& tx, const base::uuid& id, const std::optional<given_values>& values,
                        const base::uuid& member_id, base::timestamp now) {
  const auto before = content::lock(tx, id);
  if (!before) return problems::not_found("content");
  if (!before->template_id) {
    return problems::conflict("content_has_no_template",
                              "It was not made from a template, so there is nothing to fill in.");
  }
  if (before->post_id) return content_is_scheduled();
  auto with = to_values(values);
  if (!values) with = {before->template_values.begin(), before->template_values.end()};
  auto filled = fill_template(tx, before->project_id, *before->template_id, before->campaign_id, with, now);
  if (!filled) return filled.error();
  content::edit wanted;
  wanted.title = std::move(filled->words.title);
  wanted.text = std::move(filled->words.text);
  wanted.variants = std::move(filled->words.variants);
  wanted.template_version = filled->version;
  wanted.template_values = std::map<std::string, std::string>{with.begin(), with.end()};
  if (!content::change(tx, id, wanted, member_id, now)) return content_is_scheduled();
  return content::find(id).first(tx).value();
}

asio::awaitable<reply<item>> regenerate_content(request_context& context, in_path<by_id> path,
                                                in_body<regenerate_content_request> body) {
  if (auto errors = check_values(body->values); !errors.empty()) co_return problems::invalid_fields(std::move(errors));
  auto job = [id = path->id, values = body->values, member_id = context.principal.member_id,
              now = context.services.clock.now()](transaction& tx) {
    return regenerate(tx, id, values, member_id, now);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return tagged(std::move(*done));
}

asio::awaitable<reply<nothing>> delete_content(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, now = context.services.clock.now()](transaction& tx) -> result<nothing> {
    if (content::remove(tx, id, now)) return nothing{};
    if (!content::find(id).first(tx)) return problems::not_found("content");
    return content_is_scheduled();
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return nothing{};
}

asio::awaitable<reply<page<item>>> list_content(request_context& context, in_query<list_content_query> query) {
  auto wanted =
      content::list({query->project_id, query->status, query->campaign_id, query->rule_id}, bounds_of(query.value));
  auto found = co_await read_all_in(context, query->project_id, std::move(wanted));
  if (!found) co_return found.error();
  co_return reply_page(context, make_page(std::move(*found), query.value, key_of_created<item>));
}

asio::awaitable<reply<content_counts>> count_content(request_context& context, in_query<count_content_query> query) {
  auto found = co_await read_all(context, content::count_by_state(query->project_id));
  if (!found) co_return found.error();
  co_return content_counts{std::move(*found)};
}

asio::awaitable<reply<item>> get_content(request_context& context, in_path<by_id> path) {
  auto found = co_await read_one(context, content::find(path->id), "content");
  if (!found) co_return found.error();
  co_return tagged(std::move(*found));
}

asio::awaitable<reply<content_versions>> list_versions(request_context& context, in_path<by_id> path) {
  auto found = co_await read_all(context, content::list_versions(path->id));
  if (!found) co_return found.error();
  if (found->empty()) co_return problems::not_found("content");
  co_return content_versions{std::move(*found)};
}

}  // namespace

void add_content(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::post, "/content", permission::write_content, &create_content, "Write content",
      {.success = 201,
       .idempotent = true,
       .problems = {404, 409},
       .description = "A draft. With `template_id` the words that are not given are filled in from the template."});
  routes.add(verb::get, "/content", permission::read_campaigns, &list_content, "List the content, newest first",
             {.problems = {404}});
  routes.add(verb::get, "/content/counts", permission::read_campaigns, &count_content, "Count the content by state");
  routes.add(verb::get, "/content/{id}", permission::read_campaigns, &get_content, "Read content", {.problems = {404}});
  routes.add(verb::get, "/content/{id}/versions", permission::read_campaigns, &list_versions,
             "The versions of content, latest first", {.problems = {404}});
  routes.add(
      verb::patch, "/content/{id}", permission::write_content, &update_content, "Change content",
      {.conditional = true,
       .problems = {404, 409},
       .description =
           "Omitted fields keep their values. Other words make a new version: approved or rejected content becomes a "
           "draft again, and approval of pending content begins anew. 409 once it has a post."});
  routes.add(
      verb::post, "/content/{id}/regenerate", permission::write_content, &regenerate_content,
      "Fill in the template of content again",
      {.problems = {404, 409}, .description = "From the template's latest version. The words get a new version."});
  routes.add(verb::delete_, "/content/{id}", permission::write_content, &delete_content, "Delete content",
             {.success = 204, .problems = {404, 409}, .description = "409 while its post has not gone out."});
}

}  // namespace pulse::http::routes

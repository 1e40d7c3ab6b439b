#include "http/routes/site/site.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "http/api/pagination.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/site/site_pages.hpp"
#include "http/server/conditional.hpp"
#include "http/server/http_date.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace publications = persistence::website_publications;
using persistence::transaction;
using publications::publication;

/// Publications that a feed shows.
constexpr int feed_items_max = 50;

struct by_project {
  base::uuid project_id;
};
BOOST_DESCRIBE_STRUCT(by_project, (), (project_id))

struct by_post {
  base::uuid project_id;
  base::uuid id;
};
BOOST_DESCRIBE_STRUCT(by_post, (), (project_id, id))

struct found_site {
  publications::site site;
  std::vector<publication> shown;
};

/// The site with its newest publications, or with the one that `only` names (by its own id or its post's).
outcome<found_site> read_site(transaction& tx, const base::uuid& project_id, const std::optional<base::uuid>& only) {
  const auto site = tx.execute(publications::find_site, project_id).first<publications::site>();
  if (!site) return problems::not_found("site");
  if (!only) {
    const auto start = page_request{}.start();
    return found_site{
        *site, tx.execute(publications::list, project_id, start.at, start.id, feed_items_max).all<publication>()};
  }
  auto one = tx.execute(publications::find_public, project_id, *only).all<publication>();
  if (one.empty()) return problems::not_found("publication");
  return found_site{*site, std::move(one)};
}

asio::awaitable<outcome<found_site>> find_site(call& of, base::uuid project_id, std::optional<base::uuid> only) {
  auto owner =
      co_await read_first_of<publications::site_owner>(of, std::nullopt, publications::find_tenant_of_site, project_id);
  if (!owner) co_return std::move(owner.error());
  if (!*owner) co_return problems::not_found("site");
  auto job = [project_id, only](transaction& tx) { return read_site(tx, project_id, only); };
  auto found = co_await in_transaction(of, (*owner)->tenant_id, std::move(job));
  co_return found;
}

/// The second in which it changed is not over yet, or it is: the date never lets a later change of that second pass for this
/// one, and is never in the future (RFC 9110 §8.8.2.1).
std::string last_modified(base::timestamp changed_at, base::timestamp now) {
  const auto whole = std::chrono::ceil<std::chrono::seconds>(changed_at);
  return server::to_http_date(std::min<base::timestamp>(whole, now));
}

reply<document> to_reply(call& of, std::string body, base::timestamp changed_at) {
  auto etag = server::make_etag(body);
  return reply<document>{
      document{.body = std::move(body), .shared_body = nullptr, .media_type = {}, .compressible = true}}
      .with("etag", std::move(etag))
      .with("last-modified", last_modified(changed_at, of.with.clock.now()))
      .with("cache-control", "public, no-cache")
      .with("content-security-policy", "default-src 'none'");
}

/// Shows the site as `Render` makes it.
template <std::string (*Render)(const site_content&)>
asio::awaitable<reply<document>> show_site(call& of, in_path<by_project> path) {
  auto found = co_await find_site(of, path->project_id, std::nullopt);
  if (!found) co_return std::move(found.error());
  const site_content content{
      .public_url = of.with.addresses.api_url(), .site = found->site, .newest_first = found->shown};
  co_return to_reply(of, Render(content), content.changed_at());
}

asio::awaitable<reply<document>> show_publication(call& of, in_path<by_post> path) {
  auto found = co_await find_site(of, path->project_id, path->id);
  if (!found) co_return std::move(found.error());
  const site_content content{
      .public_url = of.with.addresses.api_url(), .site = found->site, .newest_first = found->shown};
  co_return to_reply(of, to_publication_page(content, found->shown.front()), content.changed_at());
}

}  // namespace

void add_site(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(verb::get, "/site/{project_id}", permission::public_, &show_site<&to_site_page>,
             "The public page of a project's website channel",
             {.any_query = true, .media_type = "text/html; charset=utf-8", .problems = {404}});
  routes.add(verb::get, "/site/{project_id}/feed.json", permission::public_, &show_site<&to_json_feed>,
             "The publications of a project's website channel as JSON Feed 1.1",
             {.any_query = true, .media_type = "application/feed+json", .problems = {404}});
  routes.add(verb::get, "/site/{project_id}/feed.xml", permission::public_, &show_site<&to_atom_feed>,
             "The publications of a project's website channel as Atom",
             {.any_query = true, .media_type = "application/atom+xml; charset=utf-8", .problems = {404}});
  routes.add(verb::get, "/site/{project_id}/posts/{id}", permission::public_, &show_publication,
             "One publication as a page; `id` is the publication's or its post's",
             {.any_query = true, .media_type = "text/html; charset=utf-8", .problems = {404}});
}

}  // namespace pulse::http::routes

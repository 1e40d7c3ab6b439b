#include "http/routes/site/site.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/core.h>

#include "base/http_date.hpp"
#include "http/api/pagination.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/site/site_pages.hpp"
#include "http/server/compression.hpp"
#include "http/server/conditional.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace publications = persistence::website_publications;
using persistence::transaction;
using publications::addressed_publication;
using publications::publication;
using publications::site;
using shared_page = std::shared_ptr<const rendered_page>;

/// Part of every ETag: change it whenever rendering changes.
constexpr std::string_view rendering = "2";

constexpr std::string_view policy =
    "default-src 'none'; img-src https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

struct by_project {
  base::uuid project_id;
};
BOOST_DESCRIBE_STRUCT(by_project, (), (project_id))

struct by_post {
  base::uuid project_id;
  base::uuid id;
};
BOOST_DESCRIBE_STRUCT(by_post, (), (project_id, id))

/// A format of a site, and the names of its pages in the cache.
struct representation {
  std::string_view name;
  std::string_view path;
  std::string (*render)(const site_content&);
};
constexpr representation as_page{"page", "", &to_site_page};
constexpr representation as_json_feed{"json", "/feed.json", &to_json_feed};
constexpr representation as_atom_feed{"atom", "/feed.xml", &to_atom_feed};

/// The page, representation and site of a request.
struct wanted_page {
  const representation* as;
  base::uuid project_id;
  std::optional<base::uuid> before;  // the publication before this page; nothing: the first page

  std::string name() const {
    return std::string{as->name} + ' ' + base::to_string(project_id) + (before ? ' ' + base::to_string(*before) : "");
  }
};

/// The time of the last change, but never in the present second: a later change in the same second must not share its
/// date, and the date must not be in the future (RFC 9110 §8.8.2.1).
std::string last_modified(base::timestamp changed_at, base::timestamp now) {
  const auto whole = std::chrono::ceil<std::chrono::seconds>(changed_at);
  return base::to_http_date(std::min<base::timestamp>(whole, now));
}

/// An ETag over everything that the page depends on, so that it is known without rendering the page.
std::string tag_of(const site& of, const std::string& public_url, const std::string& name) {
  std::string all{rendering};
  for (const auto& part : {public_url, name, of.title, of.description, of.company, base::to_string(of.changed_at),
                           std::to_string(of.revision)}) {
    all += '\n';
    all += part;
  }
  return server::make_etag(all);
}

/// The version headers of an answer.
struct version {
  std::string etag;
  std::string last_modified;
};

reply<document> with_common_headers(reply<document> from, std::string etag, std::string modified) {
  return std::move(from)
      .with("etag", std::move(etag))
      .with("last-modified", std::move(modified))
      .with("cache-control", "public, no-cache")
      .with("vary", "accept-encoding")
      .with("content-security-policy", std::string{policy});
}

/// 304 when the client has this version, in whatever coding.
std::optional<reply<document>> not_modified(const request_context& context, const version& current) {
  for (auto tag : {current.etag, server::etag_of_form(current.etag, "gzip")}) {
    server::response probe;
    probe.headers = {{"etag", tag}, {"last-modified", current.last_modified}};
    if (!server::is_not_modified(context.request, probe, context.services.clock.now())) continue;
    return with_common_headers(reply<document>{document{}}, std::move(tag), current.last_modified).status(304);
  }
  return std::nullopt;
}

shared_page render(std::string body, std::string etag, std::string next) {
  rendered_page made{.etag = std::move(etag), .body = nullptr, .gzip = nullptr, .next = std::move(next)};
  if (body.size() >= server::compressed_bytes_min) {
    server::gzip_compressor compressor{server::gzip_compressor::effort::fast};
    if (auto compressed = compressor.compress(body); !compressed.empty()) {
      made.gzip = std::make_shared<const std::string>(std::move(compressed));
    }
  }
  made.body = std::make_shared<const std::string>(std::move(body));
  return std::make_shared<const rendered_page>(std::move(made));
}

reply<document> show(const request_context& context, const rendered_page& page, std::string modified) {
  const bool gzip = page.gzip && server::accepts_gzip(context.request.find("accept-encoding").value_or(""));
  document shown{.body = {}, .shared_body = gzip ? page.gzip : page.body, .media_type = {}, .compressible = false};
  auto answer = with_common_headers(reply<document>{std::move(shown)},
                                    gzip ? server::etag_of_form(page.etag, "gzip") : page.etag, std::move(modified));
  if (gzip) answer = std::move(answer).with("content-encoding", "gzip");
  if (!page.next.empty()) answer = std::move(answer).with("link", fmt::format("<{}>; rel=\"next\"", page.next));
  return answer;
}

problem gone_site() { return {.status = 410, .code = "gone", .detail = "This site was taken down by its owner."}; }

/// The start of the page: after the publication that `before` names, which may have been withdrawn since.
result<page_key> start_of(transaction& tx, const wanted_page& wanted) {
  if (!wanted.before) return page_request{}.start();
  const auto found = publications::find_public(wanted.project_id, *wanted.before).first(tx);
  if (!found) return problems::not_found("publication");
  return page_key{.at = found->published_at, .id = found->id};
}

/// Runs on a thread of the request pool, where the site's company has its share, because rendering takes long.
result<shared_page> render_page(transaction& tx, const wanted_page& wanted, const std::string& public_url,
                                site_cache& cache) {
  const auto found = publications::find_site(wanted.project_id).first(tx);
  if (!found) return gone_site();
  const auto name = wanted.name();
  auto etag = tag_of(*found, public_url, name);
  if (auto kept = cache.find(name, etag)) return kept;  // another thread was faster
  const auto start = start_of(tx, wanted);
  if (!start) return start.error();
  auto rows =
      publications::list(wanted.project_id, {start->at, start->id, static_cast<std::int64_t>(feed_entries_max) + 1})
          .all(tx);
  const auto shown = entries_that_fit(rows);
  site_content content{.public_url = public_url, .site = *found, .newest_first = {rows.data(), shown}};
  if (wanted.before) content.page = "?before=" + base::to_string(*wanted.before);
  if (shown < rows.size()) content.next_page = "?before=" + base::to_string(rows[shown - 1].id);
  const auto next =
      content.next_page.empty() ? std::string{} : content.site_url() + std::string{wanted.as->path} + content.next_page;
  auto made = render(wanted.as->render(content), std::move(etag), next);
  cache.keep(name, made);
  return made;
}

/// The publication that the query's `before` names. Other parameters are ignored, because people add them to links.
result<std::optional<base::uuid>> read_before(const request_context& context) {
  const auto parameters = server::parse_query(context.request.query);
  if (!parameters) return std::optional<base::uuid>{};
  for (const auto& [name, value] : *parameters) {
    if (name != "before") continue;
    if (const auto id = base::parse_uuid(value)) return std::optional{*id};
    return problems::invalid_fields(
        {{.pointer = {}, .parameter = "before", .detail = "is not the id of a publication"}});
  }
  return std::optional<base::uuid>{};
}

asio::awaitable<result<publications::site_owner>> find_owner(request_context& context, base::uuid project_id) {
  auto owner = co_await read_first_of(context, std::nullopt, publications::find_owner(project_id));
  if (!owner) co_return owner.error();
  if (!*owner) co_return problems::not_found("site");
  co_return **owner;
}

reply<document> gone(std::string page) {
  return reply<document>{document{.body = std::move(page), .shared_body = {}, .media_type = {}}}
      .status(410)
      .with("cache-control", "public, no-cache")
      .with("content-security-policy", std::string{policy});
}

asio::awaitable<reply<document>> show_site(request_context& context, wanted_page wanted, site_cache& cache) {
  auto before = read_before(context);
  if (!before) co_return before.error();
  wanted.before = *before;
  auto owner = co_await find_owner(context, wanted.project_id);
  if (!owner) co_return owner.error();
  if (owner->is_gone && wanted.as == &as_page) co_return gone(to_gone_site_page());
  if (owner->is_gone) co_return gone_site();
  auto found = co_await read_first_of(context, owner->tenant_id, publications::find_site(wanted.project_id));
  if (!found) co_return found.error();
  if (!*found) co_return gone_site();  // removed a moment ago

  const auto public_url = context.services.addresses.api_url();
  const auto name = wanted.name();
  const version current{tag_of(**found, public_url, name),
                        last_modified((*found)->changed_at, context.services.clock.now())};
  if (auto unchanged = not_modified(context, current)) co_return std::move(*unchanged);
  if (const auto kept = cache.find(name, current.etag)) co_return show(context, *kept, current.last_modified);
  auto job = [wanted, public_url, &cache](transaction& tx) { return render_page(tx, wanted, public_url, cache); };
  auto made = co_await in_transaction(context, owner->tenant_id, std::move(job));
  if (!made) co_return made.error();
  co_return show(context, **made, current.last_modified);
}

struct found_publication {
  std::optional<site> website;  // none: the website channel was removed
  addressed_publication shown;
};

result<found_publication> read_publication(transaction& tx, const by_post& wanted) {
  auto website = publications::find_site(wanted.project_id).first(tx);
  auto shown = publications::find_public(wanted.project_id, wanted.id).first(tx);
  if (!shown) return problems::not_found("publication");
  return found_publication{std::move(website), std::move(*shown)};
}

/// The page does not change when other posts are published; of the site only the shown parts count.
std::string tag_of(const found_publication& found, const std::string& public_url) {
  auto website = *found.website;
  website.revision = 0;
  website.changed_at = found.shown.updated_at.value_or(found.shown.published_at);
  return tag_of(website, public_url, "post " + base::to_string(found.shown.id));
}

asio::awaitable<reply<document>> show_publication(request_context& context, in_path<by_post> path) {
  auto owner = co_await find_owner(context, path->project_id);
  if (!owner) co_return owner.error();
  auto job = [wanted = path.value](transaction& tx) { return read_publication(tx, wanted); };
  auto found = co_await in_transaction(context, owner->tenant_id, std::move(job));
  if (!found) co_return found.error();
  if (!found->website) co_return gone(to_gone_site_page());
  const auto public_url = context.services.addresses.api_url();
  const site_content content{.public_url = public_url, .site = *found->website, .newest_first = {}};
  if (found->shown.removed_at) co_return gone(to_gone_page(content));
  const auto changed_at =
      std::max(found->shown.updated_at.value_or(found->shown.published_at), found->website->named_at);
  const version current{tag_of(*found, public_url), last_modified(changed_at, context.services.clock.now())};
  if (auto unchanged = not_modified(context, current)) co_return std::move(*unchanged);
  const auto made = render(to_publication_page(content, found->shown), current.etag, "");
  co_return show(context, *made, current.last_modified);
}

}  // namespace

void add_site(route_table& routes, site_cache& cache) {
  using domain::permission;
  using server::verb;
  constexpr std::string_view pages =
      "At most 50 publications a page, fewer when they are long. `Link: rel=\"next\"` (also in the document itself) "
      "leads to older ones. Readable from pages of every origin. 410 when the website channel was removed.";
  const auto show_as = [&cache](const representation& as) {
    return [&cache, as = &as](request_context& context, in_path<by_project> path) {
      return show_site(context, {.as = as, .project_id = path->project_id, .before = {}}, cache);
    };
  };
  routes.add(verb::get, "/site/{project_id}", permission::public_, show_as(as_page),
             "The public page of a project's website channel",
             {.also = 410,
              .any_query = true,
              .media_type = "text/html; charset=utf-8",
              .problems = {404},
              .description = pages});
  routes.add(verb::get, "/site/{project_id}/feed.json", permission::public_, show_as(as_json_feed),
             "The publications of a project's website channel as JSON Feed 1.1",
             {.any_query = true, .media_type = "application/feed+json", .problems = {404, 410}, .description = pages});
  routes.add(verb::get, "/site/{project_id}/feed.xml", permission::public_, show_as(as_atom_feed),
             "The publications of a project's website channel as Atom, in pages (RFC 5005)",
             {.any_query = true,
              .media_type = "application/atom+xml; charset=utf-8",
              .problems = {404, 410},
              .description = pages});
  routes.add(verb::get, "/site/{project_id}/posts/{id}", permission::public_, &show_publication,
             "One publication as a page; `id` is the publication's or its post's",
             {.also = 410,
              .any_query = true,
              .media_type = "text/html; charset=utf-8",
              .problems = {404},
              .description = "410 when it was withdrawn, or its website channel removed."});
}

}  // namespace pulse::http::routes

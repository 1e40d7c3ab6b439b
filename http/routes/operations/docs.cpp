#include "http/routes/operations/docs.hpp"

namespace pulse::http::routes {

namespace {

using domain::permission;
using server::verb;

// Both viewers add styles to the page; ReDoc searches in a worker that it makes from a blob.
constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' "
    "data:; connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

struct asset_path {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(asset_path, (), (name))

reply<document> serve(const docs_assets::file& file) {
  document page;
  page.shared_body = file.content;
  page.media_type = file.media_type;
  return reply<document>{std::move(page)}.with("etag", file.etag).with("cache-control", "no-cache");
}

reply<document> serve_page(const docs_assets& docs, std::string_view name) {
  if (!docs.complete()) {
    return problems::unavailable("docs_not_installed",
                                 "The viewer is not installed: run `npm ci` in http/docs_assets and start again. The "
                                 "document itself is at /openapi.json.",
                                 std::chrono::minutes{1});
  }
  return serve(*docs.find(name)).with("content-security-policy", std::string{page_policy});
}

}  // namespace

void add_docs(route_table& table, const docs_assets& docs) {
  table.add(verb::get, "/openapi.json", permission::public_,
            [&docs](request_context&) { return serve(docs.openapi()); }, "This document",
            {.any_query = true, .media_type = "application/json"});
  table.add(verb::get, "/docs", permission::public_, [&docs](request_context&) { return serve_page(docs, "swagger"); },
            "The documentation in Swagger UI", {.any_query = true, .media_type = "text/html", .hidden = true});
  table.add(verb::get, "/redoc", permission::public_, [&docs](request_context&) { return serve_page(docs, "redoc"); },
            "The documentation in ReDoc", {.any_query = true, .media_type = "text/html", .hidden = true});
  const auto serve_asset = [&docs](request_context&, in_path<asset_path> path) -> reply<document> {
    const auto* file = docs.find(path->name);
    if (file == nullptr) return problems::not_found("file");
    return serve(*file);
  };
  table.add(verb::get, "/docs/assets/{name}", permission::public_, serve_asset, "A file of the viewers",
            {.any_query = true, .hidden = true});
}

}  // namespace pulse::http::routes

// The dashboard that the program itself serves: its page, deep links and files, and its restrictions for the browser.
#include <catch2/catch.hpp>

#include "http/dashboard_pages.hpp"
#include "tests/http/front_door_fixture.hpp"
#include "tests/http/server/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

using namespace pulse;
using http::addresses;
using http::dashboard_pages;
using http::server::verb;

namespace {

constexpr std::string_view index_html =
    "<!doctype html><html><head><base href=\"/\" /><title>Pulse</title><script type=\"module\" "
    "src=\"./assets/app-1a2b.js\"></script></head>"
    "<body><div id=\"root\"></div></body></html>";

/// A build of the dashboard, as Vite leaves it.
struct built_dashboard {
  support::temporary_directory folder;

  built_dashboard() {
    std::filesystem::create_directories(folder.path() / "assets");
    folder.write("index.html", index_html);
    folder.write("assets/app-1a2b.js", std::string(5000, 's'));
    folder.write("assets/app-1a2b.js.br", "brotli");
    folder.write("favicon.svg", "<svg/>");
    folder.write("posts", "a file that is called like a route");
  }
};

http::server::request asking(std::string path, std::string accept = {}, std::string encoding = {}) {
  auto made = tests::front_door_fixture::request(verb::get, std::move(path));
  if (!accept.empty()) made.headers.push_back({"accept", std::move(accept)});
  if (!encoding.empty()) made.headers.push_back({"accept-encoding", std::move(encoding)});
  return made;
}

std::optional<http::server::response> find(const dashboard_pages& pages, const http::server::request& asked) {
  return pages.find(asked, asked.path);
}

}  // namespace

TEST_CASE("the dashboard's page stands at the root and under /app, and is never kept unasked") {
  const built_dashboard built;
  const dashboard_pages pages{built.folder.path(), addresses{"http://localhost:8000"}};
  for (const auto* path : {"/", "/app", "/app/", "/app/posts/0192/explain", "/app/assets/none.js"}) {
    INFO(path);
    const auto page = find(pages, asking(path));
    REQUIRE(page);
    CHECK(page->status == 200);
    CHECK(page->content_type == "text/html; charset=utf-8");
    CHECK(page->bytes().find("<head><base href=\"/\" /><title>") != std::string::npos);
    CHECK(page->find("cache-control") == "no-cache");
    CHECK(page->find("etag") == find(pages, asking("/"))->find("etag"));
    CHECK(page->find("vary") == "accept-encoding");
  }
  for (const auto* path : {"/apple", "/index.html", "/assets/none.js", "/assets/", "/nothing", "/../secret"}) {
    INFO(path);
    CHECK_FALSE(find(pages, asking(path)));
  }
  // The dashboard alone knows which further pages it has.
  CHECK(find(pages, asking("/sign-in", "text/html,*/*;q=0.8")));
  CHECK_FALSE(find(pages, asking("/sign-in", "*/*")));
  for (const auto* path : {"/api/nothing", "/site/nothing", "/assets/none", "/none.js", "/.well-known/security"}) {
    INFO(path);
    CHECK_FALSE(find(pages, asking(path, "text/html")));
  }
  const auto zipped = find(pages, asking("/app", "", "gzip, br"));
  CHECK(zipped->find("content-encoding") == "gzip");
  CHECK(zipped->find("etag") != find(pages, asking("/"))->find("etag"));
}

TEST_CASE("the dashboard's files are kept for ever where their names change with them") {
  const built_dashboard built;
  const dashboard_pages pages{built.folder.path(), addresses{"http://localhost:8000"}};
  const auto script = find(pages, asking("/assets/app-1a2b.js", "", "br, gzip"));
  REQUIRE(script);
  CHECK(script->bytes() == "brotli");
  CHECK(script->content_type == "text/javascript; charset=utf-8");
  CHECK(script->find("cache-control") == "public, max-age=31536000, immutable");
  CHECK(find(pages, asking("/favicon.svg"))->find("cache-control") == "no-cache");
}

TEST_CASE("the dashboard's page allows no script but its own files and no other host") {
  const built_dashboard built;  // asvs: 3.2.1 3.4.3 3.4.6 14.2.3
  const dashboard_pages pages{built.folder.path(), addresses{"https://example.org/pulse"}};
  const auto policy = std::string{*find(pages, asking("/"))->find("content-security-policy")};
  CHECK(policy.find("default-src 'none'") != std::string::npos);
  CHECK(policy.find("script-src 'self';") != std::string::npos);
  CHECK(policy.find("connect-src 'self';") != std::string::npos);
  CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
  CHECK(policy.find("unsafe-eval") == std::string::npos);
  CHECK(policy.find("//") == std::string::npos);
}

TEST_CASE("behind a path prefix the dashboard's page says where it and the API are") {
  const built_dashboard built;
  const auto page_at = [&](const addresses& where) {
    return std::string{find(dashboard_pages{built.folder.path(), where}, asking("/app/calendar"))->bytes()};
  };
  CHECK(page_at(addresses{"https://example.org/pulse/"}).find("<base href=\"/pulse/\" />") != std::string::npos);
  CHECK(page_at(addresses{"https://example.org/api-of-pulse", "https://example.org/office/pulse"})
            .find("<base href=\"/office/pulse/\" />") != std::string::npos);
  CHECK(http::with_base("<html><head><title>", "/pulse") == "<html><head><base href=\"/pulse/\"><title>");
  const addresses apart{"https://api.example.org", "https://app.example.org"};
  CHECK(page_at(apart).find("<base href=\"/\" />") != std::string::npos);
  const dashboard_pages pages{built.folder.path(), apart};
  CHECK(
      find(pages, asking("/"))->find("content-security-policy")->find("connect-src 'self' https://api.example.org;") !=
      std::string_view::npos);
}

TEST_CASE("a dashboard that is not built says what builds it, and the API goes on") {
  const tests::quiet_log quiet;
  const support::temporary_directory empty;
  const dashboard_pages pages{empty.path() / "dist", addresses{"http://localhost:8000"}};
  for (const auto* path : {"/", "/app/calendar"}) {
    const auto page = find(pages, asking(path));
    REQUIRE(page);
    CHECK(page->status == 503);
    CHECK(page->bytes().find("make run") != std::string::npos);
    CHECK(page->find("content-security-policy"));
  }
  CHECK_FALSE(find(pages, asking("/assets/app.js")));
}

TEST_CASE("no file of the dashboard hides a part of the API") {
  const built_dashboard built;
  const dashboard_pages pages{built.folder.path(), addresses{"http://localhost:8000"}};
  tests::front_door_fixture front;
  front.pages = [&pages](const http::server::request& asked, std::string_view path) { return pages.find(asked, path); };
  CHECK(front.answer(asking("/")).raw.content_type == "text/html; charset=utf-8");
  CHECK(front.answer(asking("/", "text/html,application/xhtml+xml,*/*;q=0.8")).raw.content_type ==
        "text/html; charset=utf-8");
  CHECK(front.answer(asking("/", "application/json")).text("/name") == "pulse");
  CHECK(front.answer(asking("/api")).text("/name") == "pulse");
  CHECK(front.answer(asking("/posts")).status() == 401);
  CHECK(front.answer(asking("/live")).text("/status") == "ok");
  CHECK(front.answer(asking("/app/posts")).status() == 200);
  CHECK(front.answer(asking("/favicon.svg")).raw.content_type == "image/svg+xml");
  CHECK(front.answer(asking("/nothing")).status() == 404);
  CHECK(front.post("/app/posts", "{}").status() == 404);
}

TEST_CASE("every address that leaves knows the path under which others see the service") {
  const addresses where{"https://example.org/pulse/"};
  CHECK(where.api_prefix() == "/pulse");
  CHECK(where.api_url("/site/1") == "https://example.org/pulse/site/1");
  CHECK(where.app_url("/app") == "https://example.org/pulse/app");
  http::server::response answer;
  answer.headers = {{"location", "/posts/1"}, {"link", "</posts?cursor=a>; rel=\"next\""}, {"etag", "\"/a\""}};
  where.place(answer);
  CHECK(answer.find("location") == "/pulse/posts/1");
  CHECK(answer.find("link") == "</pulse/posts?cursor=a>; rel=\"next\"");
  CHECK(answer.find("etag") == "\"/a\"");
  CHECK(addresses{"http://localhost:8000"}.api_prefix().empty());
  CHECK(http::path_of_url("https://example.org/a\"b").empty());
  CHECK(http::path_of_url("nonsense").empty());
}

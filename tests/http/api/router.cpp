#include "http/api/route_table.hpp"

#include <catch2/catch.hpp>

using namespace pulse;
using http::server::verb;

namespace {

struct by_id {
  std::string id;
};
BOOST_DESCRIBE_STRUCT(by_id, (), (id))

struct by_both {
  std::string id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(by_both, (), (id, name))

http::reply<http::nothing> plain(http::request_context&) { return http::nothing{}; }
http::reply<http::nothing> with_id(http::request_context&, http::in_path<by_id>) { return http::nothing{}; }
http::reply<http::nothing> with_both(http::request_context&, http::in_path<by_both>) { return http::nothing{}; }

struct sample_table : http::route_table {
  sample_table() {
    constexpr auto anyone = domain::permission::public_;
    add(verb::get, "/", anyone, &plain, "index");
    add(verb::get, "/posts", anyone, &plain, "list");
    add(verb::post, "/posts", anyone, &plain, "create");
    add(verb::get, "/posts/{id}", anyone, &with_id, "one");
    add(verb::delete_, "/posts/{id}", anyone, &with_id, "remove");
    add(verb::get, "/posts/drafts", anyone, &plain, "drafts");
    add(verb::get, "/posts/{id}/timeline", anyone, &with_id, "timeline");
    add(verb::get, "/posts/drafts/old", anyone, &plain, "old drafts");
    add(verb::get, "/posts/{id}/files/{name}", anyone, &with_both, "file");
  }

  std::string summary_of(verb method, std::string_view path) const {
    const auto found = find(method, path);
    return found.found == nullptr ? std::string{"none"} : found.found->summary;
  }
};

}  // namespace

TEST_CASE("a path leads to its route, with and without /api and a slash at the end") {
  const sample_table table;
  REQUIRE(table.mistakes().empty());
  CHECK(table.summary_of(verb::get, "/") == "index");
  CHECK(table.summary_of(verb::get, "/api") == "index");
  CHECK(table.summary_of(verb::get, "/api/") == "index");
  CHECK(table.summary_of(verb::get, "/posts") == "list");
  CHECK(table.summary_of(verb::get, "/posts/") == "list");
  CHECK(table.summary_of(verb::get, "/api/posts") == "list");
  CHECK(table.summary_of(verb::post, "/api/posts") == "create");
  CHECK(table.summary_of(verb::get, "/apiposts") == "none");
  CHECK(table.summary_of(verb::get, "/api/api/posts") == "none");
}

TEST_CASE("parameters are read from the path, and fixed segments win over them") {
  const sample_table table;
  const auto one = table.find(verb::get, "/posts/17");
  REQUIRE(one.found != nullptr);
  CHECK(one.found->summary == "one");
  CHECK(one.values[0] == "17");
  CHECK(table.summary_of(verb::get, "/posts/drafts") == "drafts");
  CHECK(table.summary_of(verb::get, "/posts/drafts/old") == "old drafts");
  // "drafts" as an id, because nothing fixed goes on this way
  const auto timeline = table.find(verb::get, "/posts/drafts/timeline");
  REQUIRE(timeline.found != nullptr);
  CHECK(timeline.found->summary == "timeline");
  CHECK(timeline.values[0] == "drafts");
  const auto file = table.find(verb::get, "/api/posts/1/files/a.png");
  REQUIRE(file.found != nullptr);
  CHECK(file.values[0] == "1");
  CHECK(file.values[1] == "a.png");
}

TEST_CASE("what has no route has none, however it is spelled") {
  const sample_table table;
  for (const auto* path : {"/nothing", "/posts/1/2", "/posts//timeline", "//posts", "/Posts", "posts", "",
                           "/posts/1/timeline/x", "/1/2/3/4/5/6/7/8/9/10/11/12/13/14"}) {
    INFO(path);
    const auto found = table.find(verb::get, path);
    CHECK(found.found == nullptr);
    CHECK(found.allowed == nullptr);
  }
}

TEST_CASE("a path with other methods says which") {
  const sample_table table;
  const auto posts = table.find(verb::delete_, "/posts");
  CHECK(posts.found == nullptr);
  REQUIRE(posts.allowed != nullptr);
  CHECK(*posts.allowed == "GET, HEAD, POST");
  const auto one = table.find(verb::put, "/posts/1");
  REQUIRE(one.allowed != nullptr);
  CHECK(*one.allowed == "GET, HEAD, DELETE");
}

TEST_CASE("HEAD is served by the GET route") {
  const sample_table table;
  CHECK(table.summary_of(verb::head, "/posts/1") == "one");
}

TEST_CASE("a table with mistakes says them") {
  http::route_table table;
  constexpr auto anyone = domain::permission::public_;
  table.add(verb::get, "/a", anyone, &plain, "one");
  table.add(verb::get, "/a", anyone, &plain, "the same again");
  table.add(verb::get, "/b/{id}", anyone, &plain, "a parameter that nobody reads");
  table.add(verb::get, "/c/{name}", anyone, &with_id, "a parameter of another name");
  table.add(verb::get, "/d", anyone, &with_id, "a parameter that is not in the path");
  CHECK(table.mistakes().size() == 4);
}

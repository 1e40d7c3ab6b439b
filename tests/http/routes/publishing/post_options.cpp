// A post's image and lateness, and the channels that need or refuse them.
#include <catch2/catch.hpp>

#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using tests::in_project;
using tests::names;
using tests::publishing_fixture;

namespace {

constexpr auto image = R"("image":{"url":"https://example.org/a.jpg","alt_text":"A picture"})";

}  // namespace

TEST_CASE("channels to Instagram and LinkedIn are made by hand like those to X") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto instagram = front.get("/channels/" + front.add_account(token, project, "instagram"), token);
  CHECK(instagram.text("/name") == "Instagram @acme");
  CHECK(instagram.text("/account/external_user_id") == "17841400000000000");
  CHECK(instagram.body.at_pointer("/capabilities_json/image").as_bool());
  CHECK(instagram.body.at_pointer("/capabilities_json/max_length").as_int64() == 2'200);
  const auto linkedin = front.get("/channels/" + front.add_account(token, project, "linkedin"), token);
  CHECK(linkedin.text("/name") == "LinkedIn @acme");
  CHECK(names(front.post("/channels", in_project(project) + R"("type":"linkedin"})", token), "/account"));
  const auto text = R"("text":")" + std::string(2'201, 'a') + "\"";
  CHECK(names(front.post("/posts", in_project(project) + text + "," + image + "}", token), "/text"));
}

TEST_CASE("a post carries an image, which an edit changes or takes away") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_x(token, project);
  front.add_website(token, project);
  const auto post = "/posts/" + front.add_post(token, project, std::string{","} + image);
  const auto made = front.get(post, token);
  CHECK(made.text("/image/url") == "https://example.org/a.jpg");
  CHECK(made.text("/image/alt_text") == "A picture");
  CHECK(front.get("/posts", token).text("/items/0/image/url") == "https://example.org/a.jpg");
  CHECK(front.patch(post, R"({"title":"T"})", token).text("/image/alt_text") == "A picture");
  const auto changed = front.patch(post, R"({"image":{"url":"https://example.org/b.jpg"}})", token);
  CHECK(changed.text("/image/url") == "https://example.org/b.jpg");
  CHECK(changed.text("/image/alt_text").empty());
  const auto taken = front.patch(post, R"({"image":null})", token);
  CHECK(taken.status() == 200);
  CHECK(taken.body.at("image").is_null());
  CHECK(taken.text("/title") == "T");
  CHECK(front.get("/posts/" + front.add_post(token, project), token).body.at("image").is_null());
}

TEST_CASE("an image is refused by the field that is wrong") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_x(token, project);
  const auto refused = [&](const std::string& given, std::string_view pointer) {
    const auto answer = front.post("/posts", in_project(project) + R"("text":"a","image":)" + given + "}", token);
    INFO(given.substr(0, 80) << " → " << answer.raw.bytes());
    CHECK(answer.status() == 422);
    CHECK(names(answer, pointer));
  };
  refused(R"({"url":"http://example.org/a.jpg"})", "/image/url");
  refused(R"({"url":"http://127.0.0.1/a.jpg"})", "/image/url");
  refused(R"({"url":""})", "/image/url");
  refused(R"({"url":"https://example.org/)" + std::string(2'000, 'a') + R"("})", "/image/url");
  refused(R"({"url":"https://example.org/a.jpg","alt_text":")" + std::string(1'001, 'a') + R"("})", "/image/alt_text");
  refused(R"({"url":"https://example.org/a.jpg","alt_text":"\u200b\u2060"})", "/image/alt_text");
  refused(R"({"alt_text":"a"})", "/image/url");
  refused(R"("https://example.org/a.jpg")", "/image");
  front.services.is_loopback_allowed = true;
  CHECK(
      front.post("/posts", in_project(project) + R"("text":"a","image":{"url":"http://127.0.0.1:9000/a.jpg"}})", token)
          .status() == 201);
}

TEST_CASE("Instagram needs an image, and the website may have one") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto website = front.add_website(token, project);
  const auto alone = R"("text":"a","channel_ids":[")" + website + R"("],)" + image;
  CHECK(front.post("/posts", in_project(project) + alone + "}", token).status() == 201);
  front.add_account(token, project, "instagram");
  const auto without = front.post("/posts", in_project(project) + R"("text":"a"})", token);
  CHECK(without.status() == 422);
  CHECK(names(without, "/image"));
  const auto post = "/posts/" + front.add_post(token, project, std::string{","} + image);
  CHECK(names(front.patch(post, R"({"image":null})", token), "/image"));
  const auto on_website = "/posts/" + front.add_post(token, project, R"(,"channel_ids":[")" + website + R"("])");
  CHECK(front.patch(on_website, std::string{"{"} + image + "}", token).status() == 200);
}

TEST_CASE("lateness is the project's, or the post's own") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_website(token, project);
  CHECK(front.get("/projects/" + project, token).text("/lateness/policy") == "send");
  CHECK(front.get("/projects/" + project, token).body.at_pointer("/lateness/after_seconds").as_int64() == 3'600);
  const auto asking = front.patch("/projects/" + project, R"({"lateness":{"policy":"ask","after_seconds":60}})", token);
  CHECK(asking.text("/lateness/policy") == "ask");
  CHECK(asking.body.at_pointer("/lateness/after_seconds").as_int64() == 60);
  CHECK(front.patch("/projects/" + project, R"({"description":"d"})", token).text("/lateness/policy") == "ask");
  const auto made = front.post("/projects", R"({"name":"Strict","lateness":{"policy":"skip"}})", token);
  CHECK(made.text("/lateness/policy") == "skip");
  CHECK(made.body.at_pointer("/lateness/after_seconds").as_int64() == 3'600);

  const auto post = "/posts/" + front.add_post(token, project);
  CHECK(front.get(post, token).body.at("lateness").is_null());
  const auto own = front.patch(post, R"({"lateness":{"policy":"skip","after_seconds":5}})", token);
  CHECK(own.text("/lateness/policy") == "skip");
  CHECK(front.patch(post, R"({"text":"b"})", token).body.at_pointer("/lateness/after_seconds").as_int64() == 5);
  CHECK(front.patch(post, R"({"lateness":null})", token).body.at("lateness").is_null());
  const auto late = front.add_post(token, project, R"(,"lateness":{"policy":"ask","after_seconds":7200})");
  CHECK(front.get("/posts/" + late, token).body.at_pointer("/lateness/after_seconds").as_int64() == 7'200);
  CHECK(names(front.patch(post, R"({"lateness":{"policy":"never"}})", token), "/lateness/policy"));
  CHECK(
      names(front.patch(post, R"({"lateness":{"policy":"ask","after_seconds":0}})", token), "/lateness/after_seconds"));
  CHECK(names(front.patch("/projects/" + project, R"({"lateness":{"after_seconds":9}})", token), "/lateness/policy"));
}

// Posts that show pictures of the library.
#include "tests/http/routes/media/media_fixture.hpp"

using namespace pulse;
using tests::media_fixture;
using tests::names;
using tests::png;

namespace {

struct post_media_fixture : media_fixture {
  std::string picture = upload(png(400, 300, 300), "&name=a.png&alt_text=A%20wall").text("/id");

  std::string shows(const std::string& id, const std::string& more = {}) {
    return R"("media":[{"media_id":")" + id + "\"" + more + "}]";
  }
  tests::answered write(const std::string& more) {
    return post("/posts", R"({"project_id":")" + project + R"(","text":"Hello",)" + more + "}", token);
  }
};

}  // namespace

TEST_CASE("a post shows a picture of the library, which is counted and kept as long as it does", "[media]") {
  post_media_fixture front;
  front.add_x(front.token, front.project);
  const auto made = front.write(front.shows(front.picture));
  INFO(made.raw.bytes());
  REQUIRE(made.status() == 201);
  CHECK(made.text("/media/0/media_id") == front.picture);
  CHECK(made.text("/media/0/alt_text") == "A wall");
  CHECK(made.text("/image/url") == made.text("/media/0/url"));
  CHECK(front.get(made.text("/media/0/url").substr(17)).status() == 200);
  CHECK(front.get("/media/" + front.picture, front.token).body.at("uses") == 1);
  CHECK(front.remove("/media/" + front.picture, front.token).code() == "media_in_use");
  const auto id = made.text("/id");
  CHECK(front.get("/posts?project_id=" + front.project, front.token).text("/items/0/media/0/media_id") ==
        front.picture);
  const auto emptied = front.patch("/posts/" + id, R"({"media":[]})", front.token);
  CHECK(emptied.status() == 200);
  CHECK(emptied.body.at("media").as_array().empty());
  CHECK(emptied.body.at("image").is_null());
  CHECK(front.remove("/media/" + front.picture, front.token).status() == 204);
}

TEST_CASE("a picture that a platform would not take as it is goes out as one that it does", "[media]") {
  post_media_fixture front;
  front.add_account(front.token, front.project, "instagram");  // takes JPEG alone
  const auto made = front.write(front.shows(front.picture, R"(,"alt_text":"Ours")"));
  INFO(made.raw.bytes());
  REQUIRE(made.status() == 201);
  CHECK(made.text("/media/0/url").ends_with(".jpg"));
  CHECK(made.text("/image/alt_text") == "Ours");
  const auto sent = front.get(made.text("/media/0/url").substr(17));
  CHECK(sent.status() == 200);
  CHECK(sent.raw.content_type == "image/jpeg");
}

TEST_CASE("media that no channel can show are refused where they stand", "[media]") {
  post_media_fixture front;
  const auto x = front.add_x(front.token, front.project);
  const auto nobody = base::to_string(base::uuid_from_name("nobody's"));
  CHECK(names(front.write(front.shows(nobody)), "/media/0/media_id"));
  std::string many;
  for (int i = 0; i < 5; ++i) many += (i > 0 ? "," : "") + (R"({"media_id":")" + front.picture + "\"}");
  CHECK(names(front.write("\"media\":[" + many + "]"), "/media"));  // X takes four
  CHECK(names(front.write(front.shows(front.picture) + R"(,"image":{"url":"https://example.com/a.png"})"), "/image"));
  const auto flat = front.upload(png(600, 100, 100)).text("/id");
  front.add_account(front.token, front.project, "instagram");
  CHECK(names(front.write(front.shows(flat)), "/media/0"));
  CHECK(front.write(front.shows(flat) + R"(,"channel_ids":[")" + x + R"("])").status() == 201);
}

TEST_CASE("an image of the web takes the place of the library's, and the other way round", "[media]") {
  post_media_fixture front;
  front.add_x(front.token, front.project);
  const auto id = front.write(R"("image":{"url":"https://example.com/a.png"})").text("/id");
  const auto shown = front.patch("/posts/" + id, "{" + front.shows(front.picture) + "}", front.token);
  REQUIRE(shown.status() == 200);
  CHECK(shown.text("/media/0/media_id") == front.picture);
  const auto back = front.patch("/posts/" + id, R"({"image":{"url":"https://example.com/a.png"}})", front.token);
  CHECK(back.text("/image/url") == "https://example.com/a.png");
  CHECK(back.body.at("media").as_array().empty());
  CHECK(front.get("/media/" + front.picture, front.token).body.at("uses") == 0);
}

TEST_CASE("the catalogue says which platforms a stand-in serves", "[media]") {
  post_media_fixture front;
  front.services.stand_ins = {domain::channel_type::x};
  const auto all = front.get("/connectors/available", front.token);
  for (const auto& each : all.body.at("items").as_array())
    CHECK(each.at("is_sandbox").as_bool() == (each.at("type").as_string() == "x"));
}

TEST_CASE("the posts that show a picture are named, those that were deleted are not") {
  post_media_fixture front;
  front.add_x(front.token, front.project);
  CHECK(front.get("/media/" + front.picture + "/uses", front.token).body.at("items").as_array().empty());
  const auto id = front.write(front.shows(front.picture)).text("/id");
  const auto shown = front.get("/media/" + front.picture + "/uses", front.token);
  REQUIRE(shown.body.at("items").as_array().size() == 1);
  CHECK(shown.text("/items/0/post_id") == id);
  REQUIRE(front.remove("/posts/" + id, front.token).status() == 204);
  CHECK(front.get("/media/" + front.picture + "/uses", front.token).body.at("items").as_array().empty());
}

TEST_CASE("while a post is written its channels say what they would refuse, of its pictures, too") {
  post_media_fixture front;
  const auto x = front.add_x(front.token, front.project);
  const auto instagram = front.add_account(front.token, front.project, "instagram");
  const auto flat = front.upload(png(600, 100, 100)).text("/id");
  const auto check = [&](const std::string& media) {
    return front.post("/posts/check",
                      R"({"text":"Ours","platforms":["x","instagram"],"project_id":")" + front.project +
                          R"(","channel_ids":[")" + x + R"(",")" + instagram + R"("],"media":[)" + media + "]}",
                      front.token);
  };
  const auto bare = check("");
  REQUIRE(bare.status() == 200);
  REQUIRE(bare.body.at("channels").as_array().size() == 2);
  CHECK(bare.body.at_pointer("/channels/0/findings").as_array().empty());
  CHECK(bare.text("/channels/1/findings/0/kind") == "media");
  const auto wide = check(R"({"media_id":")" + flat + "\"}");
  CHECK(wide.body.at_pointer("/channels/0/findings").as_array().empty());
  CHECK(wide.text("/channels/1/findings/0/sentence").starts_with("Picture 1 is too wide for Instagram"));
  CHECK_FALSE(wide.body.at("is_good").as_bool());
  CHECK(check(R"({"media_id":")" + front.picture + "\"}").body.at("is_good").as_bool());
  REQUIRE(front.patch("/channels/" + x, R"({"is_active":false})", front.token).status() == 200);
  CHECK(check(R"({"media_id":")" + front.picture + "\"}").text("/channels/0/findings/0/kind") == "channel");
}

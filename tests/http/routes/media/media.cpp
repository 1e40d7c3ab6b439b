// Pictures and films over HTTP: uploaded, listed, served, removed.
#include "persistence/media/library.hpp"
#include "tests/http/routes/media/media_fixture.hpp"

using namespace pulse;
using http::server::verb;
using tests::answered;
using tests::media_fixture;
using tests::png;

TEST_CASE("a picture comes in, is found in its project's library, and can be described and removed", "[media]") {
  media_fixture front;
  const auto bytes = png(40, 30, 30);
  const auto made = front.upload(bytes, "&name=Grey.png&alt_text=A%20wall");
  INFO(made.raw.bytes());
  REQUIRE(made.status() == 201);
  CHECK(made.body.at("width") == 40);
  CHECK(made.body.at("height") == 30);
  CHECK(made.text("/type") == "image/png");
  CHECK(made.body.at("bytes") == bytes.size());
  const auto id = made.text("/id");
  const auto left = front.engine_database.transact_now(
      std::nullopt, [](persistence::transaction& tx) { return persistence::media::leftovers(tx, 10); });
  REQUIRE(left);
  CHECK(left->empty());
  CHECK(tests::count(front.get("/media?project_id=" + front.project + "&q=grey", front.token)) == 1);
  CHECK(tests::count(front.get("/media?project_id=" + front.project + "&q=WALL", front.token)) == 1);
  CHECK(tests::count(front.get("/media?project_id=" + front.project + "&q=blue", front.token)) == 0);
  CHECK(front.patch("/media/" + id, R"({"alt_text":"A door"})", front.token).text("/alt_text") == "A door");
  CHECK(front.remove("/media/" + id, front.token).status() == 204);
  CHECK(front.get("/media/" + id, front.token).status() == 404);
}

TEST_CASE("an upload in parts goes on where it stopped, and its id becomes the medium's", "[media]") {
  media_fixture front;
  const auto bytes = png(40, 30, 30);
  const auto at = front.begin(bytes.size());
  CHECK(front.offset_at(at) == "0");
  CHECK(front.part(at, 0, bytes.substr(0, 20), true).status() >= 400);  // the client left in the middle
  CHECK(front.offset_at(at) == "20");
  CHECK(front.part(at, 0, bytes).status() == 409);
  CHECK(front.part(at, 20, bytes.substr(20) + "more").status() == 413);
  const auto last = front.part(at, 20, bytes.substr(20));
  CHECK(last.status() == 204);
  CHECK(last.raw.find("upload-offset") == std::to_string(bytes.size()));
  CHECK(front.offset_at(at) == std::to_string(bytes.size()));
  const auto made = front.get("/media/" + at.substr(at.rfind('/') + 1), front.token);
  CHECK(made.status() == 200);
  CHECK(made.text("/name") == "a.png");
}

TEST_CASE("an upload whose last byte came before a crash is finished when somebody asks how far it is", "[media]") {
  media_fixture front;
  const auto bytes = png(40, 30, 30);
  const auto at = front.begin(bytes.size());
  CHECK(front.part(at, 0, bytes, true).status() >= 400);  // all bytes, and then nobody to look into them
  CHECK(front.offset_at(at) == std::to_string(bytes.size()));
  CHECK(front.get("/media/" + at.substr(at.rfind('/') + 1), front.token).status() == 200);
}

TEST_CASE("an upload that is ended, or too old, is gone, and so are its bytes", "[media]") {
  media_fixture front;
  const auto at = front.begin(1000);
  front.part(at, 0, "abc");
  CHECK(front.remove(at, front.token).status() == 204);
  CHECK(front.offset_at(at) == "none");
  const auto old = front.begin(1000);
  front.part(old, 0, "abc");
  front.clock.advance(std::chrono::hours{25});
  front.token = front.post("/auth/login", R"({"email":"owner@media.test","password":"correct horse battery"})")
                    .text("/access_token");
  CHECK(front.part(old, 3, "def").status() == 410);
  const auto forgotten = front.engine_database.transact_now(std::nullopt, [&](persistence::transaction& tx) {
    return persistence::media::forget_uploads(tx, front.clock.now(), 10);
  });
  REQUIRE(forgotten);
  CHECK(*forgotten == 1);
  const auto left = front.engine_database.transact_now(
      std::nullopt, [](persistence::transaction& tx) { return persistence::media::leftovers(tx, 10); });
  REQUIRE(left);
  CHECK(left->size() == 2);
}

TEST_CASE("what is no picture or film, or a dangerous one, is refused with a sentence, and nothing of it stays",
          "[media]") {  // asvs: 1.3.4 5.2.2
  media_fixture front;
  using namespace std::string_literals;
  const auto good = png(40, 30, 30);
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"text", "hello, I am a text"},
      {"nothing", ""},
      {"a page", "<html><script>alert(1)</script></html>"},
      {"a drawing with scripts", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"},
      {"cut off", good.substr(0, good.size() / 2)},
      {"rows missing", png(400, 300, 20)},
      {"a bomb", png(60'000, 60'000, 4)},
      {"an archive behind", good + "PK\x05\x06"s + std::string(18, '\0')},
      {"a script behind", good + "<script>alert(1)</script>"},
      {"a playlist", "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"},
      {"a film without an end",
       "\0\0\0\x18"
       "ftypmp42\0\0\0\0mp42isom\0\x10\0\0mdat"s +
           std::string(100, 'x')},
      {"a head alone", good.substr(0, 33)},
  };
  for (const auto& [name, bytes] : cases) {
    INFO(name);
    const auto got = front.upload(bytes);
    CHECK(got.status() == 422);
    CHECK(got.code() == "media_refused");
  }
  CHECK(front.upload(std::string(1024 * 1024 + 1, 'x')).status() == 413);
  CHECK(tests::count(front.get("/media?project_id=" + front.project, front.token)) == 0);
  const auto left = front.engine_database.transact_now(std::nullopt, [](persistence::transaction& tx) {
    return tx.execute(persistence::statement{"test_uploads_left", "SELECT FROM media_uploads"}).affected();
  });
  REQUIRE(left);
  CHECK(*left == 0);
}

TEST_CASE("a signed address gives the very bytes, whole or in a range, until it ends", "[media]") {  // asvs: 5.3.1
  media_fixture front;
  const auto bytes = png(40, 30, 30);
  const auto made = front.upload(bytes);
  REQUIRE(made.status() == 201);
  const auto path = made.text("/url").substr(std::string_view{"http://pulse.test"}.size());
  CHECK(path.ends_with(".png"));
  const auto whole = front.get(path);
  CHECK(whole.status() == 200);
  CHECK(whole.raw.parts_bytes == bytes.size());
  CHECK(whole.raw.content_type == "image/png");
  auto ranged = tests::front_door_fixture::request(verb::get, path);
  ranged.headers.push_back({"range", "bytes=10-19"});
  const auto some = front.answer(ranged);
  CHECK(some.status() == 206);
  CHECK(some.raw.find("content-range") == "bytes 10-19/" + std::to_string(bytes.size()));
  CHECK(some.raw.parts_bytes == 10);
  CHECK(front.get(made.text("/preview_url").substr(17)).raw.content_type == "image/jpeg");
  CHECK(front.get("/media/files/" + path.substr(13, 20) + (path[33] == 'A' ? "B" : "A") + path.substr(34)).status() ==
        404);
  auto behind = tests::front_door_fixture::request(verb::get, path);
  behind.headers.push_back({"range", "bytes=1000000-"});
  const auto none = front.answer(behind);
  CHECK(none.status() == 416);
  CHECK(none.text("/title") == "Range not satisfiable");
  CHECK(none.raw.find("content-range") == "bytes */" + std::to_string(bytes.size()));
  front.clock.advance(std::chrono::hours{8});
  CHECK(front.get(path).status() == 404);
}

TEST_CASE("one company sees nothing of another's pictures", "[media]") {
  media_fixture front;
  const auto made = front.upload(png(4, 3, 3));
  REQUIRE(made.status() == 201);
  const auto stranger = front.sign_up("stranger");
  CHECK(front.get("/media/" + made.text("/id"), stranger).status() == 404);
  CHECK(front.remove("/media/" + made.text("/id"), stranger).status() == 404);
  CHECK(front.get("/media?project_id=" + front.project, stranger).status() == 404);
}

TEST_CASE("what nobody has shown for long is removed, with its files", "[media]") {
  media_fixture front;
  REQUIRE(front.upload(png(4, 3, 3)).status() == 201);
  const auto forgotten = front.engine_database.transact_now(std::nullopt, [&](persistence::transaction& tx) {
    return persistence::media::forget_unused(tx, front.clock.now() + std::chrono::hours{1}, 10);
  });
  REQUIRE(forgotten);
  CHECK(*forgotten == 1);
  const auto left = front.engine_database.transact_now(
      std::nullopt, [](persistence::transaction& tx) { return persistence::media::leftovers(tx, 10); });
  REQUIRE(left);
  REQUIRE(left->size() == 1);
  CHECK(front.media.files().open(left->front(), persistence::media::original));
  CHECK(front.media.files().remove(left->front()));
  CHECK_FALSE(front.media.files().open(left->front(), persistence::media::original));
}

// Films that are refused: by Pulse, and those that a platform would refuse.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/http/routes/media/media_fixture.hpp"

using namespace pulse;
using tests::media_fixture;
using tests::names;
using namespace std::string_literals;

namespace {

struct film_fixture : media_fixture {
  support::temporary_directory folder;

  /// What ffmpeg makes of a source and the words behind it.
  std::string make(const std::string& source, const std::string& more, const std::string& name = "film.mp4") {
    const auto path = folder.path() / name;
    const auto command = "ffmpeg -v error -y -f lavfi -i '" + source + "' " + more + " '" + path.string() + "'";
    REQUIRE(std::system(command.c_str()) == 0);
    std::ostringstream bytes;
    bytes << std::ifstream{path, std::ios::binary}.rdbuf();
    return bytes.str();
  }
  tests::answered write(const std::string& film_id, const std::string& channel) {
    return post("/posts",
                R"({"project_id":")" + project + R"(","text":"Hello","channel_ids":[")" + channel +
                    R"("],"media":[{"media_id":")" + film_id + "\"}]}",
                token);
  }
};

}  // namespace

TEST_CASE("a preflight says what a platform would refuse of a film that the post shows already", "[media][film]") {
  film_fixture front;
  const auto threads = front.add_account(front.token, front.project, "threads");
  const auto film = front.upload(front.make("testsrc=size=400x400:rate=30", "-t 4 -c:v libx264 -pix_fmt yuv420p"));
  REQUIRE(film.status() == 201);
  const auto post = front.write(film.text("/id"), threads);
  REQUIRE(post.status() == 201);
  const auto at = "/posts/" + post.text("/id");
  CHECK(front.post(at + "/preflight", "", front.token).body.at("is_good").as_bool());
  // As if the platform had come to take less since the post was written.
  const auto owners = front.engine_database.transact_now(std::nullopt, [](persistence::transaction& tx) {
    return tx.execute(persistence::statement{"test_owner_of_film", "SELECT tenant_id FROM media"})
        .get<base::uuid>(0, 0);
  });
  REQUIRE(owners);
  const auto changed = front.database.transact_now(*owners, [](persistence::transaction& tx) {
    return tx.execute(persistence::statement{"test_longer_film", "UPDATE media SET duration_ms = 301000"}).affected();
  });
  REQUIRE(changed);
  REQUIRE(*changed == 1);
  const auto told = front.post(at + "/preflight", "", front.token);
  CHECK_FALSE(told.body.at("is_good").as_bool());
  CHECK(told.text("/channels/0/findings/0/kind") == "media");
  CHECK(told.text("/channels/0/findings/0/sentence") == "Film 1 is longer than Threads takes.");
  const auto scheduled = front.post(
      at + "/schedule", R"({"scheduled_at":")" + base::to_string(front.clock.now() + std::chrono::hours{1}) + "\"}",
      front.token);
  REQUIRE(scheduled.status() == 200);
  CHECK_FALSE(scheduled.body.at_pointer("/preflight/is_good").as_bool());
}

TEST_CASE("a film of a moment, of a week, cut off, without pictures or two things at once is refused",
          "[media][film]") {
  film_fixture front;
  const auto good = front.make("testsrc=size=64x64:rate=30", "-t 1 -c:v libx264 -pix_fmt yuv420p");
  const std::vector<std::tuple<std::string, std::string, std::string>> cases = {
      {"a moment", front.make("testsrc=size=64x64:rate=1000", "-frames:v 1 -c:v libx264 -pix_fmt yuv420p"),
       "from 0.1 s to 12 hours"},
      {"a week",
       front.make("testsrc=size=64x64:rate=1/86400",
                  "-frames:v 7 -video_track_timescale 1000 -c:v libx264 -pix_fmt yuv420p"),
       "from 0.1 s to 12 hours"},
      {"sound alone", front.make("sine=frequency=400", "-t 1 -c:a aac"), "has no pictures"},
      {"too small", front.make("testsrc=size=8x8:rate=30", "-t 1 -c:v mpeg4"), "from 16 to 8,192"},
      {"cut off", good.substr(0, good.size() / 2), ""},
      {"without its head", good.substr(64), ""},
      {"an archive behind", good + "PK\x05\x06"s + std::string(18, '\0'), ""},
      {"a page behind", good + "<script>alert(1)</script>", ""},
  };
  for (const auto& [name, bytes, said] : cases) {
    CAPTURE(name, bytes.size());
    const auto got = front.upload(bytes);
    INFO(got.raw.bytes());
    CHECK(got.status() == 422);
    CHECK(got.code() == "media_refused");
    CHECK(got.text("/detail").find(said) != std::string::npos);
  }
  CHECK(front.upload(good).status() == 201);
  CHECK(tests::count(front.get("/media?project_id=" + front.project, front.token)) == 1);
}

// Where pictures and films are kept, how much room there is, and what a check tells.
#include <filesystem>
#include <fstream>

#include "http/routes/people/operator_acts.hpp"
#include "tests/http/joined_member.hpp"
#include "tests/http/routes/media/media_fixture.hpp"

using namespace pulse;
using tests::answered;
using tests::media_fixture;
using tests::png;

namespace {

struct storage_fixture : media_fixture {
  std::string admin_of_platform() {
    const auto root = sign_up("operators");
    persistence::database login({.url = url, .connections = 1, .as = persistence::role::login});
    const auto promoted = http::routes::promote_by_operator(login, "owner@operators.test", clock.now());
    login.stop();
    REQUIRE(promoted.has_value());
    REQUIRE(*promoted == 1);
    door.known().forget(*base::parse_uuid(get("/auth/me", root).text("/member/id")));
    return root;
  }
};

/// A desk that keeps its files in this folder.
http::media_desk desk_at(const std::filesystem::path& folder, http::media_desk::options how) {
  return {std::move(*persistence::media::make_folder_store(folder)), persistence::media::find_media_worker(),
          persistence::media::link_signer{tests::test_secret}, std::move(how)};
}

}  // namespace

TEST_CASE("those who run a company see how much room its pictures and films take, and may take", "[media]") {
  storage_fixture front;
  const auto space = [&](const std::string& token) { return front.get("/media/space", token); };
  const auto before = space(front.token);
  REQUIRE(before.status() == 200);
  CHECK(before.text("/kept") == "this_server");
  CHECK(before.body.at("used_bytes") == 0);
  CHECK(before.body.at("allowed_bytes") == front.media.how().company_bytes_max);
  CHECK(before.body.at("file_bytes_max") == front.media.how().file_bytes_max);
  const auto bytes = png(40, 30, 30);
  REQUIRE(front.upload(bytes).status() == 201);
  front.begin(1000);  // announced, and so taken
  CHECK(space(front.token).body.at("used_bytes") == bytes.size() + 1000);
  const auto member = tests::join(front, front.token, "member", "member");
  CHECK(space(member).status() == 403);
}

TEST_CASE("what one may upload is measured by all projects, also for who sees only one of them", "[media]") {
  storage_fixture front;
  const auto bytes = png(40, 30, 30);
  auto small = desk_at(front.media_folder.path(),
                       {.company_bytes_max = static_cast<std::int64_t>(bytes.size()) + 10, .free_bytes_min = 0});
  front.services.media = &small;
  REQUIRE(front.upload(bytes).status() == 201);
  const auto elsewhere = front.add_project(front.token, "Elsewhere");
  const auto limited = front.post(
      "/auth/tokens", R"({"name":"t","scopes":["write_posts"],"project_ids":[")" + elsewhere + R"("]})", front.token);
  REQUIRE(limited.status() == 201);
  front.token = limited.text("/token");
  front.project = elsewhere;
  const auto begun = front.stream(http::server::verb::post, "/media?project_id=" + elsewhere + "&name=a.png", {},
                                  front.tus({{"upload-length", std::to_string(bytes.size())}}));
  CHECK(begun.status() == 409);
  CHECK(begun.code() == "media_full");
}

TEST_CASE("the installation's administrator sees where media are kept, and nobody else does", "[media]") {
  storage_fixture front;
  const auto root = front.admin_of_platform();
  const auto shown = front.get("/admin/media-storage", root);
  REQUIRE(shown.status() == 200);
  CHECK(shown.text("/kept") == "this_server");
  CHECK(shown.body.at("bucket").is_null());
  CHECK(shown.body.at("free_bytes").as_int64() > 0);
  CHECK(front.get("/admin/media-storage", front.token).status() == 403);
  CHECK(front.post("/admin/media-storage/check", "", front.token).status() == 403);

  std::optional<std::string> wrong = "The bucket is not there.";
  auto desk = desk_at(front.media_folder.path(), {.free_bytes_min = 0,
                                                  .bucket = "pulse-media",
                                                  .bucket_endpoint = "https://s3.example.org",
                                                  .check_bucket = [&wrong] { return wrong; }});
  front.services.media = &desk;
  const auto in_bucket = front.get("/admin/media-storage", root);
  CHECK(in_bucket.text("/kept") == "bucket");
  CHECK(in_bucket.text("/bucket") == "pulse-media");
  CHECK(in_bucket.text("/endpoint") == "https://s3.example.org");
  const auto refused = front.post("/admin/media-storage/check", "", root);
  REQUIRE(refused.status() == 200);
  CHECK_FALSE(refused.body.at("is_well").as_bool());
  CHECK(refused.text("/problem") == *wrong);
  wrong.reset();
  const auto well = front.post("/admin/media-storage/check", "", root);
  CHECK(well.body.at("is_well").as_bool());
  CHECK(well.body.at("problem").is_null());
  // Of the bucket a company learns that there is one.
  const auto space = front.get("/media/space", front.token);
  CHECK(space.text("/kept") == "bucket");
  CHECK(space.raw.body.find("pulse-media") == std::string::npos);
}

TEST_CASE("a check writes and removes where media are kept, and tells of a folder that takes nothing", "[media]") {
  storage_fixture front;
  const auto root = front.admin_of_platform();
  const support::temporary_directory folder;
  const auto inside = folder.path() / "media";
  auto desk = desk_at(inside, {.free_bytes_min = 0, .folder = inside.string()});
  front.services.media = &desk;
  const auto check = [&] { return front.post("/admin/media-storage/check", "", root); };
  CHECK(check().body.at("is_well").as_bool());
  for (const auto& each : std::filesystem::recursive_directory_iterator{inside}) CHECK(each.is_directory());
  std::filesystem::remove_all(inside);
  std::ofstream{inside} << "a file in the folder's place";
  const auto told = check();
  CHECK_FALSE(told.body.at("is_well").as_bool());
  CHECK(told.text("/problem").find("cannot be written") != std::string::npos);
  std::filesystem::remove(inside);

  auto full = desk_at(inside, {.free_bytes_min = std::uint64_t{1} << 60, .folder = inside.string()});
  front.services.media = &full;
  CHECK(check().text("/problem").find("make room") != std::string::npos);
}

// The bucket client against its stand-in, and the stand-in against a faulty client.
#include "connectors/s3/bucket.hpp"

#include "tests/sandbox/s3/bucket_fixture.hpp"

using namespace pulse;
using connectors::s3::failure_kind;
using connectors::s3::part;
using tests::bucket_fixture;
using tests::some_bytes;

namespace {

constexpr std::size_t part_bytes = 5 * 1024 * 1024;

}  // namespace

TEST_CASE("an object is put, measured, read in ranges, listed and removed", "[s3]") {
  bucket_fixture at;
  const auto bucket = at.bucket();
  CHECK_FALSE(bucket.check());
  REQUIRE(bucket.put("a b/+c", "0123456789"));
  REQUIRE(bucket.put("a b/d", "x"));
  CHECK(*bucket.size("a b/+c") == 10);
  CHECK(*bucket.get("a b/+c", 2, 3) == "234");
  CHECK(*bucket.get("a b/+c", 8, 100) == "89");
  CHECK(*bucket.list("a b/") == std::vector<std::string>{"a b/+c", "a b/d"});
  CHECK(bucket.list("none")->empty());
  REQUIRE(bucket.remove("a b/+c"));
  REQUIRE(bucket.remove("a b/+c"));
  CHECK(bucket.size("a b/+c").error().kind == failure_kind::missing);
  CHECK(bucket.get("a b/+c", 0, 1).error().code == "NoSuchKey");
}

TEST_CASE("a bucket whose name stands before the host is the same bucket", "[s3]") {
  bucket_fixture at;
  const auto by_host = at.bucket(at.options_by_host());
  const auto by_path = at.bucket();
  CHECK_FALSE(by_host.check());
  REQUIRE(by_host.put("a b/+c", "0123456789"));
  CHECK(*by_path.get("a b/+c", 2, 3) == "234");
  REQUIRE(by_path.put("a b/d", "x"));
  CHECK(*by_host.list("a b/") == std::vector<std::string>{"a b/+c", "a b/d"});
  REQUIRE(by_host.remove("a b/+c"));
  CHECK(by_path.size("a b/+c").error().kind == failure_kind::missing);
  int by_path_alone = 0;
  for (const auto& line : at.box.journal("arrived")) {
    const auto path = std::string{line.at("path").as_string()};
    by_path_alone += path.starts_with("/pulse-media") ? 1 : 0;
  }
  CHECK(by_path_alone == 3);
}

TEST_CASE("a bucket before the host that is not there, or not the key's, is refused", "[s3]") {
  bucket_fixture at;
  auto how = at.options_by_host();
  how.tries = 1;
  how.name = "none";
  const auto found = at.bucket(how).check();
  REQUIRE(found);
  CHECK_THAT(found->sentence, Catch::Contains("MEDIA_S3_BUCKET"));
}

TEST_CASE("an object that comes in parts is there when it is completed, and not before", "[s3]") {
  const bool is_by_host = GENERATE(false, true);
  bucket_fixture at;
  const auto bucket = at.bucket(is_by_host ? at.options_by_host() : at.options());
  const auto bytes = some_bytes(part_bytes + 1000);
  const auto id = bucket.begin("film");
  REQUIRE(id);
  const auto first = bucket.put_part("film", *id, 1, std::string_view{bytes}.substr(0, part_bytes));
  const auto second = bucket.put_part("film", *id, 2, std::string_view{bytes}.substr(part_bytes));
  REQUIRE(first);
  REQUIRE(second);
  CHECK(*bucket.parts("film", *id) == std::vector<part>{*first, *second});
  CHECK(bucket.unfinished_below("fi")->size() == 1);
  CHECK(bucket.size("film").error().kind == failure_kind::missing);
  REQUIRE(bucket.complete("film", *id, {*first, *second}));
  CHECK(*bucket.size("film") == static_cast<std::int64_t>(bytes.size()));
  CHECK(*bucket.get("film", part_bytes - 10, 20) == bytes.substr(part_bytes - 10, 20));
  CHECK(bucket.unfinished_below("")->empty());
  CHECK(bucket.parts("film", *id).error().kind == failure_kind::missing);
}

TEST_CASE("parts out of order, too small, unknown or of a given-up upload are refused", "[s3]") {
  bucket_fixture at;
  const auto bucket = at.bucket();
  const auto id = *bucket.begin("film");
  const auto small = *bucket.put_part("film", id, 1, "small");
  const auto last = *bucket.put_part("film", id, 2, "last");
  CHECK(bucket.complete("film", id, {small, last}).error().code == "EntityTooSmall");
  CHECK(bucket.complete("film", id, {last, small}).error().code == "InvalidPartOrder");
  CHECK(bucket.complete("film", id, {{1, "\"other\"", 5}}).error().code == "InvalidPart");
  CHECK(bucket.put_part("film", id, 10'001, "x").error().code == "InvalidArgument");
  CHECK(bucket.put_part("other", id, 1, "x").error().code == "NoSuchUpload");
  REQUIRE(bucket.abandon({"film", id}));
  REQUIRE(bucket.abandon({"film", id}));
  CHECK(bucket.put_part("film", id, 1, "x").error().kind == failure_kind::missing);
}

TEST_CASE("what keeps a bucket from serving is said with the setting to mend", "[s3]") {
  bucket_fixture at;
  const auto sentence = [&at](auto change) {
    auto how = at.options();
    how.tries = 1;
    change(how);
    const auto found = at.bucket(how).check();
    return found ? found->sentence : std::string{};
  };
  CHECK_THAT(sentence([](auto& how) { how.name = "none"; }), Catch::Contains("MEDIA_S3_BUCKET"));
  CHECK_THAT(sentence([](auto& how) { how.as.key_id = "none"; }), Catch::Contains("MEDIA_S3_KEY_ID"));
  CHECK_THAT(sentence([](auto& how) { how.as.secret_key = base::secret{"wrong"}; }),
             Catch::Contains("MEDIA_S3_SECRET_KEY") && !Catch::Contains("wrong"));
  CHECK_THAT(sentence([](auto& how) { how.as.region = "eu-west-1"; }), Catch::Contains("MEDIA_S3_REGION"));
  CHECK_THAT(sentence([](auto& how) { how.endpoint = "http://127.0.0.1:1/s3"; }), Catch::Contains("MEDIA_S3_ENDPOINT"));
  at.box.add_fault(R"({"platform":"s3","kind":"status","status":403,"match":{"method":"PUT"}})");
  CHECK_THAT(sentence([](auto&) {}), Catch::Contains("s3:PutObject"));
  CHECK(sentence([](auto&) {}).empty());
}

TEST_CASE("a clock that is wrong is found out", "[s3]") {
  bucket_fixture at;
  base::manual_clock late{tests::sandbox_start + std::chrono::hours{1}};
  const connectors::s3::bucket bucket{at.options(), at.client, late};
  const auto found = bucket.check();
  REQUIRE(found);
  CHECK_THAT(found->sentence, Catch::Contains("clock"));
}

TEST_CASE("a call whose connection is cut, or that is asked to come again, is made again", "[s3]") {
  bucket_fixture at;
  const auto bucket = at.bucket();
  at.box.add_fault(R"({"platform":"s3","kind":"drop_before","match":{"method":"PUT"}})");
  at.box.add_fault(R"({"platform":"s3","kind":"status","status":503,"match":{"method":"PUT"}})");
  REQUIRE(bucket.put("a", "bytes"));
  CHECK(*bucket.get("a", 0, 5) == "bytes");
  at.box.add_fault(R"({"platform":"s3","kind":"cut","bytes":200,"match":{"method":"GET"}})");
  CHECK(*bucket.get("a", 0, 5) == "bytes");
  at.box.add_fault(R"({"platform":"s3","kind":"status","status":503,"count":0,"match":{"method":"PUT"}})");
  CHECK(bucket.put("b", "bytes").error().kind == failure_kind::unreachable);
}

TEST_CASE("a completion that is answered 200 with an error in it has failed", "[s3]") {
  bucket_fixture at;
  auto how = at.options();
  how.tries = 1;
  const auto bucket = at.bucket(how);
  const auto id = *bucket.begin("film");
  const auto only = *bucket.put_part("film", id, 1, "bytes");
  at.limit(R"("fail_in_200":true)");
  CHECK(bucket.complete("film", id, {only}).error().kind == failure_kind::unreachable);
  CHECK(bucket.size("film").error().kind == failure_kind::missing);
  REQUIRE(bucket.complete("film", id, {only}));
}

TEST_CASE("a list goes over several pages", "[s3]") {
  bucket_fixture at;
  const auto bucket = at.bucket();
  const auto id = *bucket.begin("film");
  for (int i = 1; i <= 1'001; ++i) REQUIRE(bucket.put_part("film", id, i, "x"));
  CHECK(bucket.parts("film", id)->size() == 1'001);
}

// JSON of described structs, read and written.
#include "base/json.hpp"

#include "tests/base/json_samples.hpp"
#include "tests/support/random_case.hpp"

using namespace pulse::tests;
using pulse::support::random_source;

TEST_CASE("a described struct is read from JSON and written as JSON") {
  const auto value = json::read<whole_thing>(good);
  REQUIRE(value);
  CHECK(value->title == "T");
  CHECK_FALSE(value->note);
  CHECK(value->extra->count == -1);
  CHECK(value->parts.at(0).name.value == "a");
  CHECK(value->counts.at("k") == 2);
  CHECK(value->feeling == sample::mood::delete_);
  CHECK(value->large == 18446744073709551615U);
  CHECK(json::to_json(*value) ==
        R"({"title":"T","note":null,"extra":{"name":"x","count":-1},"parts":[{"name":"a","count":1}],"counts":{"k":2},)"
        R"("feeling":"delete","open":true,"ratio":0.5,"large":18446744073709551615,)"
        R"("id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f","at":"2026-11-22T08:30:00.000000Z"})");
  CHECK(*json::read<whole_thing>(json::to_json(*value)) == *value);
}

TEST_CASE("inherited members come first") {
  sample::derived_part value;
  value.second = 2;
  CHECK(json::to_json(value) == R"({"first":0,"second":2})");
  CHECK(json::read<sample::derived_part>(R"({"second":5,"first":4})")->first == 4);
}

TEST_CASE("optional members may be missing or null") {
  CHECK(json::read<whole_thing>(changed(R"("note":null,"extra":{"name":"x","count":-1},)", "")));
  CHECK(json::read<whole_thing>(changed(R"({"name":"x","count":-1})", "null")));
}

TEST_CASE("an omittable member without a value is not written") {
  const auto written_again = [](std::string_view text) { return json::to_json(*json::read<told>(text)); };
  CHECK(json::to_json(told{}) == R"({"always":null})");
  CHECK(written_again(R"({"count":0})") == R"({"always":null,"count":0})");
  CHECK(written_again(R"({"always":1,"reason":"why"})") == R"({"always":1,"reason":"why"})");
  CHECK(written_again(R"({"always":null,"reason":null,"count":null})") == R"({"always":null})");
  CHECK(problems<told>(R"({"count":"7"})") == std::vector<std::string>{"/count must be a number, is a string"});
}

TEST_CASE("a nullable member distinguishes omitted, null and a value") {
  const auto read = [](std::string_view text) { return json::read<one<nullable<int>>>(text)->v; };
  CHECK(read("{}") == nullable<int>{});
  CHECK(read(R"({"v":null})") == nullable<int>{.is_given = true});
  CHECK(read(R"({"v":7})") == nullable<int>{.is_given = true, .value = 7});
  CHECK(problems<one<nullable<int>>>(R"({"v":"7"})") == std::vector<std::string>{"/v must be a number, is a string"});
}

TEST_CASE("strings are written with the escapes that JSON wants and no others") {  // asvs: 1.2.3
  std::string out;
  json::write_string(out, "a\"b\\c\n\r\t\b\f\x01\x1f\x7f/äöü👍");
  CHECK(out == R"("a\"b\\c\n\r\t\u0008\u000c\u0001\u001f)"
               "\x7f"
               R"(/äöü👍")");
}

TEST_CASE("any text comes back from JSON, also when Boost.JSON reads or writes it") {  // asvs: 1.2.3
  random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = random.between(0, 30); i > 0; --i) {
      constexpr std::string_view pieces[] = {"a",    "\"", "\\", "/", "\n",      "\t", "\x01", "\x1f",
                                             "\x7f", "ä",  "€",  "👍", "\\u0041", ":",  "{",    "}"};
      text += pieces[random.between<std::size_t>(0, std::size(pieces) - 1)];
    }
    INFO(text);
    const one<std::string> value{text};
    const auto written = json::to_json(value);
    REQUIRE(json::read<one<std::string>>(written)->v == text);
    REQUIRE(boost::json::parse(written).at("v").as_string() == text);
    REQUIRE(json::read<one<std::string>>(boost::json::serialize(boost::json::object{{"v", text}}))->v == text);
  }
}

TEST_CASE("any described value comes back from its JSON") {
  random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  const auto word = [&](std::size_t most) { return random.of("abc \"\\\n", random.between<std::size_t>(0, most)); };
  // A name must show something.
  const auto part = [&] { return sample::part{{"c" + word(4)}, random.between<std::int16_t>(-32768, 32767)}; };
  for (int round = 0; round < 2000; ++round) {
    whole_thing value;
    value.title = word(5);
    if (random.between(0, 1) == 1) value.note = word(5);
    if (random.between(0, 1) == 1) value.extra = part();
    value.parts.resize(random.between<std::size_t>(0, 4));
    for (auto& each : value.parts) each = part();
    for (int i = random.between(0, 4); i > 0; --i) value.counts[word(5)] = random.between(-1'000'000, 1'000'000);
    value.feeling = random.between(0, 1) == 1 ? sample::mood::calm : sample::mood::delete_;
    value.open = random.between(0, 1) == 1;
    value.ratio = random.between(-1000, 1000) / 8.0;  // exact in binary and in a few decimal digits
    value.large = random.engine()();
    for (auto& byte : value.id.bytes) byte = random.between<std::uint8_t>(0, 255);
    value.at = timestamp{std::chrono::microseconds{random.between<std::int64_t>(0, 253402300799999999)}};
    const auto written = json::to_json(value);
    INFO(written);
    const auto read = json::read<whole_thing>(written);
    REQUIRE(read);
    REQUIRE(*read == value);
  }
}

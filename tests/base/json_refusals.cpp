// JSON that is malformed, or does not fit its struct: every problem has its path, and every limit holds.
#include "base/json.hpp"

#include "tests/base/json_samples.hpp"
#include "tests/support/random_case.hpp"

using namespace pulse::tests;
using pulse::support::random_source;

TEST_CASE("every problem is reported with the path of its place") {  // asvs: 1.5.2 15.3.5
  CHECK(problems<whole_thing>(changed(R"("name":"a")", R"("name":"")")) == lines{"/parts/0/name must not be empty"});
  CHECK(problems<whole_thing>(changed(R"("name":"x")", R"("name":"sixsix")")) ==
        lines{"/extra/name must have at most 5 characters, has 6"});
  CHECK(problems<whole_thing>(changed(R"("title":"T")", R"("title":7)")) ==
        lines{"/title must be a string, is a number"});
  CHECK(problems<whole_thing>(changed(R"("title":"T",)", "")) == lines{"/title is required"});
  CHECK(problems<whole_thing>(changed(R"("title":"T")", R"("title":null)")) ==
        lines{"/title must be a string, is null"});
  CHECK(problems<whole_thing>(changed("true", "1")) == lines{"/open must be true or false, is a number"});
  CHECK(problems<whole_thing>(changed("0.5", R"("x")")) == lines{"/ratio must be a number, is a string"});
  CHECK(problems<whole_thing>(changed(R"([{"name":"a","count":1}])", "{}")) ==
        lines{"/parts must be a list, is an object"});
  CHECK(problems<whole_thing>(changed(R"({"k":2})", R"({"a/b~c":"x"})")) ==
        lines{"/counts/a~1b~0c must be a number, is a string"});
  CHECK(problems<whole_thing>(changed(R"("delete")", R"("delete_")")) == lines{"/feeling must be one of calm, delete"});
  CHECK(problems<whole_thing>(changed("98c4", "xxxx")) == lines{"/id must be a UUID"});
  CHECK(problems<whole_thing>(changed("08:30:00Z", "08:30:00")) ==
        lines{"/at must be a date and time with its zone, such as 2026-11-22T08:30:00Z"});
  CHECK(problems<whole_thing>(changed(R"("count":1)", R"("count":1.5)")) ==
        lines{"/parts/0/count must be a whole number"});
  CHECK(problems<whole_thing>("[]") == lines{" must be an object, is a list"});
  CHECK(problems<whole_thing>("null") == lines{" must be an object, is null"});
  CHECK(problems<sample::part>(R"({"name":1,"count":"x","a":1,"b":2})") ==
        lines{"/name must be a string, is a number", "/count must be a number, is a string",
              "/a is not a field of this request", "/b is not a field of this request"});
}

TEST_CASE("problems are counted up to their limit") {
  std::string text = R"({"v":1)";
  for (int i = 0; i < 1000; ++i) text += ",\"x" + std::to_string(i) + "\":1";
  CHECK(problems<one<int>>(text + "}").size() == json::max_problems);
}

TEST_CASE("what is not JSON is refused") {
  for (const std::string text : {"",
                                 " ",
                                 "{",
                                 "}",
                                 "{]",
                                 R"({"v":1)",
                                 R"({"v":1}})",
                                 R"({"v":1} x)",
                                 R"({"v":1,})",
                                 R"({v:1})",
                                 R"({'v':1})",
                                 R"({"v":01})",
                                 R"({"v":+1})",
                                 R"({"v":1.})",
                                 R"({"v":.5})",
                                 R"({"v":1e})",
                                 R"({"v":NaN})",
                                 R"({"v":Infinity})",
                                 R"({"v":0x10})",
                                 R"({"v":tru})",
                                 R"({"v":1/*c*/})",
                                 R"({"v" 1})",
                                 R"({"v":})",
                                 "{\"v\":\"a\nb\"}",
                                 "{\"v\":\"\t\"}",
                                 R"({"v":"\x"})",
                                 R"({"v":"\u12"})",
                                 R"({"v":"\ud800"})",
                                 R"({"v":"\udc00"})",
                                 R"({"v":"\ud800\u0041"})",
                                 "{\"v\":\"\xff\"}",
                                 "{\"v\":\"\xc0\x80\"}",
                                 "{\"v\":\"\xed\xa0\x80\"}",
                                 "\xef\xbb\xbf{\"v\":1}",
                                 "{\"\xff\":1}",
                                 "[1,]",
                                 "nul",
                                 "\"",
                                 "-",
                                 "1 2"}) {
    INFO(text);
    const auto found = problems<one<boost::json::value>>(text);
    REQUIRE(found.size() == 1);
    CHECK(found.front().starts_with(" is not valid JSON: "));
  }
  CHECK_FALSE(problems<one<int>>(std::string("{\"v\":1}\0", 8)).empty());
}

TEST_CASE("JSON nested deeper than its limit is refused, however deep it is") {
  const auto nested = [](std::size_t depth) {
    return R"({"v":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
  };
  CHECK(problems<one<boost::json::value>>(nested(json::max_depth)).empty());
  CHECK(problems<one<boost::json::value>>(nested(json::max_depth + 1)) == lines{" is nested deeper than 16 levels"});
  CHECK(problems<one<boost::json::value>>(std::string(500'000, '[')) == lines{" is nested deeper than 16 levels"});
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += R"({"a":)";
  CHECK(problems<one<boost::json::value>>(objects) == lines{" is nested deeper than 16 levels"});
}

TEST_CASE("a name given twice in one object is refused with its path") {
  CHECK(problems<one<int>>(R"({"v":1,"v":2})") == lines{"/v is given twice"});
  CHECK(problems<one<int>>(R"({"v":1,"\u0076":2})") == lines{"/v is given twice"});
  CHECK(problems<one<boost::json::value>>(R"({"v":[1,"a:b",{"x" : {"y":1,"z":-2.5e3,"y":[]}}]})") ==
        lines{"/v/2/x/y is given twice"});
  CHECK(problems<one<boost::json::value>>(R"({"v":{"":1,"":2}})") == lines{"/v/ is given twice"});
  CHECK(problems<one<boost::json::value>>(R"({"v":[{"a":1},{"a":1,"b":"\"a\":"},"a",["a"]]})").empty());
  CHECK(problems<one<boost::json::value>>(R"({"v":{"\\":1,"\"":2,"a\\\"":"\\"}})").empty());
  std::string many = "{";
  for (int i = 0; i < 10'000; ++i) many += "\"v\":1,";
  CHECK(problems<one<int>>(many + "\"v\":1}").size() == json::max_problems);
}

TEST_CASE("a path in a problem shows only the beginning of a long name") {
  const std::string name(100'000, 'k');
  const std::string unknown = "… is not a field of this request";
  CHECK(problems<one<int>>("{\"v\":1,\"" + name + "\":2}") == lines{"/" + name.substr(0, 100) + unknown});
  std::string umlauts;
  for (int i = 0; i < 99; ++i) umlauts += "ä";
  CHECK(problems<one<int>>("{\"v\":1,\"k" + umlauts + "\":2}") == lines{"/k" + umlauts.substr(0, 98) + unknown});
}

TEST_CASE("NUL is refused wherever it could get in") {
  CHECK(problems<one<std::string>>(R"({"v":"a\u0000b"})") == lines{"/v must not contain NUL"});
  CHECK(problems<sample::part>(R"({"name":"\u0000","count":1})") == lines{"/name must be valid UTF-8 without NUL"});
  CHECK(problems<one<boost::json::value>>(R"({"v":[{"a":["\u0000"]}]})") == lines{"/v/0/a/0 must not contain NUL"});
  CHECK(problems<one<boost::json::value>>(R"({"v":{"a\u0000":1}})").size() == 1);
  CHECK(problems<one<sample::counted>>(R"({"v":{"a\u0000":1}})").size() == 1);
  CHECK(problems<one<std::string>>(R"({"v":"\\u0000"})").empty());
}

TEST_CASE("whole numbers keep the range of their type") {  // asvs: 1.4.2
  CHECK(json::read<one<std::int8_t>>(R"({"v":127})")->v == 127);
  CHECK(json::read<one<std::int8_t>>(R"({"v":-128})")->v == -128);
  for (const std::string number : {"128", "-129", "9223372036854775808", "18446744073709551615"}) {
    CHECK(problems<one<std::int8_t>>(R"({"v":)" + number + "}") == lines{"/v is out of range"});
  }
  CHECK(json::read<one<std::uint64_t>>(R"({"v":18446744073709551615})")->v == 18446744073709551615U);
  CHECK(problems<one<std::uint64_t>>(R"({"v":-1})") == lines{"/v is out of range"});
  CHECK(json::read<one<int>>(R"({"v":-0})")->v == 0);
  for (const std::string number : {"1.0", "1e2", "18446744073709551616", "1e400"}) {
    INFO(number);
    CHECK_FALSE(problems<one<int>>(R"({"v":)" + number + "}").empty());
  }
  CHECK(json::read<one<sample::bounded>>(R"({"v":10})")->v.value == 10);
  CHECK(problems<one<sample::bounded>>(R"({"v":11})").size() == 1);
  CHECK(problems<one<sample::bounded>>(R"({"v":0})").size() == 1);
  CHECK(problems<one<sample::bounded>>(R"({"v":"5"})").size() == 1);
  CHECK(problems<one<sample::bounded>>(R"({"v":99999999999999999999})").size() == 1);
}

TEST_CASE("fractional numbers are finite") {
  CHECK(json::read<one<double>>(R"({"v":-1.5e300})")->v == Approx(-1.5e300));
  CHECK(json::read<one<double>>(R"({"v":7})")->v == 7);
  CHECK(json::read<one<double>>(R"({"v":18446744073709551615})")->v == Approx(18446744073709551615.0));
  for (const std::string number : {"1e400", "-1e400", "1e99999"}) {
    INFO(number);
    CHECK(problems<one<double>>(R"({"v":)" + number + "}").size() == 1);
  }
  CHECK(problems<one<float>>(R"({"v":1e39})") == lines{"/v is out of range"});
  CHECK(json::read<one<float>>(R"({"v":1e38})")->v == Approx(1e38F));
  CHECK(json::to_json(one<double>{std::numeric_limits<double>::infinity()}) == R"({"v":null})");
  CHECK(json::to_json(one<double>{std::nan("")}) == R"({"v":null})");
  CHECK(json::to_json(one<double>{0.1}) == R"({"v":0.1})");
}

TEST_CASE("lists and maps have a limit") {
  std::string text = R"({"v":[0)";
  for (std::size_t i = 1; i < json::max_entries; ++i) text += ",0";
  CHECK(json::read<one<sample::list>>(text + "]}")->v.size() == json::max_entries);
  CHECK(problems<one<sample::list>>(text + ",0]}") == lines{"/v must have at most 10000 entries, has 10001"});
}

TEST_CASE("any text is read or refused as JSON with a path that leads somewhere") {
  random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text{good};
    for (int change = random.between(0, 3); change > 0; --change) {
      const auto at = random.between<std::size_t>(0, text.size() - 1);
      switch (random.between(0, 2)) {
        case 0: text[at] = random.of("{}[]\",:\\0129eE.-+tfn \xff\x01", 1).front(); break;
        case 1: text.erase(at, random.between<std::size_t>(1, 6)); break;
        default:
          text.insert(at,
                      text.substr(random.between<std::size_t>(0, text.size() - 1), random.between<std::size_t>(1, 12)));
      }
      if (text.empty()) break;
    }
    const auto value = json::read<whole_thing>(text);
    if (value) {
      ++accepted;
      REQUIRE(json::read<whole_thing>(json::to_json(*value)));
      continue;
    }
    const auto found = value.error();
    REQUIRE_FALSE(found.empty());
    REQUIRE(found.size() <= json::max_problems);
    for (const auto& problem : found) {
      REQUIRE((problem.path.empty() || problem.path.front() == '/'));
      REQUIRE_FALSE(problem.message.empty());
    }
  }
  CHECK(accepted > 0);
}

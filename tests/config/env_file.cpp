#include "config/env_file.hpp"

#include "tests/support/random_case.hpp"

using namespace pulse::config;
using pulse::support::random_source;

namespace {

/// The value of the only entry of `text`.
std::string value_in(std::string_view text) {
  const auto entries = parse_env(text);
  if (!entries) return "refused: " + entries.error().front().message;
  return entries->size() == 1 ? entries->front().value : "entries: " + std::to_string(entries->size());
}

/// The numbers of the lines that are refused.
std::vector<int> refused_lines(std::string_view text) {
  std::vector<int> lines;
  const auto entries = parse_env(text);
  if (entries) return lines;
  for (const auto& problem : entries.error()) lines.push_back(problem.line);
  return lines;
}

}  // namespace

TEST_CASE("an .env file gives its entries with their lines") {
  const auto entries = parse_env("# a comment\n\nPORT=8000\n  export HOST=127.0.0.1\r\nLAST=x");
  REQUIRE(entries);
  CHECK(*entries == std::vector<env_entry>{{"PORT", "8000", 3}, {"HOST", "127.0.0.1", 4}, {"LAST", "x", 5}});
  CHECK(parse_env("")->empty());
  CHECK(parse_env("\n\n#\n")->empty());
}

TEST_CASE("a bare value in .env ends at blanks and a comment") {
  CHECK(value_in("A=b") == "b");
  CHECK(value_in("A=b c  ") == "b c");
  CHECK(value_in("A=b # c") == "b");
  CHECK(value_in("A=b#c") == "b#c");
  CHECK(value_in("A=") == "");
  CHECK(value_in("A=   # nothing") == "");
  CHECK(value_in("A=http://h/?a=b&c=d#e") == "http://h/?a=b&c=d#e");
  CHECK(value_in("A=pa$$word") == "pa$$word");
  CHECK(value_in("\xef\xbb\xbf"
                 "A=b") == "b");
}

TEST_CASE("single quotes in .env take everything as it stands") {
  CHECK(value_in(R"(A='a "b" \n ${C} # d' # e)") == R"(a "b" \n ${C} # d)");
  CHECK(value_in("A=''") == "");
}

TEST_CASE("double quotes in .env know escapes") {
  CHECK(value_in(R"(A="a\n\"b\" \\ \$ \t # c"   # d)") == "a\n\"b\" \\ $ \t # c");
  CHECK(value_in(R"(A="")") == "");
}

TEST_CASE("syntax that tools read differently is refused in .env with its line") {
  const char* const refused[] = {
      "A =b",    "A= b",   "A",       "=b",        "1A=b",      "A.B=c",        "A-B=c",     "A='b",
      "A=\"b",   "A='b'c", "A='b'#c", "A=\"b\"c",  "A=\"\\x\"", "A=\"b\\",      "A=${B}",    "A=\"${B}\"",
      "A=$(id)", "A=b'c'", "A=b\\c",  "A=`id`",    "export",    "export A",     "just text", "A=\x01",
      "A=b\x7f", "A=\xff", "A=b\rc",  "export =b", "A:b",       "export  A =b",
  };
  for (const std::string line : refused) {
    INFO(line);
    CHECK(refused_lines("OK=1\n" + line + "\nB=2\n") == std::vector<int>{2});
  }
  CHECK(refused_lines(std::string("A=b\0c", 5)) == std::vector<int>{1});
}

TEST_CASE("a name given twice in .env is refused and both lines are named") {
  const auto entries = parse_env("A=1\nB=2\nA=1\n");
  REQUIRE_FALSE(entries);
  CHECK(entries.error().front().line == 3);
  CHECK(entries.error().front().message == "A was already given in line 1");
}

TEST_CASE("everything wrong with an .env file is reported at once") {
  CHECK(refused_lines("A =1\nB=2\nC='x\nD=${E}\n") == std::vector<int>{1, 3, 4});
}

TEST_CASE("an .env file that is too large is not read") {
  CHECK(refused_lines("A=1\n" + std::string(max_env_file_size, '#')) == std::vector<int>{1});
}

TEST_CASE("no message about .env shows a value") {
  for (const std::string line : {"KEY='hunter2", "KEY= hunter2", "KEY=\"hunter2\\q\"", "KEY=hunter2${X}",
                                 "KEY=hunter2'", "KEY hunter2", "hunter2!=KEY", "hunter2 KEY=1"}) {
    const auto entries = parse_env(line);
    REQUIRE_FALSE(entries);
    INFO(line);
    // Only what could be a name, at the place of a name, may appear.
    if (line.starts_with("KEY")) CHECK(entries.error().front().message.find("hunter2") == std::string::npos);
  }
}

TEST_CASE("any value that is quoted for .env is read back the same") {
  random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 3000; ++round) {
    const auto value = random.of("ab \t\n\r\"'\\$#={}\xc3\xa4`!", random.between(0, 20));
    if (value.find('\xc3') != value.npos || value.find('\xa4') != value.npos) continue;  // halves of a character
    const auto line = "NAME=" + quoted_for_env(value) + (round % 2 == 0 ? "" : " # comment");
    INFO(line);
    REQUIRE(value_in(line) == value);
  }
}

TEST_CASE("any bytes are an .env file or refused with lines that exist") {
  random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  constexpr std::string_view likely = "AB_=\"'\\ #\n\r\t$e{xport}1\xc3";
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    const auto size = random.between<std::size_t>(0, 60);
    const auto text = round % 4 == 0 ? random.bytes(size) : random.of(likely, size);
    const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
    const auto entries = parse_env(text);
    if (entries) {
      ++accepted;
      for (const auto& entry : *entries) {
        REQUIRE((entry.line >= 1 && entry.line <= lines));
        REQUIRE_FALSE(entry.name.empty());
      }
    } else {
      REQUIRE_FALSE(entries.error().empty());
      for (const auto& problem : entries.error()) {
        REQUIRE((problem.line >= 1 && problem.line <= lines));
        REQUIRE_FALSE(problem.message.empty());
      }
    }
  }
  CHECK(accepted > 0);
}

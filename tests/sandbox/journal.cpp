#include "sandbox/core/journal.hpp"

#include <fstream>

#include <catch2/catch.hpp>

#include "tests/sandbox/running_sandbox.hpp"

using pulse::sandbox::journal;
using namespace pulse::tests;

TEST_CASE("A journal gives back its lines in order, by number") {
  temporary_folder folder;
  journal book;
  REQUIRE(book.open(folder.file("j"), [](const auto&) { FAIL("nothing was written yet"); }) == "");
  for (int i = 1; i <= 5; ++i) REQUIRE(book.append({{"kind", "test"}, {"value", i}}));
  CHECK(book.lines() == 5);
  CHECK(book.read(0, 1) == R"([{"line":1,"kind":"test","value":1}])");
  CHECK(book.read(3, 10) == R"([{"line":4,"kind":"test","value":4},{"line":5,"kind":"test","value":5}])");
  CHECK(book.read(5, 10) == "[]");
  CHECK(book.read(99, 10) == "[]");
}

TEST_CASE("A journal that was cut off goes on behind the cut") {
  temporary_folder folder;
  const auto path = folder.file("j");
  std::ofstream{path} << "{\"kind\":\"one\"}\nnot json\n{\"kind\":\"two\"}\n{\"kind\":\"thr";
  std::vector<std::string> kinds;
  {
    journal book;
    REQUIRE(book.open(path, [&](const auto& line) { kinds.emplace_back(line.at("kind").as_string()); }) == "");
    CHECK(kinds == std::vector<std::string>{"one", "two"});
    REQUIRE(book.append({{"kind", "four"}}));
    CHECK(book.read(0, 10) == R"([{"kind":"one"},{"kind":"two"},{"line":3,"kind":"four"}])");
  }
  kinds.clear();
  journal again;
  REQUIRE(again.open(path, [&](const auto& line) { kinds.emplace_back(line.at("kind").as_string()); }) == "");
  CHECK(kinds == std::vector<std::string>{"one", "two", "four"});
}

TEST_CASE("A journal that cannot be opened says so") {
  journal book;
  CHECK(book.open("/proc/no/such/file", [](const auto&) {}) != "");
}

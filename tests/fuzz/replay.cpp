// Replays the corpus of the fuzzers, and small changes of it, without a fuzzer: errors that were found stay found on
// any machine and with any compiler. `make fuzz` searches for more.
#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "tests/fuzz/targets.hpp"
#include "tests/support/folders.hpp"

using namespace pulse;

namespace {

struct named_target {
  const char* name;
  void (*take)(std::string_view);
};

constexpr std::array<named_target, 13> targets{{{"head", fuzz::head},
                                                {"chunks", fuzz::chunks},
                                                {"client", fuzz::client},
                                                {"json", fuzz::json},
                                                {"tokens", fuzz::tokens},
                                                {"id_tokens", fuzz::id_tokens},
                                                {"passkeys", fuzz::passkeys},
                                                {"tables", fuzz::tables},
                                                {"workbooks", fuzz::workbooks},
                                                {"templates", fuzz::templates},
                                                {"feeds", fuzz::feeds},
                                                {"texts", fuzz::texts},
                                                {"markdown", fuzz::markdown}}};

/// Changes of the corpus a target: always the same ones.
constexpr int changes_a_target = 3'000;
/// Then it is enough, also where a sanitizer or a busy machine makes each of them slow.
constexpr std::chrono::milliseconds time_a_target{1'500};

std::filesystem::path corpus_of(const char* target) {
  return std::filesystem::path{tests::source_folder()} / "tests/fuzz/corpus" / target;
}

std::vector<std::string> read_corpus(const char* target) {
  std::vector<std::filesystem::path> files;
  for (const auto& each : std::filesystem::directory_iterator{corpus_of(target)}) files.push_back(each.path());
  std::sort(files.begin(), files.end());
  std::vector<std::string> made;
  for (const auto& each : files) {
    std::ifstream file{each, std::ios::binary};
    made.emplace_back(std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{});
  }
  return made;
}

/// A few bytes are changed, taken out, doubled, or come from another of the corpus.
std::string changed(const std::vector<std::string>& corpus, std::mt19937& random) {
  const auto below = [&random](std::size_t end) { return end == 0 ? 0 : random() % end; };
  std::string made = corpus[below(corpus.size())];
  for (auto left = 1 + below(4); left > 0; --left) {
    const auto at = below(made.size() + 1);
    switch (below(5)) {
      case 0: made.insert(at, 1, static_cast<char>(below(256))); break;
      case 1:
        if (at < made.size()) made[at] = static_cast<char>(below(256));
        break;
      case 2: made.erase(at, below(8)); break;
      case 3: made.insert(at, made.substr(below(made.size() + 1), below(64))); break;
      case 4: {
        const auto& other = corpus[below(corpus.size())];
        made.replace(at, below(16), other.substr(below(other.size() + 1), below(64)));
      }
    }
  }
  return made;
}

std::string escaped(std::string_view bytes) {
  std::string made;
  for (const unsigned char c : bytes.substr(0, 2'000)) {
    char text[8];
    std::snprintf(text, sizeof text, c >= 0x20 && c < 0x7f && c != '\\' ? "%c" : "\\x%02x", c);
    made += text;
  }
  return made;
}

void take(const named_target& target, const std::string& input) {
  try {
    target.take(input);
  } catch (const std::exception& broken) {
    FAIL(target.name << ": " << broken.what() << ": " << escaped(input));
  }
}

}  // namespace

TEST_CASE("what fuzzers have found, and what is like it, keeps every law", "[fuzz]") {  // asvs: 1.4.1 1.4.3 1.5.1
  for (const auto& target : targets) {
    const auto corpus = read_corpus(target.name);
    INFO(target.name);
    REQUIRE_FALSE(corpus.empty());
    for (const auto& input : corpus) take(target, input);
    std::mt19937 random{20261122};
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < changes_a_target && std::chrono::steady_clock::now() - begun < time_a_target; ++i)
      take(target, changed(corpus, random));
  }
}

TEST_CASE("every folder of the corpus has its target", "[fuzz]") {
  for (const auto& each : std::filesystem::directory_iterator{corpus_of("")}) {
    INFO(each.path());
    CHECK(std::any_of(targets.begin(), targets.end(),
                      [&](const auto& target) { return each.path().filename() == target.name; }));
  }
}

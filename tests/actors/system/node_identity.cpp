#include "actors/system/node_identity.hpp"

#include <cstdlib>
#include <fstream>

#include <catch2/catch.hpp>

namespace {

namespace fs = std::filesystem;
using pulse::actors::node_identity;

constexpr pulse::base::timestamp now{std::chrono::seconds{1'800'000'000}};

struct empty_directory {
  empty_directory() {
    auto pattern = (fs::temp_directory_path() / "pulse-nodes-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~empty_directory() { fs::remove_all(path); }

  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator{path}) names.push_back(entry.path().filename().string());
    return names;
  }

  fs::path path;
};

/// What a killed node leaves: its file, which nobody has locked.
pulse::base::uuid leave_dead(const fs::path& directory) {
  const auto id = pulse::base::new_uuid(now);
  const std::ofstream made{directory / (pulse::base::to_string(id) + ".lock")};
  return id;
}

}  // namespace

TEST_CASE("a running node is never found dead, and an orderly end leaves nothing") {
  const empty_directory nodes;
  {
    const auto first = node_identity::make(nodes.path, now);
    REQUIRE(first.has_value());
    CHECK(nodes.files() == std::vector{pulse::base::to_string(first->id()) + ".lock"});
    const auto second = node_identity::make(nodes.path, now);
    REQUIRE(second.has_value());
    CHECK(second->id() != first->id());
    CHECK(second->dead().empty());
  }
  CHECK(nodes.files().empty());
}

TEST_CASE("the next node finds a killed one, and forgets it only on purpose") {
  const empty_directory nodes;
  const auto killed = leave_dead(nodes.path);
  auto next = node_identity::make(nodes.path, now);
  REQUIRE(next.has_value());
  CHECK(next->dead() == std::vector{killed});
  CHECK(node_identity::make(nodes.path, now)->dead() == std::vector{killed});
  next->forget_dead();
  CHECK(nodes.files() == std::vector{pulse::base::to_string(next->id()) + ".lock"});
}

TEST_CASE("other files of the directory are none of a node's business") {
  const empty_directory nodes;
  const std::ofstream first{nodes.path / "README.lock"};
  const std::ofstream second{nodes.path / (pulse::base::to_string(pulse::base::new_uuid(now)) + ".new")};
  CHECK(node_identity::make(nodes.path, now)->dead().empty());
}

TEST_CASE("an unwritable directory is reported in a sentence") {
  const empty_directory nodes;
  const std::ofstream file{nodes.path / "file"};
  const auto made = node_identity::make(nodes.path / "file", now);
  REQUIRE(made.has_error());
  CHECK(made.error().find("PULSE_STATE_DIR") != std::string::npos);
}

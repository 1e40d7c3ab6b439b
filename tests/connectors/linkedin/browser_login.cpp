// Sign-ins in a browser; a shell script replaces the program that drives it.
#include "connectors/linkedin/browser_login.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include <catch2/catch.hpp>

#include "base/child_process.hpp"
#include "tests/support/temporary_directory.hpp"

using namespace pulse;
using namespace std::chrono_literals;
namespace fs = std::filesystem;
namespace linkedin = connectors::linkedin;
using domain::engagement::login_failure;

namespace {

struct member final : linkedin::login_conversation {
  std::vector<std::string> codes;  // that they give, the last one first
  std::vector<bool> asked;         // whether the one before was wrong
  bool is_gone = false;

  void on_code_wanted(bool was_wrong) override { asked.push_back(was_wrong); }
  std::optional<std::string> take_code() override {
    if (codes.empty()) return std::nullopt;
    auto next = std::move(codes.back());
    codes.pop_back();
    return next;
  }
  bool is_withdrawn() override { return is_gone; }
};

struct machine {
  support::temporary_directory folder;
  linkedin::browser_programs programs{
      .node = folder.path() / "node", .worker = folder.path() / "worker", .browser = "/bin/true"};
  linkedin::login_limits limits{.look_every = 10ms};
  member with;

  machine() {
    ::setenv("TMPDIR", folder.path().c_str(), 1);  // so that what is left can be told from what others do
    fs::create_directories(programs.worker / "node_modules" / "playwright-core");
    std::ofstream{programs.worker / "main.mjs"} << "// not read\n";
  }
  /// Signs in with this script in the place of Node. It has $start, the line that it is started with, and may `note`
  /// what is asserted.
  linkedin::login_end sign_in(const std::string& script) {
    std::ofstream{programs.node}
        << "#!/bin/sh\nread -r start\nnote() { printf '%s\\n' \"$*\" >>" << (folder.path() / "notes").string()
        << "; }\nfolder=$(printf %s \"$start\" | sed 's/.*\"folder\":\"\\([^\"]*\\)\".*/\\1/')\n"
           "note \"$folder\"\n"
        << script << "\n";
    ::chmod(programs.node.c_str(), 0700);
    return linkedin::sign_in(programs, {"ada@linkedin.test", base::secret{"seven quiet bicycles"}, "http://site.test"},
                             limits, with);
  }
  std::vector<std::string> notes() const {
    std::ifstream file{folder.path() / "notes"};
    std::vector<std::string> all;
    for (std::string line; std::getline(file, line);) all.push_back(line);
    return all;
  }
  ~machine() { ::unsetenv("TMPDIR"); }
  /// Nothing of the sign-in is left in the folder for temporary files.
  bool is_clean() const {
    return std::none_of(fs::directory_iterator{folder.path()}, {},
                        [](const auto& each) { return each.path().filename().string().starts_with("pulse-"); });
  }
};

constexpr auto cookies =
    R"(echo '{"is":"cookies","li_at":"AQED","jsessionid":"ajax:1","expires_at":"2027-01-01T00:00:00.000Z"}')";

bool still_sleeps(const std::string& process) {
  std::ifstream status{"/proc/" + process + "/cmdline"};
  std::string command;
  std::getline(status, command);
  return command.find("sleep") != std::string::npos;
}

}  // namespace

TEST_CASE("a sign-in gives the session's cookies, and the password is in no argument and no variable") {
  machine on;
  const auto got =
      on.sign_in(std::string{"note \"$*\"; note $(env | cut -d= -f1 | sort)\n"
                             "case \"$start\" in *'\"password\":\"seven quiet bicycles\"'*) note told;; esac\n"
                             "touch $folder/profile\n"} +
                 cookies);
  REQUIRE(got.has_value());
  CHECK(got->li_at.reveal() == "AQED");
  CHECK(got->jsessionid.reveal() == "ajax:1");
  CHECK(got->expires_at == base::parse_timestamp("2027-01-01T00:00:00Z"));
  const auto notes = on.notes();
  REQUIRE(notes.size() == 4);
  CHECK(notes[1] == "--max-old-space-size=128 " + (on.programs.worker / "main.mjs").string());
  CHECK(notes[2] == "LC_ALL PATH PWD");
  CHECK(notes[3] == "told");
  CHECK(notes[0].starts_with((on.folder.path() / "pulse-chromium-").string()));
  CHECK(on.is_clean());
}

TEST_CASE("codes go to the browser as they come, until one is right") {
  machine on;
  on.with.codes = {"two", "one"};
  const auto got = on.sign_in(std::string{"echo '{\"is\":\"needs_code\"}'; read -r a; note \"$a\"\n"
                                          "echo '{\"is\":\"wrong_code\"}'; read -r b; note \"$b\"\n"} +
                              cookies);
  CHECK(got.has_value());
  CHECK(on.with.asked == std::vector<bool>{false, true});
  CHECK(on.notes() ==
        std::vector<std::string>{on.notes().front(), R"({"do":"code","code":"one"})", R"({"do":"code","code":"two"})"});
}

TEST_CASE("each failure has a name, and leaves nothing behind") {
  machine on;
  const auto why = [&](const std::string& script) {
    const auto got = on.sign_in(script);
    REQUIRE(got.has_error());
    CHECK(on.is_clean());
    return got.error();
  };
  CHECK(why(R"(echo '{"is":"failed","why":"asks_person"}')") == login_failure::asks_person);
  CHECK(why(R"(echo '{"is":"failed","why":"something new"}')") == login_failure::unexpected);
  CHECK(why(R"(echo '{"is":"cookies"}')") == login_failure::unexpected);
  CHECK(why("echo nonsense") == login_failure::unexpected);
  CHECK(why("head -c 100000 /dev/zero | tr '\\0' a; sleep 1000") == login_failure::unexpected);
  CHECK(why("exit 1") == login_failure::unexpected);
  CHECK(why("kill -9 $$") == login_failure::unexpected);
}

TEST_CASE("a browser that hangs, exceeds its limits or is cancelled is ended with all its processes") {
  machine on;
  // One process of the group, and one that has left it, as browsers do.
  const std::string lasting = "sleep 1000 & setsid sleep 1000 & note $!\n";
  auto expected = login_failure::timed_out;
  std::string script = lasting + "wait";
  SECTION("it hangs") { on.limits.time_max = 300ms; }
  SECTION("nobody wants it") {
    on.with.is_gone = true;
    expected = login_failure::withdrawn;
  }
  SECTION("it takes too much") {
    on.limits.memory_bytes_max = 30'000'000;
    script = lasting + "x=$(head -c 60000000 /dev/zero | tr '\\0' a); wait";
    expected = login_failure::too_much_memory;
  }
  const auto got = on.sign_in(script);
  REQUIRE(got.has_error());
  CHECK(got.error() == expected);
  CHECK(on.is_clean());
  for (std::size_t i = 1; i < on.notes().size(); ++i) {
    // A process that was killed is there until the kernel gets to it.
    const auto until = std::chrono::steady_clock::now() + 20s;
    while (still_sleeps(on.notes()[i]) && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    CHECK_FALSE(still_sleeps(on.notes()[i]));
  }
}

TEST_CASE("what the machine lacks is named, and nothing is begun") {
  machine on;
  std::ofstream{on.programs.node} << "#!/bin/sh\n";
  CHECK(linkedin::problem_of(on.programs).empty());
  auto without = on.programs;
  without.node = "/usr/bin/no-such-node";
  CHECK(linkedin::problem_of(without).find("nodejs") != std::string::npos);
  without = on.programs;
  without.browser = "/usr/bin/no-such-browser";
  CHECK(linkedin::problem_of(without).find("LINKEDIN_BROWSER_PROGRAM") != std::string::npos);
  const auto got = linkedin::sign_in(without, {"a", base::secret{"b"}, "http://site.test"}, {}, on.with);
  CHECK(got.error() == login_failure::no_browser);
  without = on.programs;
  without.worker = on.folder.path();
  CHECK(linkedin::problem_of(without).find("npm ci") != std::string::npos);
}

TEST_CASE("what a killed process left is removed, and what is in use stays") {
  const machine on;
  const auto make = [] {
    auto name = (fs::temp_directory_path() / "pulse-chromium-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    std::ofstream{fs::path{name} / "profile"} << "x";
    return fs::path{name};
  };
  const auto old = make();
  const auto used = make();
  const base::descriptor held{::open(used.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  REQUIRE(::flock(held.number(), LOCK_EX | LOCK_NB) == 0);
  linkedin::clear_leftover_browsers();
  CHECK_FALSE(fs::exists(old));
  CHECK(fs::exists(used));
  fs::remove_all(used);
}

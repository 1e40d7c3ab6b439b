// Acts in a browser; a shell script replaces the program that drives it.
#include "connectors/linkedin/browser_act.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <fstream>

#include <catch2/catch.hpp>

#include "tests/support/temporary_directory.hpp"

using namespace pulse;
using namespace std::chrono_literals;
namespace fs = std::filesystem;
namespace linkedin = connectors::linkedin;
using domain::outcome_kind;
using domain::reconciliation_kind;

namespace {

struct machine {
  support::temporary_directory folder;
  linkedin::act_site site{
      .programs = {.node = folder.path() / "node", .worker = folder.path() / "worker", .browser = "/bin/true"},
      .address = "http://site.test",
      .limits = {.look_every = 10ms}};
  connectors::engagement_call call{
      .kind = domain::engagement_kind::comment,
      .text = "Well said",
      .post_urn = "urn:li:activity:7",
      .account = {},
      .session = connectors::site_session{base::secret{"AQED-of-ada"}, base::secret{"ajax:1"}},
      .timeout = 10s,
      .may_send = {}};
  std::atomic<bool> is_stopping{false};

  machine() {
    ::setenv("TMPDIR", folder.path().c_str(), 1);  // so that what is left can be told from what others do
    fs::create_directories(site.programs.worker / "node_modules" / "playwright-core");
    std::ofstream{site.programs.worker / "main.mjs"} << "// not read\n";
  }
  ~machine() { ::unsetenv("TMPDIR"); }

  /// This script is in the place of Node. It has $start, the line that it is started with, and may `note` what is
  /// asserted.
  void put(const std::string& script) {
    std::ofstream{site.programs.node} << "#!/bin/sh\nread -r start\nnote() { printf '%s\\n' \"$*\" >>"
                                      << (folder.path() / "notes").string() << "; }\n"
                                      << script << "\n";
    ::chmod(site.programs.node.c_str(), 0700);
  }
  domain::outcome act(const std::string& script) {
    put(script);
    return linkedin::act(site, call, [this] { return is_stopping.load(); });
  }
  domain::reconciliation look(const std::string& script) {
    put(script);
    return linkedin::look(site, call, [this] { return is_stopping.load(); });
  }
  std::vector<std::string> notes() const {
    std::ifstream file{folder.path() / "notes"};
    std::vector<std::string> all;
    for (std::string line; std::getline(file, line);) all.push_back(line);
    return all;
  }
  bool is_clean() const {
    return std::none_of(fs::directory_iterator{folder.path()}, {},
                        [](const auto& each) { return each.path().filename().string().starts_with("pulse-"); });
  }
};

/// Waits for so many calls.
class counter {
 public:
  void add() {
    const std::lock_guard lock{mutex_};
    ++count_;
    changed_.notify_all();
  }
  bool wait_for(int count) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, 30s, [&] { return count_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;
};

constexpr auto ready = "echo '{\"is\":\"ready\"}'; read -r go; note \"$go\"\n";

}  // namespace

TEST_CASE("an act is pressed only when it is allowed, and the session is in no argument and no variable") {
  machine on;
  const auto made = on.act(std::string{"note \"$*\"; note $(env | cut -d= -f1 | sort)\n"
                                       "case \"$start\" in *'\"li_at\":\"AQED-of-ada\"'*) note told;; esac\n"} +
                           ready + "echo '{\"is\":\"done\"}'");
  CHECK(made.kind == outcome_kind::published);
  const auto notes = on.notes();
  REQUIRE(notes.size() == 4);
  CHECK(notes[0].find("AQED") == std::string::npos);
  CHECK(notes[1] == "LC_ALL PATH PWD");
  CHECK(notes[2] == "told");
  CHECK(notes[3] == R"({"do":"go"})");
  CHECK(on.is_clean());
}

TEST_CASE("an act that may no longer be sent is not pressed") {
  machine on;
  SECTION("it has become too late") {
    on.call.may_send = [] { return false; };
  }
  SECTION("Pulse stops") { on.is_stopping = true; }
  const auto made = on.act(std::string{ready} + "echo '{\"is\":\"done\"}'; sleep 1000");
  CHECK(made.kind == outcome_kind::transient);
  CHECK(on.notes().empty());
  CHECK(on.is_clean());
}

TEST_CASE("before the press a failure has done nothing; after it only LinkedIn's answer tells") {
  machine on;
  const auto kind_of = [&](const std::string& script) { return on.act(script).kind; };
  CHECK(kind_of(R"(echo '{"is":"there"}')") == outcome_kind::duplicate);
  CHECK(kind_of(R"(echo '{"is":"failed","why":"signed_out"}')") == outcome_kind::auth_expired);
  CHECK(kind_of("kill -9 $$") == outcome_kind::transient);
  CHECK(kind_of("echo nonsense") == outcome_kind::transient);
  CHECK(kind_of(ready + std::string{"kill -9 $$"}) == outcome_kind::unknown);
  CHECK(kind_of(ready + std::string{"echo nonsense"}) == outcome_kind::unknown);
  CHECK(kind_of(ready + std::string{R"(echo '{"is":"ready"}'; sleep 1000)"}) == outcome_kind::unknown);
  CHECK(kind_of(ready + std::string{R"(echo '{"is":"failed","why":"not_answered"}')"}) == outcome_kind::unknown);
  CHECK(kind_of(ready + std::string{R"(echo '{"is":"failed","why":"not_allowed"}')"}) == outcome_kind::permission);
  on.call.timeout = 500ms;
  CHECK(kind_of("sleep 1000") == outcome_kind::transient);
  CHECK(kind_of(ready + std::string{"sleep 1000"}) == outcome_kind::unknown);
  CHECK(on.is_clean());
}

TEST_CASE("a check reports what is there, and is unknown where it could not see") {
  machine on;
  const auto found = on.look(R"x(echo '{"is":"found","id":"urn:li:comment:(urn:li:activity:7,1)"}')x");
  CHECK(found.kind == reconciliation_kind::live);
  CHECK(found.external_id == "urn:li:comment:(urn:li:activity:7,1)");
  CHECK(on.look(R"(echo '{"is":"absent"}')").kind == reconciliation_kind::absent);
  CHECK(on.look(R"(echo '{"is":"cannot_know"}')").kind == reconciliation_kind::cannot_know);
  CHECK(on.look("kill -9 $$").kind == reconciliation_kind::try_again);
  CHECK(on.look(R"(echo '{"is":"failed","why":"signed_out"}')").is_unauthorized);
}

TEST_CASE("the number of browsers is limited, callers never wait, and stopping ends them") {
  machine on;
  on.put("sleep 1000");
  linkedin::browser_acts acts{on.site, 2};
  counter ended;
  std::atomic<int> refused{0};
  for (int i = 0; i < 3; ++i) {
    acts.engage(on.call, [&](const domain::outcome& made) {
      if (!made.was_called) ++refused;
      ended.add();
    });
  }
  CHECK(ended.wait_for(1));
  CHECK(refused == 1);
  acts.stop();
  CHECK(ended.wait_for(3));
  acts.engage(on.call, [&](const domain::outcome&) { ++refused; });
  CHECK(refused == 2);
  CHECK(on.is_clean());
}

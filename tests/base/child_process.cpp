#include "base/child_process.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

using namespace pulse;

namespace {

/// A shell that does what it is told, and may be told more.
struct shell {
  base::pipe_ends in = base::make_pipe();
  base::pipe_ends out = base::make_pipe();
  pid_t id = -1;

  explicit shell(const std::string& script) {
    id = base::start_child({.program = "/bin/sh",
                            .words = {"sh", "-c", script},
                            .environment = {"PATH=/usr/bin:/bin"},
                            .files = {{in.reading.number(), STDIN_FILENO}, {out.writing.number(), STDOUT_FILENO}}});
    REQUIRE(id > 0);
    in.reading.close();
    out.writing.close();
  }
  /// What it writes until a line is over, or until it ends.
  std::string line() const {
    std::string said;
    char one = 0;
    while (::read(out.reading.number(), &one, 1) == 1 && one != '\n') said += one;
    return said;
  }
};

}  // namespace

TEST_CASE("a child inherits no variable and no file") {
  const base::pipe_ends secret = base::make_pipe();
  const shell child{"env | grep -v '^PWD=' | sort | tr '\\n' ' '; ls /proc/self/fd | tr '\\n' ' '; echo"};
  // 3 is the folder that ls itself reads.
  CHECK(child.line() == "PATH=/usr/bin:/bin 0 1 2 3 ");
  CHECK(WEXITSTATUS(base::wait_for_child(child.id)) == 0);
}

TEST_CASE("a program that is not there cannot be started") {
  CHECK(base::start_child({.program = "/usr/bin/no-such-program", .words = {"x"}, .environment = {}, .files = {}}) ==
        -1);
}

TEST_CASE("a child and what it starts have its limits, and leave no core") {
  shell child{
      "read go; cat /proc/self/limits | grep -E 'core|file size|cpu|data' | tr -s ' ' | cut -d' ' -f1-5; echo end"};
  REQUIRE(base::limit_child(child.id, {.file_bytes = 1'000'000, .cpu_seconds = 7, .data_bytes = 50'000'000}));
  REQUIRE(::write(child.in.writing.number(), "\n", 1) == 1);
  std::string all;
  for (auto line = child.line(); line != "end" && !line.empty(); line = child.line()) all += line + "\n";
  CHECK(all ==
        "Max cpu time 7 7\nMax file size 1000000 1000000\nMax data size 50000000 50000000\nMax core file size 0\n");
  base::wait_for_child(child.id);
}

TEST_CASE("a whole process tree is ended, including processes that left its group or lost their parents") {
  const bool is_root_killed_first = GENERATE(false, true);
  // One in the group, one in a session of its own, and one whose parent is gone there.
  const shell child{"sleep 1000 & setsid sh -c '(sleep 1000 &); echo; exec sleep 1000' & wait"};
  CHECK(child.line().empty());
  base::process_tree tree{child.id};
  while (tree.size() < 4) tree.look();
  if (is_root_killed_first) {
    ::kill(child.id, SIGKILL);
    base::wait_for_child(child.id);
    tree.look();
    CHECK(tree.size() == 3);
  }
  CHECK(tree.kill());
  CHECK(tree.size() == 0);
  if (!is_root_killed_first) CHECK(WTERMSIG(base::wait_for_child(child.id)) == SIGKILL);
}

TEST_CASE("the memory of a process tree is the sum of all its processes") {
  const shell child{"sh -c 'x=$(head -c 60000000 /dev/zero | tr \"\\0\" a); echo; read y'; true"};
  CHECK(child.line().empty());
  base::process_tree tree{child.id};
  CHECK(tree.look() > 60'000'000);
  tree.kill();
  base::wait_for_child(child.id);
}

TEST_CASE("a process tree that keeps growing is ended whole") {
  // Each child leaves the group at once, so only its parent tells whose it is.
  for (int i = 0; i < 5; ++i) {
    const shell child{"while :; do setsid sleep 1000 & done"};
    base::process_tree tree{child.id};
    while (tree.size() < 20) tree.look();
    CHECK(tree.kill());
    base::wait_for_child(child.id);
    // Whoever is left still holds the pipe that all were given.
    pollfd pipe{child.out.reading.number(), 0, 0};
    constexpr int limit_ms = 20'000;
    CHECK(::poll(&pipe, 1, limit_ms) == 1);
    CHECK((pipe.revents & POLLHUP) != 0);
  }
}

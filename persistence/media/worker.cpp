#include "persistence/media/worker.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "base/json.hpp"

namespace pulse::persistence::media {

namespace {

namespace fs = std::filesystem;
using clock = std::chrono::steady_clock;

constexpr std::size_t answer_bytes_max = 16 * 1024;
/// How often it is asked whether to stop.
constexpr std::chrono::milliseconds look_up{100};
/// Descriptors from here on do not collide with those that the process is given.
constexpr int clear_of_fixed = 16;

/// Both ends of a pipe, above the descriptors that are handed over.
struct pipe_ends {
  open_file reading;
  open_file writing;
};

open_file above(int descriptor) {
  const open_file low{descriptor};
  return open_file{::fcntl(descriptor, F_DUPFD_CLOEXEC, clear_of_fixed)};
}

pipe_ends make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return {open_file{}, open_file{}};
  return {above(ends[0]), above(ends[1])};
}

/// A process of a group of its own, so that what it starts ends with it.
pid_t spawn(const fs::path& program, std::vector<std::string>& words, int in, int out, int answers) {
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  // Nothing of ours: no keys, no addresses.
  std::string path = "PATH=/usr/local/bin:/usr/bin:/bin";
  std::string arenas = "MALLOC_ARENA_MAX=2";
  std::string language = "LC_ALL=C.UTF-8";
  std::array<char*, 4> environment{path.data(), arenas.data(), language.data(), nullptr};
  posix_spawn_file_actions_t files;
  posix_spawnattr_t how;
  posix_spawn_file_actions_init(&files);
  posix_spawnattr_init(&how);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&files, answers, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&files, in, 3);
  posix_spawn_file_actions_adddup2(&files, out, 4);
  sigset_t none;
  sigemptyset(&none);
  sigset_t plain;
  sigemptyset(&plain);
  sigaddset(&plain, SIGPIPE);
  posix_spawnattr_setsigmask(&how, &none);
  posix_spawnattr_setsigdefault(&how, &plain);
  posix_spawnattr_setpgroup(&how, 0);
  posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  pid_t made = -1;
  if (posix_spawn(&made, program.c_str(), &files, &how, arguments.data(), environment.data()) != 0) made = -1;
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&how);
  return made;
}

/// What is written until the other end is closed; nothing when it takes until `until`, is too much, or `stopping`.
std::optional<std::string> read_answer(const open_file& from, clock::time_point until,
                                       const std::atomic<bool>& stopping) {
  std::string said;
  while (clock::now() < until && !stopping) {
    pollfd ready{from.descriptor(), POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(look_up.count())) <= 0) continue;
    std::array<char, 4096> part{};
    const auto count = ::read(from.descriptor(), part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    if (count == 0) return said;
    said.append(part.data(), static_cast<std::size_t>(count));
    if (said.size() > answer_bytes_max) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

base::result<domain::media_findings, not_looked> worker::look(const open_file& in, const open_file& small) const {
  return run({"pulse-media-worker", "look"}, in.descriptor(), small.descriptor());
}

base::result<domain::media_findings, not_looked> worker::fit(const open_file& in, const open_file& out,
                                                             const domain::fit_order& order) const {
  return run({"pulse-media-worker", "fit", order.type, std::to_string(order.max_bytes), std::to_string(order.max_width),
              std::to_string(order.max_height)},
             in.descriptor(), out.descriptor());
}

base::result<domain::media_findings, not_looked> worker::run(std::vector<std::string> words, int in, int out) const {
  if (stopping_) return not_looked{"the service stops"};
  const open_file from{::fcntl(in, F_DUPFD_CLOEXEC, clear_of_fixed)};
  const open_file to{::fcntl(out, F_DUPFD_CLOEXEC, clear_of_fixed)};
  auto ends = make_pipe();
  if (!from || !to || !ends.reading || !ends.writing) return not_looked{"there are no descriptors left"};
  const pid_t child = spawn(program_, words, from.descriptor(), to.descriptor(), ends.writing.descriptor());
  if (child < 0) return not_looked{program_.string() + " could not be started"};
  ends.writing = open_file{};
  const auto said = read_answer(ends.reading, clock::now() + time_max, stopping_);
  if (!said) ::kill(-child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!said) return not_looked{"it took too long"};
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return not_looked{"the process ended with " + (WIFSIGNALED(status)
                                                       ? "signal " + std::to_string(WTERMSIG(status))
                                                       : "status " + std::to_string(WEXITSTATUS(status)))};
  auto found = base::json::read<domain::media_findings>(*said);
  if (!found) return not_looked{"the process said nothing that can be understood"};
  return std::move(*found);
}

std::filesystem::path find_media_worker() {
  std::error_code failure;
  const auto here = fs::read_symlink("/proc/self/exe", failure).parent_path();
  for (const auto& each : {here / "media_worker" / "pulse-media-worker", here / "pulse-media-worker",
                           here.parent_path() / "media_worker" / "pulse-media-worker"}) {
    if (fs::exists(each, failure)) return each;
  }
  return "/usr/local/bin/pulse-media-worker";
}

}  // namespace pulse::persistence::media

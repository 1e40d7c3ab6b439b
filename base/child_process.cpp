#include "base/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <optional>
#include <sstream>

namespace pulse::base {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t stopped_max = 10'000;  // processes; a tree that grows faster than it is stopped is only killed

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (const auto& each : texts) all.push_back(const_cast<char*>(each.c_str()));
  all.push_back(nullptr);
  return all;
}

bool is_given(const child_order& order, int number) {
  return std::any_of(order.files.begin(), order.files.end(),
                     [number](const auto& each) { return each.second == number; });
}

/// A line of /proc/PID/stat.
struct process {
  pid_t id = 0;
  pid_t parent = 0;
  pid_t group = 0;
  pid_t session = 0;
};

std::optional<process> read_process(pid_t id) {
  std::ifstream file{"/proc/" + std::to_string(id) + "/stat"};
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  // Its name may hold anything, parentheses too.
  const auto behind = line.rfind(')');
  if (behind == line.npos) return std::nullopt;
  std::istringstream rest{line.substr(behind + 1)};
  char state = 0;
  process found{.id = id};
  rest >> state >> found.parent >> found.group >> found.session;
  if (!rest || state == 'Z' || state == 'X') return std::nullopt;
  return found;
}

std::vector<process> all_processes() {
  std::vector<process> all;
  std::error_code failure;
  for (fs::directory_iterator at{"/proc", failure}, end; !failure && at != end; at.increment(failure)) {
    const auto name = at->path().filename().string();
    if (name.find_first_not_of("0123456789") != name.npos) continue;
    if (const auto found = read_process(static_cast<pid_t>(std::stol(name)))) all.push_back(*found);
  }
  return all;
}

std::int64_t own_memory_of(pid_t id) {
  std::ifstream file{"/proc/" + std::to_string(id) + "/statm"};
  std::int64_t pages = 0, resident = 0, shared = 0;
  file >> pages >> resident >> shared;
  return file ? std::max<std::int64_t>(resident - shared, 0) * ::sysconf(_SC_PAGESIZE) : 0;
}

bool lower(pid_t child, __rlimit_resource which, rlim_t to) {
  const rlimit limit{to, to};
  return ::prlimit(child, which, &limit, nullptr) == 0;
}

}  // namespace

descriptor& descriptor::operator=(descriptor&& other) noexcept {
  if (this != &other) {
    close();
    number_ = std::exchange(other.number_, -1);
  }
  return *this;
}

void descriptor::close() {
  if (number_ >= 0) ::close(std::exchange(number_, -1));
}

descriptor duplicate(int number) { return descriptor{::fcntl(number, F_DUPFD_CLOEXEC, clear_of_fixed)}; }

pipe_ends make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return {};
  const descriptor reading{ends[0]}, writing{ends[1]};
  return {duplicate(reading.number()), duplicate(writing.number())};
}

pid_t start_child(const child_order& order) {
  auto arguments = pointers_to(order.words);
  auto environment = pointers_to(order.environment);
  posix_spawn_file_actions_t files;
  posix_spawnattr_t how;
  posix_spawn_file_actions_init(&files);
  posix_spawnattr_init(&how);
  if (!is_given(order, STDIN_FILENO)) posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  if (!is_given(order, STDOUT_FILENO))
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  int last = STDERR_FILENO;
  for (const auto& [ours, theirs] : order.files) {
    posix_spawn_file_actions_adddup2(&files, ours, theirs);
    last = std::max(last, theirs);
  }
  posix_spawn_file_actions_addclosefrom_np(&files, last + 1);  // also those that our own parent left open
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
  if (posix_spawn(&made, order.program.c_str(), &files, &how, arguments.data(), environment.data()) != 0) made = -1;
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&how);
  return made;
}

int wait_for_child(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

bool limit_child(pid_t child, const child_limits& to) {
  // A file in memory leaves nothing behind, also after a crash.
  return lower(child, RLIMIT_CORE, 0) && lower(child, RLIMIT_FSIZE, static_cast<rlim_t>(to.file_bytes)) &&
         lower(child, RLIMIT_CPU, static_cast<rlim_t>(to.cpu_seconds)) &&
         lower(child, RLIMIT_DATA, static_cast<rlim_t>(to.data_bytes));
}

std::int64_t process_tree::look() {
  const auto all = all_processes();
  std::set<pid_t> found, groups, sessions;
  for (bool is_more = true; is_more;) {
    is_more = false;
    for (const auto& each : all) {
      if (found.contains(each.id)) continue;
      const bool belongs =
          found.contains(each.parent) || groups_.contains(each.group) || sessions_.contains(each.session);
      if (!belongs) continue;
      found.insert(each.id);
      is_more = true;
      // A group or session is theirs when one of them leads it.
      if (each.group == each.id) groups_.insert(each.id);
      if (each.session == each.id) sessions_.insert(each.id);
    }
  }
  std::int64_t bytes = 0;
  for (const auto& each : all) {
    if (!found.contains(each.id)) continue;
    bytes += own_memory_of(each.id);
    if (groups_.contains(each.group)) groups.insert(each.group);
    if (sessions_.contains(each.session)) sessions.insert(each.session);
  }
  // The id of an empty group may be reused by another.
  members_ = std::move(found);
  groups_ = std::move(groups);
  sessions_ = std::move(sessions);
  return bytes;
}

bool process_tree::kill() {
  // Stopped first, all of it: a process that is started between a scan and its parent's end would be nobody's. While a
  // parent is stopped, its children are found.
  for (std::set<pid_t> stopped; stopped.size() < stopped_max;) {
    look();
    bool is_more = false;
    for (const auto each : members_) {
      if (!stopped.insert(each).second) continue;
      ::kill(each, SIGSTOP);
      is_more = true;
    }
    if (!is_more) break;
  }
  constexpr int rounds_max = 200;
  constexpr int pause_ms = 10;
  for (int round = 0; round < rounds_max; ++round) {
    look();
    if (members_.empty()) return true;
    for (const auto each : members_) ::kill(each, SIGKILL);
    ::poll(nullptr, 0, pause_ms);
  }
  return false;
}

}  // namespace pulse::base

#include "connectors/linkedin/browser_worker.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <vector>

#include <fmt/core.h>

namespace pulse::connectors::linkedin {

namespace {

namespace fs = std::filesystem;

/// The longest line of the worker.
constexpr std::size_t line_bytes_max = 16 * 1024;
/// Limits of the worker and of each process of the browser.
constexpr base::child_limits each_process{
    .file_bytes = 64LL * 1024 * 1024, .cpu_seconds = 120, .data_bytes = 2LL * 1024 * 1024 * 1024};
constexpr std::string_view folder_name = "pulse-chromium-";
constexpr std::string_view unlocked_name = "pulse-begun-chromium-";

}  // namespace

std::string problem_of(const browser_programs& programs) {
  std::error_code failure;
  if (!fs::exists(programs.node, failure))
    return fmt::format("Node is not at {}: install the package nodejs.", programs.node.string());
  const auto packages = programs.worker / "node_modules";
  if (!fs::exists(programs.worker / "main.mjs", failure) || !fs::exists(packages / "playwright-core", failure))
    return fmt::format("playwright-core is not in {}: run `npm ci` in browser_worker.", packages.string());
  if (!fs::exists(programs.browser, failure))
    return fmt::format(
        "There is no browser at {}: install the package chromium, or name another one in LINKEDIN_BROWSER_PROGRAM.",
        programs.browser.string());
  return {};
}

browser_folder::browser_folder() {
  std::error_code failure;
  auto name = (fs::temp_directory_path(failure) / fmt::format("{}XXXXXX", unlocked_name)).string();
  if (failure || ::mkdtemp(name.data()) == nullptr) return;
  path_ = name;
  base::descriptor lock{::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!lock || ::flock(lock.number(), LOCK_EX | LOCK_NB) != 0) return;
  // From now on nobody takes it for a leftover.
  const auto kept = path_.parent_path() / fmt::format("{}{}", folder_name, name.substr(name.size() - 6));
  fs::rename(path_, kept, failure);
  if (failure) return;
  lock_ = std::move(lock);
  path_ = kept;
}

browser_folder::~browser_folder() {
  std::error_code failure;
  if (!path_.empty()) fs::remove_all(path_, failure);
}

void clear_leftover_browsers() {
  std::error_code failure;
  std::vector<fs::path> old;
  for (fs::directory_iterator at{fs::temp_directory_path(failure), failure}, end; !failure && at != end;
       at.increment(failure)) {
    if (!at->path().filename().string().starts_with(folder_name)) continue;
    // A link may lead elsewhere, and another user's folder is not ours to remove.
    const base::descriptor folder{::open(at->path().c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)};
    if (folder && ::flock(folder.number(), LOCK_EX | LOCK_NB) == 0) old.push_back(at->path());
  }
  for (const auto& each : old) fs::remove_all(each, failure);
}

browser_worker::browser_worker(const browser_programs& programs) {
  int ends[2];
  // A socket pair, not a pipe: a write to a dead process must give an error, not a signal.
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return;
  const base::descriptor ours{ends[0]}, theirs{ends[1]};
  line_ = base::duplicate(ours.number());
  const auto there = base::duplicate(theirs.number());
  if (!line_ || !there) return;
  child_ = base::start_child({.program = programs.node,
                              .words = {"node", "--max-old-space-size=128", (programs.worker / "main.mjs").string()},
                              .environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8"},
                              .files = {{there.number(), STDIN_FILENO}, {there.number(), STDOUT_FILENO}}});
  if (child_ > 0) tree_.emplace(child_);
}

browser_worker::~browser_worker() {
  if (child_ <= 0) return;
  tree_->look();
  tree_->kill();
  base::wait_for_child(child_);
}

bool browser_worker::limit() const { return child_ > 0 && base::limit_child(child_, each_process); }

bool browser_worker::send_line(std::string line) const {
  line += '\n';
  for (std::string_view left = line; !left.empty();) {
    const auto sent = ::send(line_.number(), left.data(), left.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    left.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool browser_worker::hear(std::chrono::milliseconds time) {
  pollfd ready{line_.number(), POLLIN, 0};
  if (::poll(&ready, 1, static_cast<int>(time.count())) <= 0) return true;
  std::array<char, 4'096> part{};
  const auto count = ::read(line_.number(), part.data(), part.size());
  if (count < 0 && errno == EINTR) return true;
  if (count <= 0) return false;
  heard_.append(part.data(), static_cast<std::size_t>(count));
  return heard_.size() <= line_bytes_max;
}

std::optional<std::string> browser_worker::take_line() {
  const auto end = heard_.find('\n');
  if (end == heard_.npos) return std::nullopt;
  auto line = heard_.substr(0, end);
  heard_.erase(0, end + 1);
  return line;
}

}  // namespace pulse::connectors::linkedin

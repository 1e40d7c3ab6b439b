#include "connectors/linkedin/browser_login.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <vector>

#include <boost/describe.hpp>
#include <fmt/core.h>

#include "base/child_process.hpp"
#include "base/json.hpp"

namespace pulse::connectors::linkedin {

namespace {

namespace fs = std::filesystem;
using clock = std::chrono::steady_clock;
using domain::engagement::login_failure;

/// Of what the worker says in one line.
constexpr std::size_t line_bytes_max = 16 * 1024;
/// Of the worker and of each process of the browser.
constexpr base::child_limits each_process{
    .file_bytes = 64LL * 1024 * 1024, .cpu_seconds = 120, .data_bytes = 2LL * 1024 * 1024 * 1024};
constexpr std::string_view folder_name = "pulse-login-";
constexpr std::string_view unlocked_name = "pulse-begun-login-";

/// What browser_worker/ is told, and tells.
struct start_message {
  std::string do_ = "start";
  std::string email;
  std::string password;
  std::string base_url;
  std::string browser;
  std::string folder;
  std::int64_t page_ms = 0;
  std::int64_t code_ms = 0;
  int codes_max = 0;
  bool sandboxed = true;
};
BOOST_DESCRIBE_STRUCT(start_message, (),
                      (do_, email, password, base_url, browser, folder, page_ms, code_ms, codes_max, sandboxed))

struct code_message {
  std::string do_ = "code";
  std::string code;
};
BOOST_DESCRIBE_STRUCT(code_message, (), (do_, code))

enum class word { needs_code, wrong_code, cookies, failed };
BOOST_DESCRIBE_ENUM(word, needs_code, wrong_code, cookies, failed)

struct told {
  word is = word::failed;
  std::optional<login_failure> why;
  std::optional<std::string> li_at;
  std::optional<std::string> jsessionid;
  std::optional<base::timestamp> expires_at;
};
BOOST_DESCRIBE_STRUCT(told, (), (is, why, li_at, jsessionid, expires_at))

/// The browser's profile and whatever else it writes; held by a lock, so that what a killed process left is told from what is in use.
class login_folder {
 public:
  login_folder() {
    std::error_code failure;
    auto name = (fs::temp_directory_path(failure) / fmt::format("{}XXXXXX", unlocked_name)).string();
    if (failure || ::mkdtemp(name.data()) == nullptr) return;
    path_ = name;
    base::descriptor lock{::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!lock || ::flock(lock.number(), LOCK_EX | LOCK_NB) != 0) return;
    // Now nobody takes it for a leftover.
    const auto kept = path_.parent_path() / fmt::format("{}{}", folder_name, name.substr(name.size() - 6));
    fs::rename(path_, kept, failure);
    if (failure) return;
    lock_ = std::move(lock);
    path_ = kept;
  }
  ~login_folder() {
    std::error_code failure;
    if (!path_.empty()) fs::remove_all(path_, failure);
  }
  login_folder(const login_folder&) = delete;
  login_folder& operator=(const login_folder&) = delete;

  bool is_there() const { return static_cast<bool>(lock_); }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
  base::descriptor lock_;
};

/// The worker's process, from its start to the end of all that it has started.
class worker_process {
 public:
  explicit worker_process(const browser_programs& programs) {
    int ends[2];
    // No pipe: to write to somebody who is gone must be an error and no signal.
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
  ~worker_process() {
    if (child_ <= 0) return;
    tree_->look();
    tree_->kill();
    base::wait_for_child(child_);
  }
  worker_process(const worker_process&) = delete;
  worker_process& operator=(const worker_process&) = delete;

  bool limit() const { return child_ > 0 && base::limit_child(child_, each_process); }
  std::int64_t memory() { return tree_->look(); }

  template <class T>
  bool say(const T& message) const {
    std::string line;
    base::json::write(line, message);
    line += '\n';
    for (std::string_view left = line; !left.empty();) {
      const auto sent = ::send(line_.number(), left.data(), left.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) return false;
      left.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// Waits for `time` at most; false when the worker has nothing more to say.
  bool hear(std::chrono::milliseconds time) {
    pollfd ready{line_.number(), POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(time.count())) <= 0) return true;
    std::array<char, 4'096> part{};
    const auto count = ::read(line_.number(), part.data(), part.size());
    if (count < 0 && errno == EINTR) return true;
    if (count <= 0) return false;
    heard_.append(part.data(), static_cast<std::size_t>(count));
    return heard_.size() <= line_bytes_max;
  }

  /// What it has said, a line each time.
  std::optional<std::string> take_line() {
    const auto end = heard_.find('\n');
    if (end == heard_.npos) return std::nullopt;
    auto line = heard_.substr(0, end);
    heard_.erase(0, end + 1);
    return line;
  }

 private:
  base::descriptor line_;
  pid_t child_ = -1;
  std::optional<base::process_tree> tree_;
  std::string heard_;
};

login_end end_of(const told& last) {
  if (last.is != word::cookies) return last.why.value_or(login_failure::unexpected);
  if (!last.li_at || last.li_at->empty() || !last.jsessionid) return login_failure::unexpected;
  return session_cookies{base::secret{*last.li_at}, base::secret{*last.jsessionid}, last.expires_at};
}

/// From its first word to its last.
login_end converse(worker_process& worker, const login_limits& limits, login_conversation& with) {
  const auto until = clock::now() + limits.time_max;
  bool is_code_wanted = false;
  for (bool is_there = true; is_there;) {
    is_there = worker.hear(limits.look_every);
    while (const auto line = worker.take_line()) {
      const auto said = base::json::read<told>(*line);
      if (said.has_error()) return login_failure::unexpected;
      if (said->is == word::cookies || said->is == word::failed) return end_of(*said);
      is_code_wanted = true;
      with.on_code_wanted(said->is == word::wrong_code);
    }
    if (worker.memory() > limits.memory_bytes_max) return login_failure::too_much_memory;
    if (with.is_withdrawn()) return login_failure::withdrawn;
    if (clock::now() > until) return login_failure::timed_out;
    if (!is_code_wanted) continue;
    if (auto code = with.take_code()) {
      is_code_wanted = false;
      if (!worker.say(code_message{.code = std::move(*code)})) return login_failure::unexpected;
    }
  }
  return login_failure::unexpected;
}

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

login_end sign_in(const browser_programs& programs, const login_order& order, const login_limits& limits,
                  login_conversation& with) {
  if (!problem_of(programs).empty()) return login_failure::no_browser;
  const login_folder folder;
  if (!folder.is_there()) return login_failure::no_browser;
  worker_process worker{programs};
  if (!worker.limit()) return login_failure::no_browser;
  const start_message start{.email = order.email,
                            .password = order.password.reveal(),
                            .base_url = order.site,
                            .browser = programs.browser.string(),
                            .folder = folder.path().string(),
                            .page_ms = limits.page_time.count(),
                            .code_ms = limits.code_time.count(),
                            .codes_max = limits.codes_max,
                            .sandboxed = ::getuid() != 0};  // as root Chromium has none
  if (!worker.say(start)) return login_failure::no_browser;
  return converse(worker, limits, with);
}

void clear_leftover_logins() {
  std::error_code failure;
  std::vector<fs::path> old;
  for (fs::directory_iterator at{fs::temp_directory_path(failure), failure}, end; !failure && at != end;
       at.increment(failure)) {
    if (!at->path().filename().string().starts_with(folder_name)) continue;
    // A link leads elsewhere, and a stranger's folder is not ours to remove.
    const base::descriptor folder{::open(at->path().c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)};
    if (folder && ::flock(folder.number(), LOCK_EX | LOCK_NB) == 0) old.push_back(at->path());
  }
  for (const auto& each : old) fs::remove_all(each, failure);
}

}  // namespace pulse::connectors::linkedin

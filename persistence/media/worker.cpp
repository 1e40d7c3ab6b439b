#include "persistence/media/worker.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/child_process.hpp"
#include "base/json.hpp"

namespace pulse::persistence::media {

namespace {

namespace fs = std::filesystem;
using clock = std::chrono::steady_clock;

constexpr std::size_t answer_bytes_max = 16 * 1024;
/// How often it is asked whether to stop.
constexpr std::chrono::milliseconds look_up{100};
/// What is written until the other end is closed; nothing when it takes until `until`, is too much, or `stopping`.
std::optional<std::string> read_answer(const base::descriptor& from, clock::time_point until,
                                       const std::atomic<bool>& stopping) {
  std::string said;
  while (clock::now() < until && !stopping) {
    pollfd ready{from.number(), POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(look_up.count())) <= 0) continue;
    std::array<char, 4096> part{};
    const auto count = ::read(from.number(), part.data(), part.size());
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
  const auto from = base::duplicate(in);
  const auto to = base::duplicate(out);
  auto ends = base::make_pipe();
  if (!from || !to || !ends.reading || !ends.writing) return not_looked{"there are no descriptors left"};
  const auto child =
      base::start_child({.program = program_,
                         .words = std::move(words),
                         .environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "MALLOC_ARENA_MAX=2", "LC_ALL=C.UTF-8"},
                         .files = {{ends.writing.number(), STDOUT_FILENO}, {from.number(), 3}, {to.number(), 4}}});
  if (child < 0) return not_looked{program_.string() + " could not be started"};
  ends.writing.close();
  const auto said = read_answer(ends.reading, clock::now() + time_max, stopping_);
  if (!said) ::kill(-child, SIGKILL);
  const int status = base::wait_for_child(child);
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

// The program that drives a browser (browser_worker/), one process an order: its start, its limits, its folder and its end.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/child_process.hpp"
#include "base/json.hpp"

namespace pulse::connectors::linkedin {

/// What must be on the machine.
struct browser_programs {
  std::filesystem::path node = "/usr/bin/node";
  std::filesystem::path worker;  // the folder browser_worker/
  std::filesystem::path browser = "/usr/bin/chromium";
};

/// What is missing, as a sentence for the operator that says what to do; empty when all is there.
std::string problem_of(const browser_programs& programs);

/// The browser's profile and whatever else it writes; held by a lock, so that what a killed process left is told from what is in use.
class browser_folder {
 public:
  browser_folder();
  ~browser_folder();
  browser_folder(const browser_folder&) = delete;
  browser_folder& operator=(const browser_folder&) = delete;

  bool is_there() const { return static_cast<bool>(lock_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  base::descriptor lock_;
};

/// Removes the folders of browsers whose process was killed. Those that are under way, here or in another process, stay.
void clear_leftover_browsers();

/// The worker's process, from its start to the end of all that it has started.
class browser_worker {
 public:
  explicit browser_worker(const browser_programs& programs);
  ~browser_worker();
  browser_worker(const browser_worker&) = delete;
  browser_worker& operator=(const browser_worker&) = delete;

  /// Sets the limits of the worker and of each process of the browser. False: it could not be started, or the system refused.
  bool limit() const;
  /// In bytes, without what its processes share. Called often: see base::process_tree.
  std::int64_t memory() { return tree_->look(); }

  /// False when nobody listens any more.
  template <class T>
  bool say(const T& message) const {
    std::string line;
    base::json::write(line, message);
    return send_line(std::move(line));
  }
  /// Waits for `time` at most; false when the worker has nothing more to say.
  bool hear(std::chrono::milliseconds time);
  /// What it has said, a line each time.
  std::optional<std::string> take_line();

 private:
  bool send_line(std::string line) const;

  base::descriptor line_;
  pid_t child_ = -1;
  std::optional<base::process_tree> tree_;
  std::string heard_;
};

}  // namespace pulse::connectors::linkedin

// The program that drives a browser (browser_worker/), one process for each order: its start, limits, folder and end.
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

/// The programs that the machine needs.
struct browser_programs {
  std::filesystem::path node = "/usr/bin/node";
  std::filesystem::path worker;  // the folder browser_worker/
  std::filesystem::path browser = "/usr/bin/chromium";
};

/// A sentence for the operator about what is missing and what to do; empty when everything is there.
std::string problem_of(const browser_programs& programs);

/// The folder of the browser's profile and other files. A lock tells a folder in use from the leftover of a killed
/// process.
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

/// Removes the folders of browsers whose process was killed. Folders in use, here or in another process, stay.
void clear_leftover_browsers();

/// The worker's process, from its start to the end of all processes that it has started.
class browser_worker {
 public:
  explicit browser_worker(const browser_programs& programs);
  ~browser_worker();
  browser_worker(const browser_worker&) = delete;
  browser_worker& operator=(const browser_worker&) = delete;

  /// Sets the limits of the worker and of each process of the browser. False if it was not started, or the system
  /// refused.
  bool limit() const;
  /// In bytes, without memory that its processes share. Call it often: see base::process_tree.
  std::int64_t memory() { return tree_->look(); }

  /// False when the worker no longer listens.
  template <class T>
  bool say(const T& message) const {
    std::string line;
    base::json::write(line, message);
    return send_line(std::move(line));
  }
  /// Waits at most for `time`; false when the worker has closed its output.
  bool hear(std::chrono::milliseconds time);
  /// The next line of its output.
  std::optional<std::string> take_line();

 private:
  bool send_line(std::string line) const;

  base::descriptor line_;
  pid_t child_ = -1;
  std::optional<base::process_tree> tree_;
  std::string heard_;
};

}  // namespace pulse::connectors::linkedin

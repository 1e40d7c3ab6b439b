// Runs the process that examines untrusted files (media_worker/).
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "domain/media/findings.hpp"
#include "persistence/media/store.hpp"

namespace pulse::persistence::media {

/// The file could not be examined, and why, for the log: no such program, too long, too much memory. Clients are only
/// told that it could not be read.
struct not_looked {
  std::string why;
};

/// Starts one for every file. Thread-safe; each call blocks until the process has ended, which it does in `time_max` at
/// the latest.
class worker {
 public:
  static constexpr std::chrono::seconds time_max{40};

  /// `program`: pulse-media-worker.
  explicit worker(std::filesystem::path program) : program_(std::move(program)) {}

  /// What the file is, with a small JPEG of it in `small`.
  base::result<domain::media_findings, not_looked> look(const open_file& in, const open_file& small) const;

  /// The picture in `in` as `order` wants it, in `out`.
  base::result<domain::media_findings, not_looked> fit(const open_file& in, const open_file& out,
                                                       const domain::fit_order& order) const;

  /// Ends what runs, and starts nothing more.
  void stop() { stopping_ = true; }

 private:
  base::result<domain::media_findings, not_looked> run(std::vector<std::string> words, int in, int out) const;

  std::filesystem::path program_;
  std::atomic<bool> stopping_{false};
};

/// Where the program lies that was built with this one: beside it, in a folder of its own, or where all programs are.
std::filesystem::path find_media_worker();

}  // namespace pulse::persistence::media

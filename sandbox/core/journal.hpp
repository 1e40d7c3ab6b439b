// The witness: an append-only file with one JSON line for everything that arrived and everything that was answered.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

namespace pulse::sandbox {

/// One file. A line is one write(2) to a file opened with O_APPEND, so a line that was written survives whatever
/// happens to this process; the machine's own death is not covered (no fsync). Not thread-safe.
class journal {
 public:
  using reader = std::function<void(const boost::json::object&)>;

  /// Opens or creates the file and hands every whole line of earlier runs to `replay`, in order. A last line that was
  /// cut off is ended, and skipped by every reader. The problem as a sentence, or empty.
  std::string open(const std::string& path, const reader& replay);

  journal() = default;
  ~journal();
  journal(const journal&) = delete;
  journal& operator=(const journal&) = delete;

  /// Appends the line, its number (`line`, from 1, without gaps) before its own names. False when the disk refused.
  bool append(const boost::json::object& line);

  std::uint64_t lines() const { return offsets_.size(); }

  /// The lines after number `since`, at most `limit`, as a JSON array without a newline; read from the file.
  std::string read(std::uint64_t since, std::size_t limit) const;

 private:
  int file_ = -1;
  std::uint64_t size_ = 0;
  std::vector<std::uint64_t> offsets_;  // where each line begins
};

}  // namespace pulse::sandbox

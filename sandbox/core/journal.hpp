// The journal: an append-only file with one JSON line for each arrival and each answer. Tests use it as the witness.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

namespace pulse::sandbox {

/// One file. A line is one write(2) to a file opened with O_APPEND, so a written line survives a crash of this process,
/// but not of the machine (no fsync). Not thread-safe.
class journal {
 public:
  using reader = std::function<void(const boost::json::object&)>;

  /// Opens or creates the file, and passes every whole line of earlier runs to `replay`, in order. A truncated last
  /// line gets a newline, and all readers skip it. Returns the problem as a sentence, or empty.
  std::string open(const std::string& path, const reader& replay);

  journal() = default;
  ~journal();
  journal(const journal&) = delete;
  journal& operator=(const journal&) = delete;

  /// Appends the line with its number first (`line`, from 1, without gaps). False if writing failed.
  bool append(const boost::json::object& line);

  std::uint64_t lines() const { return offsets_.size(); }

  /// The lines after number `since`, at most `limit`, as a JSON array without newlines; read from the file.
  std::string read(std::uint64_t since, std::size_t limit) const;

 private:
  int file_ = -1;
  std::uint64_t size_ = 0;
  std::vector<std::uint64_t> offsets_;  // where each line begins
};

}  // namespace pulse::sandbox

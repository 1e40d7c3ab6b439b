// Where the bytes of pictures and films lie.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pulse::persistence::media {

/// A file that is open; closed at its end.
class open_file {
 public:
  explicit open_file(int descriptor = -1) : descriptor_(descriptor) {}
  ~open_file();
  open_file(open_file&& from) noexcept : descriptor_(from.descriptor_) { from.descriptor_ = -1; }
  open_file& operator=(open_file&& from) noexcept;
  open_file(const open_file&) = delete;
  open_file& operator=(const open_file&) = delete;

  int descriptor() const { return descriptor_; }
  explicit operator bool() const { return descriptor_ >= 0; }

  std::int64_t size() const;
  /// At most `count` bytes from `at`; empty at the end, nothing when it cannot be read.
  std::optional<std::string> read(std::int64_t at, std::size_t count) const;
  /// All of `bytes` at `at`; false when it cannot, such as on a full disk.
  bool write(std::int64_t at, std::string_view bytes) const;
  /// The bytes survive the machine from here on.
  bool sync() const;

 private:
  int descriptor_;
};

/// What is kept of one medium: what was uploaded, and what was made of it.
inline constexpr std::string_view original = "original";
inline constexpr std::string_view preview = "preview";

/// Keeps files by a random name of ours. Thread-safe; every call may block on a disk or a network, so none is made on an event loop.
class store {
 public:
  virtual ~store() = default;

  /// To be read; without a file when there is none.
  virtual open_file open(const std::string& name, std::string_view part) const = 0;
  /// To be written, made where there is none, and held by nobody else meanwhile: without a file when somebody holds it, or it cannot be.
  virtual open_file hold(const std::string& name, std::string_view part) const = 0;
  /// A part becomes what was written under another name of the same medium.
  virtual bool rename(const std::string& name, std::string_view from, std::string_view to) const = 0;
  /// All parts of it; true also when there were none.
  virtual bool remove(const std::string& name) const = 0;
  /// Bytes that fit in beside what is there.
  virtual std::uint64_t free_bytes() const = 0;
};

/// A name for a new medium: 32 hexadecimal digits that nobody can guess.
std::string new_name();

/// Files in a folder, which is made where there is none. An error is a sentence for the operator.
base::result<std::unique_ptr<store>, std::string> make_folder_store(const std::filesystem::path& folder);

}  // namespace pulse::persistence::media

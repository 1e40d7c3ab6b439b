// Storage of the bytes of pictures and films.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace pulse::persistence::media {

/// Bytes on another machine, read like a file.
class distant_bytes {
 public:
  virtual ~distant_bytes() = default;
  virtual std::int64_t size() const = 0;
  /// As `open_file::read`.
  virtual std::optional<std::string> read(std::int64_t at, std::size_t count) = 0;
};

/// A file that is open; closed at its end. One thread at a time.
class open_file {
 public:
  explicit open_file(int descriptor = -1) : descriptor_(descriptor) {}
  explicit open_file(std::unique_ptr<distant_bytes> distant) : descriptor_(-1), distant_(std::move(distant)) {}
  ~open_file();
  open_file(open_file&& from) noexcept
      : descriptor_(std::exchange(from.descriptor_, -1)),
        distant_(std::move(from.distant_)),
        is_unreachable_(from.is_unreachable_) {}
  open_file& operator=(open_file&& from) noexcept;
  open_file(const open_file&) = delete;
  open_file& operator=(const open_file&) = delete;

  /// A file whose existence is not known now, because the storage does not answer.
  static open_file unreachable() {
    open_file made;
    made.is_unreachable_ = true;
    return made;
  }
  /// There is no file here, and there may be one: it is to be asked for later.
  bool is_unreachable() const { return is_unreachable_; }

  /// -1 where the bytes are distant.
  int descriptor() const { return descriptor_; }
  explicit operator bool() const { return descriptor_ >= 0 || distant_ != nullptr; }

  std::int64_t size() const;
  /// At most `count` bytes from `at`; empty at the end, nothing when it cannot be read.
  std::optional<std::string> read(std::int64_t at, std::size_t count) const;
  /// All of `bytes` at `at`; false when it cannot, such as on a full disk.
  bool write(std::int64_t at, std::string_view bytes) const;
  /// The bytes survive the machine from here on.
  bool sync() const;

 private:
  int descriptor_;
  std::unique_ptr<distant_bytes> distant_;
  bool is_unreachable_ = false;
};

/// The files of one medium: the upload, and the files made from it.
inline constexpr std::string_view original = "original";
inline constexpr std::string_view preview = "preview";

/// What the bytes of an upload are written to, by one call at a time; when it is gone, the next may.
class incoming {
 public:
  virtual ~incoming() = default;

  /// The place of the next byte.
  virtual std::int64_t size() const = 0;
  /// All of `bytes` at `at`; false when it cannot, such as on a full disk.
  virtual bool write(std::int64_t at, std::string_view bytes) = 0;
  /// All that has come, on this machine, for a process that looks into it; null when it cannot be had. Lives as long as
  /// this.
  virtual const open_file* whole() = 0;
  /// What has come is all, and stays from here on, whatever becomes of this machine. False: not yet, and it may be
  /// asked again.
  virtual bool keep() = 0;
};

/// Why an upload cannot be written now.
enum class not_received { busy, unreachable };

/// Keeps files by a random name of ours. Thread-safe; every call may block on a disk or a network, so none is made on
/// an event loop.
class store {
 public:
  /// Commits how the bytes of an upload are being brought elsewhere, so that whoever goes on with it knows; false when
  /// it cannot. May block.
  using remember = std::function<bool(const std::string& transfer)>;

  virtual ~store() = default;

  /// To be written, made where there is none. `transfer` is what was remembered of it last; empty at first.
  virtual base::result<std::unique_ptr<incoming>, not_received> receive(const std::string& name,
                                                                        const std::string& transfer,
                                                                        remember remembering) const = 0;
  /// How many bytes of an upload have arrived; nothing when the storage does not answer.
  virtual std::optional<std::int64_t> received(const std::string& name, const std::string& transfer) const = 0;
  /// The upload has become a medium: removes what only the upload needed.
  virtual void settle(const std::string& name) const = 0;

  /// Opens it for reading; without a file if there is none.
  virtual open_file open(const std::string& name, std::string_view part) const = 0;
  /// The same on this machine, with a descriptor to give to a process.
  virtual open_file open_here(const std::string& name, std::string_view part) const = 0;
  /// To be written on this machine, made where there is none, and held by nobody else meanwhile: without a file when
  /// somebody holds it, or it cannot be. It is a part of the medium once it is kept.
  virtual open_file hold(const std::string& name, std::string_view part) const = 0;
  /// Turns the file written under `from` into the part `to`, which then survives the loss of this machine.
  virtual bool keep(const std::string& name, std::string_view from, std::string_view to) const = 0;
  /// All parts of it; true also when there were none.
  virtual bool remove(const std::string& name) const = 0;
  /// Free bytes.
  virtual std::uint64_t free_bytes() const = 0;
  /// Names with files on this machine that nobody has written since then, at most `limit`: of uploads, where media are
  /// kept elsewhere.
  virtual std::vector<std::string> untouched(base::timestamp since, std::size_t limit) const = 0;
};

/// Whether files may be called so: a medium's name, and one of its parts.
bool is_file_name(const std::string& name, std::string_view part);

/// A name for a new medium: 32 hexadecimal digits that nobody can guess.
std::string new_name();

/// Files in a folder, which is created if missing. An error is a sentence for the operator.
base::result<std::unique_ptr<store>, std::string> make_folder_store(const std::filesystem::path& folder);

}  // namespace pulse::persistence::media

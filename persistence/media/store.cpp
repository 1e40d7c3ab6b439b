#include "persistence/media/store.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/secure.hpp"

namespace pulse::persistence::media {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t name_bytes = 16;

/// Names come from the database; a malformed one must not lead anywhere.
bool is_name(const std::string& name) {
  return name.size() == 2 * name_bytes &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_part(std::string_view part) {
  return !part.empty() && part.size() <= 64 && std::all_of(part.begin(), part.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-';
  });
}

/// When something below a folder was written last, or the folder made.
base::timestamp written_at(const fs::path& folder) {
  base::timestamp latest{};
  const auto look_at = [&latest](const fs::path& path) {
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0) return;
    latest = std::max(latest, base::timestamp{std::chrono::seconds{about.st_mtim.tv_sec}});
  };
  look_at(folder);
  std::error_code failure;
  for (fs::directory_iterator at{folder, failure}; !failure && at != fs::directory_iterator{}; at.increment(failure))
    look_at(at->path());
  return latest;
}

/// It is where it will stay from its first byte on.
class incoming_file final : public incoming {
 public:
  explicit incoming_file(open_file file) : file_(std::move(file)) {}

  std::int64_t size() const override { return file_.size(); }
  bool write(std::int64_t at, std::string_view bytes) override { return file_.write(at, bytes); }
  const open_file* whole() override { return file_.sync() ? &file_ : nullptr; }
  bool keep() override { return file_.sync(); }

 private:
  open_file file_;
};

class folder_store final : public store {
 public:
  explicit folder_store(fs::path folder) : folder_(std::move(folder)) {}

  base::result<std::unique_ptr<incoming>, not_received> receive(const std::string& name, const std::string&,
                                                                remember) const override {
    auto file = hold(name, original);
    if (!file) return not_received::busy;
    return std::unique_ptr<incoming>{std::make_unique<incoming_file>(std::move(file))};
  }

  std::optional<std::int64_t> received(const std::string& name, const std::string&) const override {
    const auto file = open(name, original);
    return file ? file.size() : std::int64_t{0};
  }

  void settle(const std::string&) const override {}

  open_file open(const std::string& name, std::string_view part) const override {
    if (!is_name(name) || !is_part(part)) return open_file{};
    return open_file{::open(path(name, part).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
  }

  open_file open_here(const std::string& name, std::string_view part) const override { return open(name, part); }

  open_file hold(const std::string& name, std::string_view part) const override {
    if (!is_name(name) || !is_part(part)) return open_file{};
    std::error_code failure;
    fs::create_directories(path(name), failure);
    if (failure) return open_file{};
    open_file made{::open(path(name, part).c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR)};
    if (made && ::flock(made.descriptor(), LOCK_EX | LOCK_NB) != 0) return open_file{};
    return made;
  }

  bool keep(const std::string& name, std::string_view from, std::string_view to) const override {
    if (!is_name(name) || !is_part(from) || !is_part(to)) return false;
    if (from == to) return true;
    std::error_code failure;
    fs::rename(path(name, from), path(name, to), failure);
    return !failure;
  }

  bool remove(const std::string& name) const override {
    if (!is_name(name)) return true;
    std::error_code failure;
    fs::remove_all(path(name), failure);
    return !failure;
  }

  std::uint64_t free_bytes() const override {
    std::error_code failure;
    const auto space = fs::space(folder_, failure);
    return failure ? 0 : space.available;
  }

  std::vector<std::string> untouched(base::timestamp since, std::size_t limit) const override {
    std::vector<std::string> names;
    std::error_code failure;
    for (fs::recursive_directory_iterator at{folder_, failure}; !failure && at != fs::recursive_directory_iterator{};
         at.increment(failure)) {
      const auto name = at->path().filename().string();
      if (names.size() == limit) break;
      if (!is_name(name)) continue;
      at.disable_recursion_pending();
      if (written_at(at->path()) < since) names.push_back(name);
    }
    return names;
  }

 private:
  fs::path path(const std::string& name) const { return folder_ / name.substr(0, 2) / name; }
  fs::path path(const std::string& name, std::string_view part) const { return path(name) / part; }

  const fs::path folder_;
};

}  // namespace

open_file::~open_file() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

open_file& open_file::operator=(open_file&& from) noexcept {
  std::swap(descriptor_, from.descriptor_);
  std::swap(distant_, from.distant_);
  std::swap(is_unreachable_, from.is_unreachable_);
  return *this;
}

std::int64_t open_file::size() const {
  if (distant_) return distant_->size();
  struct stat about {};
  return ::fstat(descriptor_, &about) == 0 ? about.st_size : 0;
}

std::optional<std::string> open_file::read(std::int64_t at, std::size_t count) const {
  if (distant_) return distant_->read(at, count);
  std::string made(count, '\0');
  const auto got = ::pread(descriptor_, made.data(), count, at);
  if (got < 0) return std::nullopt;
  made.resize(static_cast<std::size_t>(got));
  return made;
}

bool open_file::write(std::int64_t at, std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto count = ::pwrite(descriptor_, bytes.data(), bytes.size(), at);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    at += count;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool open_file::sync() const { return ::fdatasync(descriptor_) == 0; }

bool is_file_name(const std::string& name, std::string_view part) { return is_name(name) && is_part(part); }

std::string new_name() {
  std::array<std::uint8_t, name_bytes> bytes{};
  base::random_bytes(bytes);
  return base::to_hex(bytes);
}

base::result<std::unique_ptr<store>, std::string> make_folder_store(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure || ::access(folder.c_str(), R_OK | W_OK | X_OK) != 0) {
    return "pictures and films cannot be kept in " + folder.string() + " (" +
           (failure ? failure.message() : std::string{std::strerror(errno)}) + "); check MEDIA_FOLDER";
  }
  return std::unique_ptr<store>{std::make_unique<folder_store>(fs::absolute(folder))};
}

}  // namespace pulse::persistence::media

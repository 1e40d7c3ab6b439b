#include "actors/system/node_identity.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <utility>

namespace pulse::actors {

namespace {

std::filesystem::path file_of(const std::filesystem::path& directory, const base::uuid& id) {
  return directory / (base::to_string(id) + ".lock");
}

/// Whether nobody holds the lock of an existing file.
bool is_free(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool locked = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
  ::close(descriptor);
  return locked;
}

}  // namespace

base::result<node_identity, std::string> node_identity::make(const std::filesystem::path& directory,
                                                             base::timestamp now) {
  std::error_code failure;
  std::filesystem::create_directories(directory, failure);
  node_identity made;
  made.directory_ = directory;
  for (const auto& entry : std::filesystem::directory_iterator{directory, failure}) {
    const auto id = base::parse_uuid(entry.path().stem().string());
    if (id && entry.path().extension() == ".lock" && is_free(entry.path())) made.dead_.push_back(*id);
  }
  made.id_ = base::new_uuid(now);
  // Locked before it has its name: a node that starts at this moment must not find it free.
  const auto file = file_of(directory, made.id_);
  auto unnamed = file;
  unnamed.replace_extension(".new");
  made.lock_ = ::open(unnamed.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  const bool locked = made.lock_ >= 0 && ::flock(made.lock_, LOCK_EX | LOCK_NB) == 0;
  if (!locked || ::rename(unnamed.c_str(), file.c_str()) != 0) {
    return fmt::format(
        "cannot write the lock of this node in {} ({}); make the directory writable or set PULSE_STATE_DIR to another "
        "one",
        directory.string(), std::strerror(errno));
  }
  return made;
}

node_identity::node_identity(node_identity&& other) noexcept
    : directory_(std::move(other.directory_)),
      id_(other.id_),
      lock_(std::exchange(other.lock_, -1)),
      dead_(std::move(other.dead_)) {}

node_identity::~node_identity() {
  if (lock_ < 0) return;
  std::error_code ignored;
  std::filesystem::remove(file_of(directory_, id_), ignored);
  ::close(lock_);
}

void node_identity::forget_dead() {
  std::error_code ignored;
  for (const auto& id : dead_) std::filesystem::remove(file_of(directory_, id), ignored);
}

}  // namespace pulse::actors

#include "config/generated_secrets.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/secure.hpp"
#include "config/env_file.hpp"
#include "config/small_file.hpp"

namespace pulse::config {

namespace {

using secrets = std::map<std::string, std::string>;
using secrets_or_reason = base::result<secrets, std::string>;

constexpr std::size_t secret_bytes = 48;
constexpr mode_t only_the_owner = 0600;

/// A file descriptor that is closed with its scope, and with it the lock on its file.
class descriptor {
 public:
  explicit descriptor(int number) : number_(number) {}
  ~descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
  int get() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

secrets_or_reason reason(std::string_view what, const std::filesystem::path& file, int error) {
  return {boost::system::in_place_error, fmt::format("{} {}: {}", what, file.string(), std::strerror(error))};
}

bool write_all(int to, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(to, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::string file_text(const secrets& all) {
  std::string text =
      "# Made by Pulse for this development installation. Deleting a key signs everybody out, or loses the accounts'\n"
      "# tokens. Production takes its secrets from the environment and never reads this file.\n";
  for (const auto& [name, value] : all) {
    text += name;
    text += '=';
    text += quoted_for_env(value);
    text += '\n';
  }
  return text;
}

/// Puts `all` in the place of the file in one step. Only called with the lock held, so that the new name is ours.
secrets_or_reason replace(const std::filesystem::path& file, const secrets& all) {
  const auto made = file.string() + ".new";
  ::unlink(made.c_str());  // left over by a process that died here
  {
    const descriptor out{::open(made.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, only_the_owner)};
    if (!out.is_open()) return reason("cannot create", made, errno);
    if (!write_all(out.get(), file_text(all)) || ::fsync(out.get()) != 0) return reason("cannot write", made, errno);
  }
  if (::rename(made.c_str(), file.c_str()) != 0) return reason("cannot create", file, errno);
  const descriptor directory{::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (directory.is_open()) ::fsync(directory.get());
  return all;
}

int lock(int file) {
  int failed = 0;
  do {
    failed = ::flock(file, LOCK_EX);
  } while (failed != 0 && errno == EINTR);
  return failed;
}

bool holds_all(const secrets& all, std::span<const std::string_view> names) {
  return std::all_of(names.begin(), names.end(), [&](auto name) { return all.contains(std::string{name}); });
}

}  // namespace

std::filesystem::path generated_secrets_file(const std::filesystem::path& state_dir) {
  return state_dir / "secrets.env";
}

secrets_or_reason read_generated_secrets(const std::filesystem::path& state_dir) {
  const auto file = generated_secrets_file(state_dir);
  const auto text = read_small_file(file, max_env_file_size);
  if (!text && text.error() == ENOENT) return secrets{};
  if (!text) return reason("cannot read", file, text.error());
  const auto entries = parse_env(*text);
  if (!entries) {
    const auto first = entries.error().front();  // a copy: error() gives its value away
    return {boost::system::in_place_error, fmt::format("{} is damaged in line {} ({}): repair or remove it",
                                                       file.string(), first.line, first.message)};
  }
  secrets all;
  for (const auto& entry : *entries) {
    if (!entry.value.empty()) all.emplace(entry.name, entry.value);
  }
  return all;
}

secrets_or_reason ensure_generated_secrets(const std::filesystem::path& state_dir,
                                           std::span<const std::string_view> names) {
  auto kept = read_generated_secrets(state_dir);
  if (!kept || holds_all(*kept, names)) return kept;

  std::error_code failure;
  const auto directory = std::filesystem::absolute(state_dir, failure);
  if (!failure) std::filesystem::create_directories(directory, failure);
  if (failure) return reason("cannot create the state directory", state_dir, failure.value());

  const auto file = generated_secrets_file(directory);
  const auto lock_file = file.string() + ".lock";
  const descriptor locked{::open(lock_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, only_the_owner)};
  if (!locked.is_open() || lock(locked.get()) != 0) return reason("cannot lock", lock_file, errno);
  kept = read_generated_secrets(directory);  // another process may have been first
  if (!kept || holds_all(*kept, names)) return kept;
  secrets all = *kept;
  for (const auto name : names) all.try_emplace(std::string{name}, base::random_token(secret_bytes));
  return replace(file, all);
}

}  // namespace pulse::config

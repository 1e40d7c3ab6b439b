#include "config/small_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace pulse::config {

namespace {

base::result<std::string, int> failed(int error) { return {boost::system::in_place_error, error}; }

base::result<std::string, int> read_all(int from, std::size_t max_size) {
  std::string text;
  char part[4096];
  while (true) {
    const auto size = ::read(from, part, sizeof part);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return failed(errno);
    if (size == 0) return text;
    text.append(part, static_cast<std::size_t>(size));
    if (text.size() > max_size) return failed(EFBIG);
  }
}

}  // namespace

base::result<std::string, int> read_small_file(const std::filesystem::path& file, std::size_t max_size) {
  const int from = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (from < 0) return failed(errno);
  auto text = read_all(from, max_size);
  ::close(from);
  return text;
}

}  // namespace pulse::config

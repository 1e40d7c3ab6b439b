#include "sandbox/core/journal.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace pulse::sandbox {

namespace {

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::optional<boost::json::object> parse_line(std::string_view text) {
  boost::json::error_code failed;
  auto value = boost::json::parse(text, failed);
  if (failed || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

}  // namespace

journal::~journal() {
  if (file_ >= 0) ::close(file_);
}

std::string journal::open(const std::string& path, const reader& replay) {
  file_ = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) return fmt::format("The journal {} cannot be opened: {}.", path, std::strerror(errno));
  std::string pending;
  char chunk[64 * 1024];
  while (true) {
    const auto got = ::pread(file_, chunk, sizeof chunk, static_cast<off_t>(size_ + pending.size()));
    if (got < 0) return fmt::format("The journal {} cannot be read: {}.", path, std::strerror(errno));
    if (got == 0) break;
    pending.append(chunk, static_cast<std::size_t>(got));
    std::size_t begin = 0;
    for (auto end = pending.find('\n'); end != std::string::npos; end = pending.find('\n', begin)) {
      if (const auto line = parse_line(std::string_view{pending}.substr(begin, end - begin))) {
        offsets_.push_back(size_ + begin);
        replay(*line);
      }
      begin = end + 1;
    }
    size_ += begin;
    pending.erase(0, begin);
  }
  if (pending.empty()) return {};
  size_ += pending.size() + 1;
  return write_all(file_, "\n") ? "" : fmt::format("The journal {} cannot be written: {}.", path, std::strerror(errno));
}

bool journal::append(const boost::json::object& line) {
  auto text = "{\"line\":" + std::to_string(offsets_.size() + 1);
  if (!line.empty()) text += ',';
  text += std::string_view{boost::json::serialize(line)}.substr(1);
  text += '\n';
  if (!write_all(file_, text)) return false;
  offsets_.push_back(size_);
  size_ += text.size();
  return true;
}

std::string journal::read(std::uint64_t since, std::size_t limit) const {
  std::string lines = "[";
  const auto last =
      since >= offsets_.size() ? offsets_.size() : std::min<std::uint64_t>(offsets_.size(), since + limit);
  for (auto i = since; i < last; ++i) {
    const auto begin = offsets_[i];
    const auto end = i + 1 < offsets_.size() ? offsets_[i + 1] : size_;
    std::string text(end - begin, '\0');
    if (::pread(file_, text.data(), text.size(), static_cast<off_t>(begin)) != static_cast<ssize_t>(text.size())) break;
    text.resize(std::min(text.find('\n'), text.size()));  // a truncated line may follow this one
    if (lines.size() > 1) lines += ',';
    lines += text;
  }
  return lines + "]";
}

}  // namespace pulse::sandbox

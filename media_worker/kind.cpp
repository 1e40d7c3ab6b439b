#include "media_worker/kind.hpp"

#include <magic.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <optional>
#include <string_view>

namespace pulse::media_worker {

namespace {

/// Where other programs look for what makes a file theirs.
constexpr std::size_t head_bytes = 4096;
constexpr std::size_t tail_bytes = 66'000;  // a ZIP's directory ends within 65,557 bytes of the end
constexpr int boxes_max = 10'000;

magic_t cookie = nullptr;

std::string read_at(int file, std::int64_t at, std::size_t count) {
  std::string made(count, '\0');
  std::size_t filled = 0;
  while (filled < count) {
    const auto got = ::pread(file, made.data() + filled, count - filled, at + static_cast<std::int64_t>(filled));
    if (got <= 0) break;
    filled += static_cast<std::size_t>(got);
  }
  made.resize(filled);
  return made;
}

std::int64_t size_of(int file) {
  struct stat about {};
  return ::fstat(file, &about) == 0 ? about.st_size : 0;
}

bool has_any(std::string_view in, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [in](std::string_view word) { return in.find(word) != in.npos; });
}

/// A page, a script, a document or an archive beside the picture: whoever opens the file by that name runs it.
bool is_something_else_too(int file, std::int64_t size) {
  auto head = read_at(file, 0, head_bytes);
  auto tail = read_at(file, std::max<std::int64_t>(0, size - static_cast<std::int64_t>(tail_bytes)), tail_bytes);
  using namespace std::string_view_literals;
  if (has_any(tail, {"PK\x05\x06"sv, "PK\x06\x06"sv}) || has_any(head, {"%PDF-"sv, "PK\x03\x04"sv})) return true;
  for (auto* const text : {&head, &tail}) {
    std::transform(text->begin(), text->end(), text->begin(), [](unsigned char c) { return std::tolower(c); });
    if (has_any(*text, {"<script"sv, "<html"sv, "<!doctype"sv, "<?php"sv, "<svg"sv, "<iframe"sv, "javascript:"sv}))
      return true;
  }
  return false;
}

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t made = 0;
  for (const char c : bytes) made = made << 8U | static_cast<std::uint8_t>(c);
  return made;
}

/// Whether the boxes of an MP4 or QuickTime file end where the file does: a film that was cut off has its last box
/// beyond.
bool has_whole_boxes(int file, std::int64_t size) {
  std::int64_t at = 0;
  for (int count = 0; at < size; ++count) {
    if (count == boxes_max) return false;
    const auto header = read_at(file, at, 16);
    if (header.size() < 8) return false;
    auto length = big_endian(std::string_view{header}.substr(0, 4));
    if (length == 0) return true;  // to the end of the file
    if (length == 1) length = header.size() == 16 ? big_endian(std::string_view{header}.substr(8, 8)) : 0;
    if (length < 8 || length > static_cast<std::uint64_t>(size - at)) return false;
    at += static_cast<std::int64_t>(length);
  }
  return true;
}

/// Whether the last thing of such a file is there. Cameras write more behind it, so it is looked for, not expected at
/// the end.
bool has_end(int file, std::int64_t size, const std::string& type) {
  using namespace std::string_view_literals;
  const auto tail = read_at(file, std::max<std::int64_t>(0, size - static_cast<std::int64_t>(tail_bytes)), tail_bytes);
  if (type == "image/jpeg") return tail.rfind("\xff\xd9"sv) != tail.npos;
  if (type == "image/png") return tail.rfind("IEND\xae\x42\x60\x82"sv) != tail.npos;
  if (type == "image/gif") return tail.find_last_of(';') != tail.npos;
  if (type != "image/webp") return true;
  const auto header = read_at(file, 0, 8);
  std::uint64_t length = 0;
  for (std::size_t i = 8; i > 4 && header.size() == 8; --i)
    length = length << 8U | static_cast<std::uint8_t>(header[i - 1]);
  return length + 8 <= static_cast<std::uint64_t>(size);
}

}  // namespace

bool prepare_kinds() {
  cookie =
      magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_TAR);
  return cookie != nullptr && magic_load(cookie, nullptr) == 0;
}

std::string kind_of(int file) {
  ::lseek(file, 0, SEEK_SET);
  const char* const found = magic_descriptor(cookie, file);
  std::string made = found == nullptr ? "" : found;
  if (made == "video/x-m4v") made = "video/mp4";
  return made;
}

std::string hidden_problem(int file, const std::string& type) {
  const auto size = size_of(file);
  if (is_something_else_too(file, size))
    return "The file is something else beside a picture or film, and is not taken.";
  if (!has_end(file, size, type)) return "The picture is cut off: its end is missing.";
  const bool has_boxes = type == "video/mp4" || type == "video/quicktime";
  if (has_boxes && !has_whole_boxes(file, size)) return "The film is cut off: its end is missing.";
  return "";
}

}  // namespace pulse::media_worker

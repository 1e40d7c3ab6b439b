// A film of any size, generated while it is read, at one address.
#pragma once

#include <zlib.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "connectors/shared/media_files.hpp"

namespace pulse::tests {

class made_film final : public connectors::media_files {
 public:
  static constexpr std::string_view url = "https://pulse.example/media/files/token/film.mp4";

  explicit made_film(std::int64_t bytes) : bytes_(bytes) {}

  std::atomic<bool> is_there{true};
  std::atomic<bool> is_readable{true};

  std::int64_t bytes() const { return bytes_; }
  /// CRC-32 of the whole.
  std::uint32_t checksum() const {
    constexpr std::int64_t step = 1 << 20;
    uLong sum = ::crc32(0, nullptr, 0);
    for (std::int64_t at = 0; at < bytes_; at += step) {
      const auto part = cut(at, std::min(step, bytes_ - at));
      sum = ::crc32(sum, reinterpret_cast<const Bytef*>(part.data()), static_cast<uInt>(part.size()));
    }
    return static_cast<std::uint32_t>(sum);
  }
  /// The most that was read in one call.
  std::size_t most_at_once() const { return most_; }

  void find(const std::string& wanted, std::function<void(std::optional<facts>)> done) override {
    if (!is_there || wanted != url) return done(std::nullopt);
    done(facts{"video/mp4", bytes_});
  }
  void read(const std::string& wanted, std::int64_t at, std::size_t count,
            std::function<void(std::optional<std::string>)> done) override {
    if (!is_readable || wanted != url) return done(std::nullopt);
    most_ = std::max(most_.load(), count);
    done(cut(at, std::min<std::int64_t>(static_cast<std::int64_t>(count), bytes_ - at)));
  }

 private:
  static std::string cut(std::int64_t at, std::int64_t count) {
    constexpr std::string_view head{
        "\0\0\0\x18"
        "ftypmp42",
        12};
    std::string part(static_cast<std::size_t>(count), '\0');
    for (std::int64_t i = 0; i < count; ++i) {
      const auto place = at + i;
      const bool is_head = place < static_cast<std::int64_t>(head.size());
      part[static_cast<std::size_t>(i)] =
          is_head ? head[static_cast<std::size_t>(place)] : static_cast<char>((place * 31 + place / 4'096) & 0xff);
    }
    return part;
  }

  const std::int64_t bytes_;
  std::atomic<std::size_t> most_{0};
};

}  // namespace pulse::tests

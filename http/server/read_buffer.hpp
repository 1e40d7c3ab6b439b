// What a connection has received and not yet used.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace pulse::http::server {

/// A contiguous byte queue that starts at 4 KiB and doubles when a request's header does not fit. It has no limit of
/// its own: the session asks for more room only while the head parser has not refused what is there.
class read_buffer {
 public:
  std::string_view readable() const { return {bytes_.get() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }

  std::size_t capacity() const { return capacity_; }

  /// What `capacity` will be when `prepare` has been called.
  std::size_t capacity_to_come() const {
    if (end_ < capacity_ || empty() || begin_ > capacity_ / 2) return std::max(capacity_, first_capacity);
    return std::max(first_capacity, capacity_ * 2);
  }

  /// Gives back what a large header needed. Only while it is empty.
  void shrink() {
    if (capacity_ <= first_capacity) return;
    bytes_.reset();
    capacity_ = begin_ = end_ = 0;
  }

  /// Room for at least one byte. Invalidates `readable()`.
  std::span<char> prepare() {
    if (empty()) begin_ = end_ = 0;
    if (end_ == capacity_) make_room();
    return {bytes_.get() + end_, capacity_ - end_};
  }

  /// `count` bytes of what `prepare` returned are filled.
  void commit(std::size_t count) { end_ += count; }

  /// The first `count` bytes are used up; views of them stay valid until `prepare`.
  void consume(std::size_t count) { begin_ += count; }

  void clear() { begin_ = end_ = 0; }

  static constexpr std::size_t first_capacity = 4 * 1024;

 private:
  void make_room() {
    const auto held = end_ - begin_;
    const bool half_is_used = begin_ > capacity_ / 2;
    if (half_is_used) {
      std::memmove(bytes_.get(), bytes_.get() + begin_, held);
    } else {
      const auto larger = std::max(first_capacity, capacity_ * 2);
      auto bytes = std::make_unique_for_overwrite<char[]>(larger);
      if (held > 0) std::memcpy(bytes.get(), bytes_.get() + begin_, held);
      bytes_ = std::move(bytes);
      capacity_ = larger;
    }
    begin_ = 0;
    end_ = held;
  }

  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace pulse::http::server

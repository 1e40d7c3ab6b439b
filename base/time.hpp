// Calendar time: one type, one text form, and the only place that reads the system's clock.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pulse::base {

/// A moment in UTC, to the microsecond: what PostgreSQL's timestamptz holds.
using timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// RFC 3339 with microseconds and `Z`: `2026-11-22T08:30:00.000000Z`. Years 0000 to 9999.
std::string to_string(timestamp at);

/// Reads RFC 3339 with `Z` or a numeric offset and up to nine digits of a second (cut to microseconds). A date without
/// a zone is refused, because it would be ambiguous. Nothing for anything else, also for 30 February.
std::optional<timestamp> parse_timestamp(std::string_view text);

/// Where calendar time comes from. Thread-safe. Delays and time-outs do not use it: they are monotonic.
class clock {
 public:
  virtual ~clock() = default;
  virtual timestamp now() const = 0;
};

/// The system's clock: the one place of the program that reads it.
class system_clock final : public clock {
 public:
  timestamp now() const override;
};

/// A clock that a test sets. Thread-safe.
class manual_clock final : public clock {
 public:
  explicit manual_clock(timestamp start) : micros_(start.time_since_epoch().count()) {}
  timestamp now() const override { return timestamp{std::chrono::microseconds{micros_.load()}}; }
  void set(timestamp at) { micros_ = at.time_since_epoch().count(); }
  void advance(std::chrono::microseconds by) { micros_ += by.count(); }

 private:
  std::atomic<std::int64_t> micros_;
};

}  // namespace pulse::base

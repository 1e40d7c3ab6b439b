// A node whose clock differs from the database server's.
#include <sstream>

#include <catch2/catch.hpp>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include "tests/actors/system/node_fixture.hpp"

namespace pulse::actors {
namespace {

/// What is logged while it lives.
class overheard_log {
 public:
  overheard_log() {
    spdlog::set_default_logger(
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(text_)));
  }
  ~overheard_log() { spdlog::set_default_logger(before_); }
  overheard_log(const overheard_log&) = delete;
  overheard_log& operator=(const overheard_log&) = delete;

  int count(std::string_view words) const {
    const auto text = text_.str();
    int times = 0;
    for (auto at = text.find(words); at != text.npos; at = text.find(words, at + 1)) ++times;
    return times;
  }

 private:
  std::shared_ptr<spdlog::logger> before_ = spdlog::default_logger();
  std::ostringstream text_;
};

}  // namespace

TEST_CASE_METHOD(node_fixture, "a node whose clock is far from the database server's does not start, and says why") {
  overheard_log log;
  auto& a = make_process();
  a.rows.clock_gap = {-7300ms, 2ms};
  const auto id = deliver(-1s);
  launch(a);
  advance_long(150s);
  CHECK_FALSE(a.lease.is_valid());
  CHECK(tables.nodes.empty());
  CHECK(platform.calls.empty());
  CHECK(log.count("7300 ms behind the database server's") == 3);
  CHECK(log.count("NTP") == 3);
  a.rows.clock_gap = {3ms, 2ms};
  advance_long(1s);
  CHECK(a.lease.is_valid());
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(node_fixture, "a node whose clock drifts goes on, and says so once a minute") {
  overheard_log log;
  auto& a = start_process();
  a.rows.clock_gap = {600ms, 200ms};  // perhaps less than half a second
  advance_long(1min);
  CHECK(log.count("NTP") == 0);
  a.rows.clock_gap = {800ms, 200ms};
  advance_long(119s);
  CHECK(log.count("800 ms ahead of the database server's (within 200 ms)") == 2);
  CHECK(a.lease.is_valid());
}

TEST_CASE("the difference of two clocks is known within half of a round trip") {
  const base::timestamp noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 12h};
  const auto gap = clock_gap::between(noon + 3s, noon, noon + 3s + 200ms);
  CHECK(gap.ahead == 3100ms);
  CHECK(gap.error == 100ms);
  CHECK(gap.at_least() == 3s);
  CHECK(clock_gap::between(noon, noon + 3s, noon + 200ms).at_least() == 2800ms);
  CHECK(clock_gap::between(noon, noon + 50ms, noon + 200ms).at_least() == 0ms);
  CHECK(clock_gap::between(noon, noon + 1s, noon - 1h).error == 0ms);  // set back meanwhile
}

}  // namespace pulse::actors

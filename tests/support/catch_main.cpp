// The main function of every test program, and the line a case that scripts/test counts.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>

namespace {

/// Appends `pass <name>` or `fail <name>` to the file named by PULSE_TEST_RESULTS when a case ends, so that a program
/// that dies half-way has still said what it did.
struct result_lines : Catch::TestEventListenerBase {
  using TestEventListenerBase::TestEventListenerBase;

  void testCaseEnded(const Catch::TestCaseStats& stats) override {
    const char* file = std::getenv("PULSE_TEST_RESULTS");
    if (file == nullptr) return;
    std::ofstream(file, std::ios::app) << (stats.totals.assertions.failed == 0 ? "pass " : "fail ")
                                       << stats.testInfo.name << '\n';
  }
};

}  // namespace

CATCH_REGISTER_LISTENER(result_lines)

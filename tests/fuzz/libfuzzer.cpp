// The main of a fuzzer: libFuzzer's own, which calls one target. Compiled by the preset `fuzz` only.
#ifdef PULSE_FUZZ_TARGET
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  pulse::fuzz::PULSE_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
  return 0;
}
#endif

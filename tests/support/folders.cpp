#include "tests/support/folders.hpp"

namespace pulse::tests {

const std::string& source_folder() {
  static const std::string folder = PULSE_SOURCE_DIR;
  return folder;
}

const std::string& build_folder() {
  static const std::string folder = PULSE_BUILD_DIR;
  return folder;
}

}  // namespace pulse::tests

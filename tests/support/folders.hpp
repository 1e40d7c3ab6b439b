// Where the checkout and its build are, for tests that read files of them.
#pragma once

#include <string>

namespace pulse::tests {

/// The checkout's folder. Compiled into one file only, so that the same test in two checkouts is one object for the
/// compiler's cache.
const std::string& source_folder();

/// The folder of the build that this program belongs to.
const std::string& build_folder();

}  // namespace pulse::tests

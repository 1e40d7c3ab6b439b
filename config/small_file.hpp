// Reading a file that is known to be small.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace pulse::config {

/// The content of a regular file (or pipe) of at most `max_size` bytes; the error is an errno (EFBIG when it is
/// larger).
base::result<std::string, int> read_small_file(const std::filesystem::path& file, std::size_t max_size);

}  // namespace pulse::config

// Reading `.env`: the strict common ground of what shells, Docker and the replaced systems accept, so that a file means
// the same to all of them. What they read differently is refused with the number of its line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace pulse::config {

/// A larger file is not read.
inline constexpr std::size_t max_env_file_size = 64 * 1024;

/// One `NAME=value`.
struct env_entry {
  std::string name;
  std::string value;
  int line = 0;  // from 1

  friend bool operator==(const env_entry&, const env_entry&) = default;
};

/// What is wrong with a line. Never shows a value: it may be a secret.
struct env_problem {
  int line = 0;
  std::string message;
};

/// The entries of a file in their order, or everything that is wrong with it.
///
/// A line is empty, a comment (`# …`), or `[export ]NAME=value`. A value is bare (up to blanks and a `#` comment), in
/// 'single quotes' (taken as it stands) or in "double quotes" (with \\ \" \$ \n \r \t). Values end on their line. A
/// name appears once. `${NAME}` is not expanded and therefore refused outside single quotes.
base::result<std::vector<env_entry>, std::vector<env_problem>> parse_env(std::string_view text);

/// `value` as it must be written after `NAME=` to be read back the same. It has no control characters but \n, \r and
/// \t.
std::string quoted_for_env(std::string_view value);

}  // namespace pulse::config

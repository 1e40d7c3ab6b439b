// The command line of `pulse`, as a value.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <string_view>
#include <variant>

#include "config/load.hpp"

namespace pulse::config {

/// Exit codes of the program.
inline constexpr int exit_success = 0;
inline constexpr int exit_failure = 1;  // it was understood and could not be done
inline constexpr int exit_usage = 2;    // it was not understood

struct serve_command {};
struct migrate_command {};
/// `pulse seed`
struct seed_command {
  bool close = false;    // instead of making the demo company: nobody may sign in to it any more
  bool removes = false;  // instead: it is removed, with all that it has
};

/// `pulse config`
struct config_command {
  enum class form { effective, check, example, tables };
  form what = form::effective;
};

/// `pulse rotate-keys`
struct rotate_keys_command {};

/// `pulse doctor`
struct doctor_command {};

/// `pulse admin promote EMAIL`, `pulse admin reset-second-factor EMAIL`
struct admin_command {
  enum class act { promote, reset_second_factor };
  act what = act::promote;
  std::string email;  // as it was typed
};

/// `pulse audit verify [--heads FILE]`, `pulse audit heads`
struct audit_command {
  bool verifies = true;              // else: print the heads
  std::filesystem::path heads_file;  // heads that were printed before; empty: none
};

/// `pulse media to-folder`
struct media_command {};

using command = std::variant<serve_command, migrate_command, seed_command, config_command, admin_command, audit_command,
                             rotate_keys_command, doctor_command, media_command>;

/// A command to run, and where its settings come from.
struct invocation {
  command what;
  std::filesystem::path env_file = ".env";
  bool env_file_must_exist = false;

  /// The sources for `load`: this process's environment and the file. Serving, migrating and seeding may generate the
  /// development secrets; `pulse config` changes nothing.
  sources settings_sources() const;
};

/// No command: print `text` (to standard error unless `exit_code` is 0) and exit.
struct printed {
  std::string text;
  int exit_code = exit_success;
};

/// The version that `pulse --version` prints: "0.1.0".
std::string_view version();

/// Parses `pulse serve|migrate|seed|config|admin|audit|media …`, `--help` and `--version`. `arguments` are those of
/// main.
std::variant<invocation, printed> parse_command_line(int count, const char* const* arguments);

/// Runs `pulse config`. Returns the exit code.
int run_config(const config_command& what, const sources& from, std::ostream& out, std::ostream& errors);

}  // namespace pulse::config

// From the environment and `.env` to valid settings, or to one message that names everything that is wrong.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "config/declaration.hpp"
#include "config/settings.hpp"

namespace pulse::config {

/// Where settings are looked for.
struct sources {
  std::map<std::string, std::string> environment;  // stronger than the file; see `environment_of_process`
  std::filesystem::path env_file = ".env";
  bool env_file_must_exist = false;  // true when somebody named the file
  /// Whether missing development secrets are made and written. Without it those that are kept already are read, and
  /// missing ones stay empty: for looking at settings without changing anything.
  bool may_generate = true;
};

/// The environment of this process. Not to be called while another thread changes it.
std::map<std::string, std::string> environment_of_process();

/// Where a value came from.
enum class origin { default_value, environment, env_file, generated };

/// A setting with the value in effect.
struct effective_setting {
  const declaration* setting = nullptr;
  std::string name;  // under which it was given
  origin from = origin::default_value;
  std::string place;  // "default", "environment", ".env line 4", "generated, kept in var/secrets.env"
  std::string value;  // as text, with secrets already taken out
};

struct loaded_settings {
  settings values;
  std::vector<effective_setting> effective;  // in the order of `declarations()`
  std::vector<std::string> warnings;         // sentences for the log; no secrets
};

/// Why the start stops: lines such as `PORT (.env line 4): must be a whole number from 0 to 65535, is "80a"`. No
/// secrets.
struct invalid_settings {
  std::vector<std::string> problems;

  /// All of them as the one message for standard error, ending with a new line.
  std::string message() const;
};

/// Reads, checks and completes the settings. The environment is stronger than the file; an empty value means the
/// default; a secret NAME may be given as NAME_FILE, the path of a file that holds it. Unknown names in the environment
/// are ignored; in `.env` they are a warning, and an error when they are a typing error away from a known name.
base::result<loaded_settings, invalid_settings> load(const sources& from);

}  // namespace pulse::config

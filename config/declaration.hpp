// The form of a declared setting, and the list of all of them. Parsing, validation, `--help`, `.env.example`, the table
// of the README and redaction all read this list; none of them names a setting itself.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "config/settings.hpp"

namespace pulse::config {

/// How much of a setting may be seen in `pulse config`, in logs and in messages. What is not `in_full` can also be
/// given as a file: NAME_FILE names the file that holds the value.
enum class shown { in_full, without_password, never };

/// What happens when a setting is not given.
enum class when_absent {
  takes_default,
  refused,    // the start stops
  generated,  // development makes one and keeps it in the state directory; production stops
};

/// How the text of a setting becomes its typed value.
struct value_kind {
  std::string allowed;  // "a whole number from 1 to 64": the end of "must be …", and the bounds in the documentation
  /// Puts the value into its member; false, and nothing changed, when the text is not allowed.
  std::function<bool(std::string_view, settings&)> read;
};

/// One setting.
struct declaration {
  std::string_view name = {};
  std::string_view other_name = {};  // the same setting's name in the other of the replaced systems
  std::string_view group = {};
  std::string_view sentence = {};
  std::string_view default_text = {};  // "{NAME}" stands for the value of a setting declared earlier
  std::string_view sandbox_text = {};  // what holds instead when SANDBOX_URL is given; empty: the default
  std::string_view example = {};       // shown where there is no default
  shown visible = shown::in_full;
  when_absent absent = when_absent::takes_default;
  value_kind value = {};

  bool is_secret() const { return visible != shown::in_full; }
};

/// All settings, grouped, in the order of the documentation. Built once; any thread.
std::span<const declaration> declarations();

/// The setting of that name, or other name, or nothing.
const declaration* find_declaration(std::string_view name);

/// Names from the replaced systems whose capabilities Pulse does not have yet: accepted in `.env` and not used.
std::span<const std::string_view> names_not_used_yet();

}  // namespace pulse::config

// Documentation of the settings, generated from the declarations.
#pragma once

#include <span>
#include <string>

#include "config/load.hpp"

namespace pulse::config {

/// The settings' part of `pulse --help`.
std::string settings_help();

/// `.env.example`: every setting, commented out, with its sentence, bounds and default. A copy of it as `.env` is
/// valid.
std::string env_example();

/// The tables of config/README.md, in Markdown.
std::string settings_tables();

/// `pulse config`: the values in effect and where each came from; secrets hidden.
std::string effective_text(std::span<const effective_setting> all);

}  // namespace pulse::config

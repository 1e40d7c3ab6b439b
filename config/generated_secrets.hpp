// The secrets that a development installation generates once and keeps in its state directory.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pulse::config {

/// Where they are kept: a file in the form of `.env`, readable by its owner only.
std::filesystem::path generated_secrets_file(const std::filesystem::path& state_dir);

/// What the file holds now, by name; empty when there is no file. The error is a sentence that names the file.
base::result<std::map<std::string, std::string>, std::string> read_generated_secrets(
    const std::filesystem::path& state_dir);

/// The secrets called `names`, making those that the file does not hold yet and keeping the others. Processes that
/// start at once agree: one makes them while the others wait, and the file appears complete or not at all, also after a
/// power cut. Creates the directory.
base::result<std::map<std::string, std::string>, std::string> ensure_generated_secrets(
    const std::filesystem::path& state_dir, std::span<const std::string_view> names);

}  // namespace pulse::config

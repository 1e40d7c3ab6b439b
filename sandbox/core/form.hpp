// Reads forms that a browser sends from a page of the sandbox.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace pulse::sandbox {

/// The fields of a form (application/x-www-form-urlencoded); empty if malformed. Of duplicates the first counts.
std::map<std::string, std::string> read_form(std::string_view text);

/// Empty if the form has no such field.
std::string value_of(const std::map<std::string, std::string>& form, const std::string& name);

}  // namespace pulse::sandbox

// What a browser sends from a page of the sandbox.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace pulse::sandbox {

/// The fields of a form as browsers send it (application/x-www-form-urlencoded); none where it cannot be read. Of a field that comes twice the first.
std::map<std::string, std::string> read_form(std::string_view text);

/// Empty where the form has no such field.
std::string value_of(const std::map<std::string, std::string>& form, const std::string& name);

}  // namespace pulse::sandbox

#include "sandbox/core/form.hpp"

#include "http/server/query.hpp"

namespace pulse::sandbox {

std::map<std::string, std::string> read_form(std::string_view text) {
  std::map<std::string, std::string> form;
  const auto read = http::server::parse_query(text);
  if (!read) return form;
  for (const auto& [name, value] : *read) form.emplace(name, value);
  return form;
}

std::string value_of(const std::map<std::string, std::string>& form, const std::string& name) {
  const auto found = form.find(name);
  return found == form.end() ? std::string{} : found->second;
}

}  // namespace pulse::sandbox

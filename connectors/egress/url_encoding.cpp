#include "connectors/egress/url_encoding.hpp"

#include <fmt/core.h>

namespace pulse::connectors {

std::string form_encoded(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string form;
  for (const auto& [name, value] : fields) {
    if (!form.empty()) form += '&';
    form += fmt::format("{}={}", percent_encoded(name), percent_encoded(value));
  }
  return form;
}

}  // namespace pulse::connectors

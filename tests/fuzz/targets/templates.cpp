#include "base/text.hpp"
#include "domain/campaigns/template_text.hpp"
#include "tests/fuzz/targets.hpp"

namespace pulse::fuzz {

void templates(std::string_view input) {
  using namespace domain::campaigns;
  const auto line = input.find('\n');
  const auto text = input.substr(0, line);
  const auto value = line == input.npos ? std::string_view{} : input.substr(line + 1);
  if (!base::is_clean_utf8(text) || !base::is_clean_utf8(value)) return;
  const auto read = parse_template(text);
  if (read.has_error()) {
    must(read.error().at <= text.size(), "a problem lies in the template");
    must(base::is_clean_utf8(read.error().problem), "a problem is told in text");
    return;
  }
  must(text.size() <= most_template_bytes, "a template has a limit");
  template_values values;
  for (const auto& name : read->variables()) values[name] = std::string{value};
  const auto filled = render(*read, values, "Europe/Amsterdam");
  if (filled.has_error()) return must(base::is_clean_utf8(filled.error().problem), "a problem is told in text");
  must(filled->size() <= most_rendered_bytes, "a rendered text has a limit");
  must(base::is_clean_utf8(*filled), "a rendered text is text");
  if (values.empty()) must(*filled == text, "a text without places stays as it is");
}

}  // namespace pulse::fuzz

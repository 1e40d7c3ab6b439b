#include "connectors/meta/graph.hpp"

#include <algorithm>

namespace pulse::connectors::meta {

graph_address address_in(const domain::setting_values& settings, std::string_view name) {
  graph_address made{settings[name], settings["META_GRAPH_VERSION"]};
  const auto slash = made.base.rfind('/');
  if (slash == made.base.npos) return made;
  const auto last = std::string_view{made.base}.substr(slash + 1);
  const bool is_version =
      last.size() >= 4 && last.front() == 'v' && last.find('.') != last.npos &&
      std::all_of(last.begin() + 1, last.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
  if (!is_version) return made;
  made.version = last;
  made.base.resize(slash);
  return made;
}

}  // namespace pulse::connectors::meta

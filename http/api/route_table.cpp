#include "http/api/route_table.hpp"

#include <fmt/core.h>

namespace pulse::http {

namespace {

/// The names between braces, in order.
std::vector<std::string> parameters_of(std::string_view path) {
  std::vector<std::string> names;
  for (std::size_t open = path.find('{'); open != std::string_view::npos; open = path.find('{', open + 1)) {
    const auto close = path.find('}', open);
    names.emplace_back(path.substr(open + 1, close - open - 1));
  }
  return names;
}

}  // namespace

route& route_table::begin(server::verb method, std::string_view path, domain::permission needs,
                          std::string_view summary, route_options options) {
  auto& made = routes_.emplace_back();
  made.method = method;
  made.path = path;
  made.needs = needs;
  made.summary = summary;
  made.options = std::move(options);
  made.path_parameters = parameters_of(path);
  return made;
}

void route_table::finish(route& made) {
  const auto name = fmt::format("{} {}", server::to_string(made.method), made.path);
  if (made.path_parameters.size() > path_parameters_max) mistakes_.push_back(name + " has too many parameters");
  if (made.path_parameters != made.path_members) {
    mistakes_.push_back(name + " does not have the parameters of its handler's in_path<>");
  }
  if (!router_.add(made)) mistakes_.push_back(name + " is in the table twice, or is not a path");
}

}  // namespace pulse::http

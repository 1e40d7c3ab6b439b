#include "http/api/router.hpp"

#include "http/api/route.hpp"

namespace pulse::http {

namespace {

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

void append_name(std::string& names, std::string_view name) {
  if (!names.empty()) names += ", ";
  names += name;
}

}  // namespace

router::router() : nodes_(1) {}

bool router::split(std::string_view path, segments& to) {
  if (path.empty() || path.front() != '/') return false;
  path.remove_prefix(1);
  while (!path.empty()) {
    if (to.count == path_segments_max) return false;
    const auto slash = path.find('/');
    to.at[to.count++] = path.substr(0, slash);
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  return true;
}

std::uint16_t router::child(std::uint16_t parent, std::string_view segment) {
  const bool parameter = is_parameter(segment);
  if (parameter && nodes_[parent].parameter != 0) return nodes_[parent].parameter;
  for (const auto& [name, index] : nodes_[parent].fixed) {
    if (name == segment) return index;
  }
  const auto index = static_cast<std::uint16_t>(nodes_.size());
  nodes_.emplace_back();
  if (parameter) {
    nodes_[parent].parameter = index;
  } else {
    nodes_[parent].fixed.emplace_back(segment, index);
  }
  return index;
}

bool router::add(const route& added) {
  segments path;
  if (!split(added.path, path)) return false;
  std::uint16_t at = 0;
  for (std::size_t i = 0; i < path.count; ++i) at = child(at, path.at[i]);
  auto& end = nodes_[at];
  auto& place = end.routes[static_cast<std::size_t>(added.method)];
  if (place != nullptr) return false;
  place = &added;
  append_name(end.allowed, server::to_string(added.method));
  if (added.method == server::verb::get) append_name(end.allowed, "HEAD");
  return true;
}

const router::node* router::descend(const node& from, const segments& path, std::size_t depth, path_values& values,
                                    std::size_t parameters) const {
  if (depth == path.count) return from.allowed.empty() ? nullptr : &from;
  const auto segment = path.at[depth];
  for (const auto& [name, index] : from.fixed) {
    if (name != segment) continue;
    if (const auto* end = descend(nodes_[index], path, depth + 1, values, parameters)) return end;
    break;
  }
  if (from.parameter == 0 || segment.empty() || parameters == path_parameters_max) return nullptr;
  values[parameters] = segment;
  return descend(nodes_[from.parameter], path, depth + 1, values, parameters + 1);
}

router::match router::find(server::verb method, std::string_view path) const {
  if (path.starts_with(api_prefix) && (path.size() == api_prefix.size() || path[api_prefix.size()] == '/')) {
    path.remove_prefix(api_prefix.size());
    if (path.empty()) path = "/";
  }
  match made;
  segments parts;
  if (!split(path, parts)) return made;
  const auto* end = descend(nodes_.front(), parts, 0, made.values, 0);
  if (end == nullptr) return made;
  const auto wanted = method == server::verb::head ? server::verb::get : method;
  made.found = end->routes[static_cast<std::size_t>(wanted)];
  if (made.found == nullptr) made.allowed = &end->allowed;
  return made;
}

}  // namespace pulse::http

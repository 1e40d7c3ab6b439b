#include "sandbox/core/multipart.hpp"

namespace pulse::sandbox {

namespace {

/// The name in a part's Content-Disposition.
std::string_view name_of(std::string_view head) {
  constexpr std::string_view before = "name=\"";
  const auto at = head.find(before);
  if (at == std::string_view::npos) return {};
  const auto rest = head.substr(at + before.size());
  return rest.substr(0, rest.find('"'));
}

}  // namespace

std::optional<std::map<std::string, std::string_view, std::less<>>> read_multipart(
    const http::server::request& request) {
  constexpr std::string_view type = "multipart/form-data; boundary=";
  constexpr std::string_view blank_line = "\r\n\r\n";
  const auto header = request.find("content-type");
  if (!header || !header->starts_with(type)) return std::nullopt;
  auto boundary = header->substr(type.size());
  if (boundary.size() >= 2 && boundary.front() == '"' && boundary.back() == '"')
    boundary = boundary.substr(1, boundary.size() - 2);
  const auto mark = "--" + std::string{boundary};
  std::string_view rest{request.body};
  if (!rest.starts_with(mark)) return std::nullopt;
  rest.remove_prefix(mark.size());
  std::map<std::string, std::string_view, std::less<>> parts;
  while (rest.starts_with("\r\n")) {
    const auto head_end = rest.find(blank_line);
    const auto end = rest.find("\r\n" + mark, head_end);
    if (head_end == std::string_view::npos || end == std::string_view::npos) return std::nullopt;
    const auto name = name_of(rest.substr(0, head_end));
    const auto content = rest.substr(head_end + blank_line.size(), end - head_end - blank_line.size());
    if (name.empty() || !parts.emplace(name, content).second) return std::nullopt;
    rest.remove_prefix(end + 2 + mark.size());
  }
  if (!rest.starts_with("--")) return std::nullopt;
  return parts;
}

}  // namespace pulse::sandbox

#include "sandbox/linkedin/web_page.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

namespace pulse::sandbox::linkedin {

using http::server::response;

std::string cookie_of(const http::server::request& request, std::string_view name) {
  auto left = request.find("cookie").value_or("");
  while (!left.empty()) {
    const auto end = std::min(left.find(';'), left.size());
    auto one = left.substr(0, end);
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (one.starts_with(name) && one.substr(name.size()).starts_with('='))
      return std::string{one.substr(name.size() + 1)};
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return {};
}

verdict page(std::string_view title, const std::string& body) {
  response made;
  made.content_type = "text/html; charset=utf-8";
  made.headers.push_back({"cache-control", "no-store"});
  made.body = fmt::format(
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title><style>body{{font:16px/1.5 "
      "sans-serif;max-width:24rem;margin:4rem auto;padding:0 1rem}}input{{display:block;width:100%;margin:.3rem 0 "
      "1rem}}[role=alert]{{color:#b00}}</style></head><body><h1>{}</h1>{}<p>This is the sandbox.</p></body></html>",
      title, title, body);
  return {std::move(made), decision::done, {}, {}};
}

verdict redirect(std::string to) {
  auto made = response::empty(303);
  made.headers.push_back({"location", std::move(to)});
  return {std::move(made), decision::done, {}, {}};
}

std::string as_html(std::string_view text) {
  std::string made;
  for (const char c : text) {
    switch (c) {
      case '&': made += "&amp;"; break;
      case '<': made += "&lt;"; break;
      case '>': made += "&gt;"; break;
      case '"': made += "&quot;"; break;
      case '\n': made += "<br>"; break;
      default: made += c;
    }
  }
  return made;
}

}  // namespace pulse::sandbox::linkedin

#include "sandbox/core/mails_page.hpp"

#include <string_view>

#include <fmt/core.h>

#include "sandbox/core/html.hpp"

namespace pulse::sandbox {

namespace {

std::string text_of(const boost::json::object& mail, std::string_view name) {
  const auto* value = mail.if_contains(name);
  return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

/// Turns lines that consist of an address into links.
std::string body_of(std::string_view text) {
  std::string made;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    const bool is_address = line.starts_with("http://") || line.starts_with("https://");
    const auto shown = escaped(line);
    made += is_address ? fmt::format("<a href=\"{}\">{}</a>", shown, shown) : shown;
    made += '\n';
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return made;
}

}  // namespace

std::string mails_page(const std::deque<boost::json::object>& mails) {
  std::string page =
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Mails</title>"
      "<meta name=\"viewport\" content=\"width=device-width\">"
      "<style>body{font:16px/1.5 system-ui;max-width:48rem;margin:2rem auto;padding:0 1rem}"
      "article{border-top:1px solid #ccc;padding:1rem 0}pre{white-space:pre-wrap;overflow-wrap:anywhere}</style>"
      "<h1>Mails that Pulse would have sent</h1>";
  if (mails.empty()) page += "<p>None yet.</p>";
  for (const auto& mail : mails) {
    page += fmt::format("<article><h2>{}</h2><p>To {}, {}</p><pre>{}</pre></article>",
                        escaped(text_of(mail, "subject")), escaped(text_of(mail, "to")),
                        escaped(text_of(mail, "received_at")), body_of(text_of(mail, "text")));
  }
  return page + "</html>";
}

}  // namespace pulse::sandbox

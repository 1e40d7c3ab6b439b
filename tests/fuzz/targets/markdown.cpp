#include "http/routes/site/markdown.hpp"

#include <expat.h>

#include "base/text.hpp"
#include "tests/fuzz/targets.hpp"

namespace pulse::fuzz {

namespace {

/// Whether it is well-formed, and does nothing: no element that runs, no attribute that does, no address but of three
/// kinds.
struct page_check {
  const char* broken = nullptr;

  void element(std::string_view name, const char** attributes) {
    for (const auto* bad :
         {"script", "style", "iframe", "object", "embed", "form", "input", "link", "meta", "base", "svg"})
      if (name == bad) broken = "an element that may do something is shown";
    for (; *attributes != nullptr; attributes += 2) {
      const std::string_view key = attributes[0];
      const std::string_view value = attributes[1];
      if (key.starts_with("on") || key == "style" || key == "srcdoc")
        broken = "an attribute that may do something is shown";
      if (key == "href" && !value.starts_with("http://") && !value.starts_with("https://") &&
          !value.starts_with("mailto:"))
        broken = "a link leads to another kind of address";
      if (key == "src" && !value.starts_with("https://")) broken = "a picture comes by another kind of address";
    }
  }
};

void check_page(const std::string& html) {
  must(base::is_clean_utf8(html), "a page is text");
  page_check found;
  XML_Parser parser = XML_ParserCreate("UTF-8");
  XML_SetUserData(parser, &found);
  XML_SetStartElementHandler(parser, [](void* to, const XML_Char* name, const XML_Char** attributes) {
    static_cast<page_check*>(to)->element(name, attributes);
  });
  const auto page = "<div>" + html + "</div>";
  const bool is_formed = XML_Parse(parser, page.data(), static_cast<int>(page.size()), 1) == XML_STATUS_OK;
  XML_ParserFree(parser);
  must(is_formed, "a page is well-formed");
  must(found.broken == nullptr, found.broken);
}

}  // namespace

void markdown(std::string_view input) {
  if (!base::is_clean_utf8(input)) return;
  if (const auto made = http::routes::markdown_to_html(input)) check_page(*made);
  check_page(http::routes::sanitized(input));
}

}  // namespace pulse::fuzz

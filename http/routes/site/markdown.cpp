#include "http/routes/site/markdown.hpp"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <memory>

#include "domain/platforms/markdown.hpp"

namespace pulse::http::routes {

namespace {

/// An h1 becomes an h2, because the page already has a title.
constexpr std::array<std::pair<GumboTag, std::string_view>, 26> shown_elements{{
    {GUMBO_TAG_P, "p"},
    {GUMBO_TAG_BR, "br"},
    {GUMBO_TAG_HR, "hr"},
    {GUMBO_TAG_STRONG, "strong"},
    {GUMBO_TAG_EM, "em"},
    {GUMBO_TAG_B, "strong"},
    {GUMBO_TAG_I, "em"},
    {GUMBO_TAG_DEL, "del"},
    {GUMBO_TAG_CODE, "code"},
    {GUMBO_TAG_PRE, "pre"},
    {GUMBO_TAG_BLOCKQUOTE, "blockquote"},
    {GUMBO_TAG_UL, "ul"},
    {GUMBO_TAG_OL, "ol"},
    {GUMBO_TAG_LI, "li"},
    {GUMBO_TAG_H1, "h2"},
    {GUMBO_TAG_H2, "h2"},
    {GUMBO_TAG_H3, "h3"},
    {GUMBO_TAG_H4, "h4"},
    {GUMBO_TAG_A, "a"},
    {GUMBO_TAG_IMG, "img"},
    {GUMBO_TAG_TABLE, "table"},
    {GUMBO_TAG_THEAD, "thead"},
    {GUMBO_TAG_TBODY, "tbody"},
    {GUMBO_TAG_TR, "tr"},
    {GUMBO_TAG_TH, "th"},
    {GUMBO_TAG_TD, "td"},
}};

/// Elements whose content is not text for people.
constexpr std::array hidden_elements{GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,    GUMBO_TAG_TEMPLATE, GUMBO_TAG_NOSCRIPT,
                                     GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT,   GUMBO_TAG_EMBED,    GUMBO_TAG_SVG,
                                     GUMBO_TAG_MATH,   GUMBO_TAG_TEXTAREA, GUMBO_TAG_SELECT,   GUMBO_TAG_TITLE,
                                     GUMBO_TAG_HEAD};

std::string_view shown_as(const GumboElement& element) {
  if (element.tag_namespace != GUMBO_NAMESPACE_HTML) return {};
  for (const auto& [tag, name] : shown_elements) {
    if (tag == element.tag) return name;
  }
  return {};
}

bool is_hidden(const GumboElement& element) {
  return element.tag_namespace != GUMBO_NAMESPACE_HTML ||
         std::find(hidden_elements.begin(), hidden_elements.end(), element.tag) != hidden_elements.end();
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool begins_with(std::string_view text, std::string_view expected) {
  if (text.size() < expected.size()) return false;
  return std::equal(expected.begin(), expected.end(), text.begin(), [](char x, char y) { return x == lower(y); });
}

/// Whether an address may be followed, or fetched: its scheme is explicit, and it has no byte that a browser would
/// skip.
bool is_safe_address(std::string_view address, bool is_fetched) {
  const auto is_odd = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; };
  if (std::any_of(address.begin(), address.end(), is_odd)) return false;
  if (begins_with(address, "https://")) return true;
  return !is_fetched && (begins_with(address, "http://") || begins_with(address, "mailto:"));
}

class writer {
 public:
  void children_of(const GumboVector& children, std::size_t depth) {
    const auto at = [&children](unsigned i) { return static_cast<const GumboNode*>(children.data[i]); };
    for (unsigned i = 0; i < children.length; ++i) {
      const bool is_inside_text = i > 0 && i + 1 < children.length && is_inline(*at(i - 1)) && is_inline(*at(i + 1));
      node(*at(i), depth, is_inside_text);
    }
  }

  std::string take() {
    while (out_.ends_with('\n')) out_.pop_back();
    return std::move(out_);
  }

 private:
  static bool is_inline(const GumboNode& of) {
    if (of.type == GUMBO_NODE_TEXT) return true;
    constexpr std::array inline_elements{GUMBO_TAG_STRONG, GUMBO_TAG_EM, GUMBO_TAG_DEL, GUMBO_TAG_CODE,
                                         GUMBO_TAG_A,      GUMBO_TAG_B,  GUMBO_TAG_I,   GUMBO_TAG_IMG};
    return of.type == GUMBO_NODE_ELEMENT &&
           std::find(inline_elements.begin(), inline_elements.end(), of.v.element.tag) != inline_elements.end();
  }

  void node(const GumboNode& of, std::size_t depth, bool is_inside_text) {
    switch (of.type) {
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_CDATA: text(of.v.text.text); break;
      case GUMBO_NODE_WHITESPACE: white_space(of, is_inside_text); break;
      case GUMBO_NODE_ELEMENT: element(of.v.element, depth); break;
      case GUMBO_NODE_DOCUMENT:
      case GUMBO_NODE_COMMENT:
      case GUMBO_NODE_TEMPLATE: break;
    }
  }

  void element(const GumboElement& of, std::size_t depth) {
    if (is_hidden(of)) return;
    const auto name = depth < html_depth_max ? shown_as(of) : std::string_view{};
    const bool is_preformatted = of.tag == GUMBO_TAG_PRE;
    if (name == "img") return image(of);
    if (name.empty()) return children_of(of.children, depth + 1);
    if (name == "a" && !leads_somewhere(of)) return children_of(of.children, depth + 1);
    out_.append("<").append(name);
    const bool is_void = name == "br" || name == "hr";
    if (name == "a") link(of);
    if (name == "ol") number(of);
    out_ += is_void ? "/>" : ">";
    if (is_void) return;
    preformatted_ += is_preformatted ? 1 : 0;
    children_of(of.children, depth + 1);
    preformatted_ -= is_preformatted ? 1 : 0;
    out_.append("</").append(name).append(">");
  }

  static bool leads_somewhere(const GumboElement& link) {
    const auto* address = gumbo_get_attribute(&link.attributes, "href");
    return address != nullptr && is_safe_address(address->value, false);
  }

  void link(const GumboElement& of) {
    attribute("href", gumbo_get_attribute(&of.attributes, "href")->value);
    attribute("rel", "nofollow noopener ugc");
  }

  void number(const GumboElement& of) {
    const auto* start = gumbo_get_attribute(&of.attributes, "start");
    constexpr std::size_t digits_max = 9;
    if (start == nullptr) return;
    const std::string_view digits = start->value;
    const bool is_number = !digits.empty() && digits.size() <= digits_max &&
                           digits.find_first_not_of("0123456789") == std::string_view::npos;
    if (is_number) attribute("start", digits);
  }

  void image(const GumboElement& of) {
    const auto* address = gumbo_get_attribute(&of.attributes, "src");
    const auto* words = gumbo_get_attribute(&of.attributes, "alt");
    const std::string_view alt = words == nullptr ? "" : words->value;
    if (address == nullptr || !is_safe_address(address->value, true)) return escape(alt, false);
    out_ += "<img";
    attribute("src", address->value);
    attribute("alt", alt);
    out_ += "/>";
  }

  void attribute(std::string_view name, std::string_view value) {
    out_.append(" ").append(name).append("=\"");
    escape(value, true);
    out_ += '"';
  }

  /// A line break between words stays a line break.
  void text(std::string_view words) {
    if (preformatted_ > 0) return escape(words, false);
    for (;;) {
      const auto end = words.find('\n');
      escape(words.substr(0, end), false);
      if (end == std::string_view::npos) return;
      words.remove_prefix(end + 1);
      if (!out_.ends_with("<br/>")) out_ += "<br/>";
    }
  }

  /// Between blocks white space has no meaning; inside text it is a space or a line break.
  void white_space(const GumboNode& of, bool is_inside_text) {
    const std::string_view blank = of.v.text.text;
    if (preformatted_ > 0) {
      out_ += blank;
    } else if (blank.find('\n') == std::string_view::npos) {
      out_ += ' ';
    } else if (is_inside_text) {
      out_ += "<br/>";
    } else if (!out_.empty() && !out_.ends_with('\n')) {
      out_ += '\n';
    }
  }

  /// Leaves out characters that XML cannot hold. HTML allows them as &#12; or &#xFFFE;.
  void escape(std::string_view text, bool is_quoted) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      const char c = text[at];
      if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') continue;
      if (text.substr(at, 3) == "\xef\xbf\xbe" || text.substr(at, 3) == "\xef\xbf\xbf") {
        at += 2;
        continue;
      }
      switch (c) {
        case '&': out_ += "&amp;"; break;
        case '<': out_ += "&lt;"; break;
        case '>': out_ += "&gt;"; break;
        case '"':
          if (is_quoted) {
            out_ += "&quot;";
            break;
          }
          [[fallthrough]];
        default: out_ += c;
      }
    }
  }

  std::string out_;
  int preformatted_ = 0;
};

}  // namespace

std::string sanitized(std::string_view html) {
  auto options = kGumboDefaultOptions;
  options.fragment_context = GUMBO_TAG_BODY;
  const std::unique_ptr<GumboOutput, void (*)(GumboOutput*)> parsed{
      gumbo_parse_with_options(&options, html.data(), html.size()),
      [](GumboOutput* done) { gumbo_destroy_output(&kGumboDefaultOptions, done); }};
  writer made;
  made.children_of(parsed->root->v.element.children, 0);
  return made.take();
}

std::optional<std::string> markdown_to_html(std::string_view text) {
  const auto markup = domain::markdown_to_markup(text);
  if (!markup) return std::nullopt;
  return sanitized(*markup);
}

}  // namespace pulse::http::routes

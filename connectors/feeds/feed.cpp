#include "connectors/feeds/feed.hpp"

#include <array>
#include <chrono>
#include <memory>
#include <utility>

#include <expat.h>
#include <fmt/core.h>

#include "base/freeing.hpp"
#include "base/text.hpp"

namespace pulse::connectors::feeds {

namespace {

constexpr std::chrono::milliseconds fetch_timeout{10'000};
/// Of a header that is sent back.
constexpr std::size_t most_tag_bytes = 1'000;

/// Cut to whole characters.
void cut(std::string& text, std::size_t most) {
  if (text.size() <= most) return;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// What a reader sees of a piece of HTML: no tags, the usual characters by name, single spaces.
std::string without_markup(std::string_view html) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> named{
      {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", " "}}};
  std::string made;
  const auto add = [&made](char c) {
    if (!is_space(c)) {
      made += c;
    } else if (!made.empty() && made.back() != ' ') {
      made += ' ';
    }
  };
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (html[i] == '<' && html.find('>', i) != html.npos) {
      i = html.find('>', i);
      add(' ');
      continue;
    }
    bool is_named = false;
    for (const auto& [name, meaning] : named) {
      if (html.substr(i, name.size()) != name) continue;
      add(meaning.front());
      i += name.size() - 1;
      is_named = true;
      break;
    }
    if (!is_named) add(html[i]);
  }
  while (!made.empty() && made.back() == ' ') made.pop_back();
  return made;
}

enum class field { none, title, link, id, summary };

/// What expat tells, gathered into items.
class reader {
 public:
  explicit reader(XML_Parser parser) : parser_(parser) {}

  void begin(std::string_view name, const char** attributes) {
    ++depth_;
    if (depth_ > most_feed_depth) return refuse("is nested too deep");
    if (depth_ == 1) is_feed_ = name == "rss" || name == "feed" || name == "rdf:RDF";
    if (depth_ == 1 && !is_feed_) return refuse("is no RSS or Atom feed");
    if (name == "item" || name == "entry") {
      if (items_.size() == most_feed_items) return refuse("has more than 1,000 items");
      item_depth_ = depth_;
      items_.emplace_back();
      return;
    }
    if (item_depth_ == 0 || depth_ != item_depth_ + 1) return;
    text_.clear();
    field_ = field_of(name);
    if (name == "link") take_link(attributes);
  }

  void end() {
    if (item_depth_ != 0 && depth_ == item_depth_ + 1) store();
    if (depth_ == item_depth_) item_depth_ = 0;
    --depth_;
  }

  void add(std::string_view text) {
    // A summary's markup is longer than what is kept of it.
    if (field_ != field::none && text_.size() < 4 * most_summary_bytes) text_ += text;
  }

  void refuse(std::string why) {
    if (problem_.empty()) problem_ = std::move(why);
    XML_StopParser(parser_, XML_FALSE);
  }

  const std::string& problem() const { return problem_; }
  bool is_feed() const { return is_feed_; }

  std::vector<feed_item> take() {
    std::vector<feed_item> made;
    for (auto& each : items_) {
      if (each.id.empty()) each.id = each.url.empty() ? each.title : each.url;
      if (!each.id.empty()) made.push_back(std::move(each));
    }
    return made;
  }

 private:
  static field field_of(std::string_view name) {
    if (name == "title") return field::title;
    if (name == "link") return field::link;
    if (name == "guid" || name == "id") return field::id;
    if (name == "description" || name == "summary" || name == "content") return field::summary;
    return field::none;
  }

  void take_link(const char** attributes) {
    std::string_view href;
    std::string_view rel = "alternate";
    for (; attributes != nullptr && *attributes != nullptr; attributes += 2) {
      if (std::string_view{attributes[0]} == "href") href = attributes[1];
      if (std::string_view{attributes[0]} == "rel") rel = attributes[1];
    }
    if (!href.empty() && rel == "alternate") set(items_.back().url, std::string{href}, most_summary_bytes);
  }

  static void set(std::string& to, std::string from, std::size_t most) {
    if (!to.empty() || !base::is_clean_utf8(from)) return;
    cut(from, most);
    to = std::move(from);
  }

  void store() {
    auto& item = items_.back();
    switch (std::exchange(field_, field::none)) {
      case field::none: return;
      case field::title: return set(item.title, without_markup(text_), most_title_bytes);
      case field::link: return set(item.url, without_markup(text_), most_summary_bytes);
      case field::id: return set(item.id, without_markup(text_), most_summary_bytes);
      case field::summary: return set(item.summary, without_markup(text_), most_summary_bytes);
    }
  }

  XML_Parser parser_;
  int depth_ = 0;
  int item_depth_ = 0;  // of the item that is open; 0: none
  bool is_feed_ = false;
  field field_ = field::none;
  std::string text_;
  std::vector<feed_item> items_;
  std::string problem_;
};

reader& of(void* data) { return *static_cast<reader*>(data); }

using parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, base::freeing<XML_ParserFree>>;

void listen(XML_Parser to) {
  XML_SetElementHandler(
      to, [](void* data, const char* name, const char** attributes) { of(data).begin(name, attributes); },
      [](void* data, const char*) { of(data).end(); });
  XML_SetCharacterDataHandler(to, [](void* data, const char* text, int size) {
    of(data).add({text, static_cast<std::size_t>(size)});
  });
  XML_SetEntityDeclHandler(to, [](void* data, const char*, int, const char*, int, const char*, const char*, const char*,
                                  const char*) { of(data).refuse("declares entities, which no feed needs"); });
  XML_SetExternalEntityRefHandler(
      to, [](XML_Parser, const char*, const char*, const char*, const char*) -> int { return XML_STATUS_ERROR; });
}

std::string header_of(const egress_reply& from, std::string_view name) {
  std::string value{from.find(name).value_or("")};
  if (value.size() > most_tag_bytes) value.clear();
  return value;
}

feed_answer to_answer(const egress_reply& reply) {
  feed_answer made;
  constexpr int same = 304;
  constexpr int good = 200;
  if (reply.address_refused) {
    made.problem = "is at an address inside a network, which is not called";
  } else if (reply.too_large) {
    made.problem = fmt::format("is larger than {} MiB", most_feed_bytes / 1024 / 1024);
  } else if (reply.how_far != progress::complete) {
    made.problem = "cannot be reached: " + reply.error;
  } else if (reply.status == same) {
    made.is_same = true;
  } else if (reply.status >= 300 && reply.status < 400) {
    made.problem = "leads to another address: name that one";
  } else if (reply.status != good) {
    made.problem = "answers with status " + std::to_string(reply.status);
  } else {
    auto items = parse_feed(reply.body);
    if (items.has_error()) {
      made.problem = items.error();
    } else {
      made.items = std::move(*items);
      made.etag = header_of(reply, "etag");
      made.modified = header_of(reply, "last-modified");
    }
  }
  return made;
}

}  // namespace

base::result<std::vector<feed_item>, std::string> parse_feed(std::string_view document) {
  if (document.size() > most_feed_bytes) return std::string{"is too large"};
  const parser made{XML_ParserCreate(nullptr)};
  if (!made) return std::string{"cannot be read just now"};
  reader to{made.get()};
  XML_SetUserData(made.get(), &to);
  listen(made.get());
  const auto status = XML_Parse(made.get(), document.data(), static_cast<int>(document.size()), XML_TRUE);
  if (!to.problem().empty()) return to.problem();
  if (status != XML_STATUS_OK) return std::string{"is no XML that can be read"};
  if (!to.is_feed()) return std::string{"is no RSS or Atom feed"};
  return to.take();
}

void fetch_feed(egress& with, const std::string& url, const std::string& etag, const std::string& modified,
                std::function<void(feed_answer)> done) {
  egress_request asked;
  asked.url = url;
  asked.headers.push_back(
      {"accept", "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8"});
  if (!etag.empty()) asked.headers.push_back({"if-none-match", etag});
  if (!modified.empty()) asked.headers.push_back({"if-modified-since", modified});
  asked.timeout = fetch_timeout;
  asked.max_response_bytes = most_feed_bytes;
  asked.address = trust::user_given;
  with.send(std::move(asked), [done = std::move(done)](const egress_reply& reply) { done(to_answer(reply)); });
}

}  // namespace pulse::connectors::feeds

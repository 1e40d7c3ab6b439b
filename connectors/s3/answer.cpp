#include "connectors/s3/answer.hpp"

#include <memory>
#include <utility>

#include <expat.h>

#include "base/freeing.hpp"

namespace pulse::connectors::s3 {

namespace {

constexpr int most_depth = 16;
/// 1,000 objects or parts are what a page has.
constexpr std::size_t most_rows = 10'000;
constexpr std::size_t most_text_bytes = 8 * 1024;
constexpr std::size_t most_words = 300;

/// What expat tells, gathered into an answer.
class reader {
 public:
  explicit reader(XML_Parser parser) : parser_(parser) {}

  void begin(std::string_view name) {
    text_.clear();
    if (++depth_ > most_depth) return refuse();
    if (depth_ == 1) made_.root = name;
    if (depth_ == 2) child_ = name;
    if (depth_ == 3 && !is_row_) {
      is_row_ = true;
      if (made_.rows.size() == most_rows) return refuse();
      made_.rows.push_back({{"", child_}});
    }
  }

  void end(std::string_view name) {
    if (depth_ == 3 && is_row_) made_.rows.back()[std::string{name}] = text_;
    if (depth_ == 2 && !is_row_) made_.values[std::string{name}] = text_;
    if (depth_ == 2) is_row_ = false;
    text_.clear();
    --depth_;
  }

  void add(std::string_view text) {
    if (text_.size() + text.size() <= most_text_bytes) text_ += text;
  }

  void refuse() {
    is_refused_ = true;
    XML_StopParser(parser_, XML_FALSE);
  }

  bool is_refused() const { return is_refused_; }
  answer take() { return std::move(made_); }

 private:
  XML_Parser parser_;
  int depth_ = 0;
  bool is_row_ = false;  // the child of the root that is open has children
  bool is_refused_ = false;
  std::string child_;
  std::string text_;
  answer made_;
};

reader& of(void* data) { return *static_cast<reader*>(data); }

using parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, base::freeing<XML_ParserFree>>;

void listen(XML_Parser to) {
  XML_SetElementHandler(
      to, [](void* data, const char* name, const char**) { of(data).begin(name); },
      [](void* data, const char* name) { of(data).end(name); });
  XML_SetCharacterDataHandler(to, [](void* data, const char* text, int size) {
    of(data).add({text, static_cast<std::size_t>(size)});
  });
  XML_SetStartDoctypeDeclHandler(to, [](void* data, const char*, const char*, const char*, int) { of(data).refuse(); });
}

failure_kind kind_of(int status, const std::string& code) {
  if (code == "NoSuchKey" || code == "NoSuchUpload") return failure_kind::missing;
  if (code == "SlowDown" || code == "ServiceUnavailable" || code == "InternalError" || code == "RequestTimeout" ||
      code == "OperationAborted")
    return failure_kind::unreachable;
  if (status == 404 && code.empty()) return failure_kind::missing;  // a HEAD has no body
  if (status >= 500 || status == 429 || status == 408) return failure_kind::unreachable;
  return failure_kind::refused;
}

/// What the service says of itself is shown to the operator, in one line and not too much of it.
std::string in_words(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  if (text.size() > most_words) text.resize(most_words);
  return text;
}

void add_escaped(std::string& to, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&': to += "&amp;"; break;
      case '<': to += "&lt;"; break;
      case '>': to += "&gt;"; break;
      case '"': to += "&quot;"; break;
      default: to += c;
    }
  }
}

}  // namespace

const std::string& answer::value(const std::string& name) const {
  static const std::string none;
  const auto found = values.find(name);
  return found == values.end() ? none : found->second;
}

std::optional<answer> read_answer(std::string_view document) {
  const parser made{XML_ParserCreate(nullptr)};
  if (!made) return std::nullopt;
  reader to{made.get()};
  XML_SetUserData(made.get(), &to);
  listen(made.get());
  const auto status = XML_Parse(made.get(), document.data(), static_cast<int>(document.size()), XML_TRUE);
  if (to.is_refused() || status != XML_STATUS_OK) return std::nullopt;
  return to.take();
}

std::optional<failure> failure_of(const egress_reply& reply) {
  if (reply.how_far != progress::complete) return failure{failure_kind::unreachable, "", reply.error};
  const bool is_good = reply.status >= 200 && reply.status < 300;
  if (is_good && reply.body.find("<Error") == std::string::npos) return std::nullopt;
  const auto told = read_answer(reply.body);
  const bool is_error = told && told->root == "Error";
  if (is_good && !is_error) return std::nullopt;
  const auto code = is_error ? told->value("Code") : std::string{};
  auto reason = "it answered " + std::to_string(reply.status);
  if (!code.empty()) reason += " " + in_words(code);
  if (is_error && !told->value("Message").empty()) reason += ": " + in_words(told->value("Message"));
  return failure{kind_of(reply.status, code), in_words(code), std::move(reason)};
}

std::string to_document(const std::vector<part>& parts) {
  std::string made = "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">";
  for (const auto& each : parts) {
    made += "<Part><PartNumber>" + std::to_string(each.number) + "</PartNumber><ETag>";
    add_escaped(made, each.etag);
    made += "</ETag></Part>";
  }
  return made + "</CompleteMultipartUpload>";
}

}  // namespace pulse::connectors::s3

#include "http/server/response_writer.hpp"

#include <array>
#include <charconv>

#include <spdlog/spdlog.h>

#include "base/http_date.hpp"
#include "http/server/characters.hpp"
#include "http/server/conditional.hpp"

namespace pulse::http::server {

namespace {

void append_number(std::string& out, std::size_t number) {
  std::array<char, 20> digits;
  const auto [end, failure] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), end);
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

void append_status_line(std::string& out, int status) {
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(status));
  out.append(" ").append(reason(status)).append("\r\n");
}

/// RFC 9110 §8.6: these statuses have no body, and no length of one.
bool never_has_body(int status) { return status < 200 || status == 204 || status == 304; }

/// Headers that the server alone writes: framing by two hands is how responses get split.
bool is_reserved(std::string_view name) {
  return name == "content-length" || name == "transfer-encoding" || name == "connection" || name == "date";
}

void become_not_modified(response& answer) {
  answer.status = 304;
  answer.content_type.clear();
  answer.body.clear();
  answer.shared_body.reset();
  answer.parts = nullptr;
  answer.parts_bytes.reset();
}

}  // namespace

response_writer::response_writer(std::string_view server_name, const cors_policy& cors,
                                 const std::vector<header>& common, base::timestamp now)
    : cors_(cors), common_(common), server_name_(server_name) {
  set_date(now);
}

void response_writer::set_date(base::timestamp now) {
  const auto second = std::chrono::floor<std::chrono::seconds>(now);
  if (second == date_ && !common_headers_.empty()) return;
  date_ = second;
  common_headers_.clear();
  append_line(common_headers_, "server", server_name_);
  append_line(common_headers_, "date", base::to_http_date(now));
  append_line(common_headers_, "x-content-type-options", "nosniff");
  append_line(common_headers_, "referrer-policy", "no-referrer");
  for (const auto& each : common_) append_line(common_headers_, each.name, each.value);
}

/// Whether the answer could be compressed, so that caches must tell clients apart; compresses it for this one if it
/// may.
bool response_writer::compress(const request& asked, response& answer) {
  if (!answer.compressible || answer.parts || never_has_body(answer.status) ||
      answer.bytes().size() < compressed_bytes_min)
    return false;
  if (!is_compressible(answer.content_type) || answer.find("content-encoding")) return false;
  const auto accepted = asked.find("accept-encoding");
  if (!accepted || !accepts_gzip(*accepted)) return true;
  auto compressed = compressor_.compress(answer.bytes());
  if (compressed.empty()) return true;

  answer.body = std::move(compressed);
  answer.shared_body.reset();
  answer.headers.push_back({"content-encoding", "gzip"});
  for (auto& each : answer.headers) {
    // The tag named other bytes; weak, it still names the same content (RFC 9110 §8.8.3.3).
    if (each.name == "etag" && !each.value.starts_with("W/")) each.value.insert(0, "W/");
  }
  return true;
}

void response_writer::append_headers_of(const response& answer, std::string_view request_id, std::string& head) const {
  for (const auto& each : answer.headers) {
    const bool safe = !each.name.empty() && consists_of(token_bytes, each.name) && consists_of(value_bytes, each.value);
    if (!safe) {
      spdlog::error("A response header was left out because it would have broken the response (request={})",
                    request_id);
    } else if (!is_reserved(each.name)) {
      append_line(head, each.name, each.value);
    }
  }
}

std::string_view response_writer::write(const exchange& context, response& answer, std::string& head) {
  bool varies_by_encoding = false;
  if (context.asked != nullptr) {
    if (is_not_modified(*context.asked, answer, date_)) become_not_modified(answer);
    varies_by_encoding = compress(*context.asked, answer);
  }
  if (never_has_body(answer.status)) {
    answer.body.clear();
    answer.shared_body.reset();
    answer.parts = nullptr;
  }
  const std::string_view body = answer.bytes();

  head.clear();
  append_status_line(head, answer.status);
  head += common_headers_;
  append_line(head, "x-request-id", context.request_id);
  if (!answer.content_type.empty() && !never_has_body(answer.status) && consists_of(value_bytes, answer.content_type)) {
    append_line(head, "content-type", answer.content_type);
  }
  if (answer.parts && answer.parts_bytes) {
    head += "content-length: ";
    append_number(head, static_cast<std::size_t>(*answer.parts_bytes));
    head += "\r\n";
  } else if (answer.parts) {
    // To HTTP/1.0, which knows no chunks, the end of the connection is the end of the body.
    if (!context.http_1_0) append_line(head, "transfer-encoding", "chunked");
  } else if (!never_has_body(answer.status) && !context.is_stream) {
    head += "content-length: ";
    append_number(head, body.size());
    head += "\r\n";
  }
  append_headers_of(answer, context.request_id, head);
  if (context.asked != nullptr) cors_.append_headers(*context.asked, head);
  if (cors_.varies(context.asked == nullptr ? std::string_view{} : context.asked->path)) {
    append_line(head, "vary", varies_by_encoding ? "origin, accept-encoding" : "origin");
  } else if (varies_by_encoding) {
    append_line(head, "vary", "accept-encoding");
  }
  if (!context.keep_alive) {
    head += "connection: close\r\n";
  } else if (context.http_1_0) {
    head += "connection: keep-alive\r\n";
  }
  head += "\r\n";
  const bool body_is_left_out = context.asked != nullptr && context.asked->method == verb::head;
  return body_is_left_out ? std::string_view{} : body;
}

}  // namespace pulse::http::server

#include "http/server/response_writer.hpp"

#include <spdlog/spdlog.h>

#include "base/http_date.hpp"
#include "http/server/characters.hpp"
#include "http/server/conditional.hpp"

namespace pulse::http::server {

namespace {

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
    : cors_(cors),
      common_{{"server", std::string{server_name}},
              {"date", base::to_http_date(now)},
              {"x-content-type-options", "nosniff"},
              {"referrer-policy", "no-referrer"}},
      date_(std::chrono::floor<std::chrono::seconds>(now)) {
  common_.insert(common_.end(), common.begin(), common.end());
}

void response_writer::set_date(base::timestamp now) {
  const auto second = std::chrono::floor<std::chrono::seconds>(now);
  if (second == date_) return;
  date_ = second;
  common_[1].value = base::to_http_date(now);
}

/// Whether the answer could be compressed, so that caches must tell clients apart; compresses it for this one if it
/// may.
bool response_writer::compress(const request& request, response& answer) {
  if (!answer.compressible || answer.parts || never_has_body(answer.status) ||
      answer.bytes().size() < compressed_bytes_min)
    return false;
  if (!is_compressible(answer.content_type) || answer.find("content-encoding")) return false;
  const auto accepted = request.find("accept-encoding");
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

void response_writer::insert_headers_of(const response& answer, std::string_view request_id,
                                        outgoing_fields& to) const {
  for (const auto& each : answer.headers) {
    const bool safe = !each.name.empty() && consists_of(token_bytes, each.name) && consists_of(value_bytes, each.value);
    if (!safe) {
      spdlog::error("A response header was left out because it would have broken the response (request={})",
                    request_id);
    } else if (!is_reserved(each.name)) {
      to.insert(each.name, each.value);
    }
  }
}

outgoing_response response_writer::write(const exchange& context, response& answer, std::pmr::memory_resource& memory) {
  bool varies_by_encoding = false;
  if (context.request != nullptr) {
    if (is_not_modified(*context.request, answer, date_)) become_not_modified(answer);
    varies_by_encoding = compress(*context.request, answer);
  }
  const bool has_no_body = never_has_body(answer.status);
  if (has_no_body) {
    answer.body.clear();
    answer.shared_body.reset();
    answer.parts = nullptr;
  }
  const auto& body = answer.bytes();

  outgoing_response out{boost::beast::http::status::ok, 11, boost::beast::span<const char>{},
                        std::pmr::polymorphic_allocator<char>{&memory}};
  out.result(static_cast<unsigned>(answer.status));
  out.reason(reason(answer.status));
  for (const auto& each : common_) out.insert(each.name, each.value);
  out.insert("x-request-id", context.request_id);
  if (!answer.content_type.empty() && !has_no_body && consists_of(value_bytes, answer.content_type)) {
    out.insert("content-type", answer.content_type);
  }
  if (answer.parts && !answer.parts_bytes) {
    // To HTTP/1.0, which knows no chunks, the end of the connection is the end of the body.
    if (!context.http_1_0) out.insert("transfer-encoding", "chunked");
  } else if (!has_no_body && !context.is_stream) {
    out.insert("content-length", std::to_string(answer.parts ? *answer.parts_bytes : body.size()));
  }
  insert_headers_of(answer, context.request_id, out);
  if (context.request != nullptr) cors_.insert_headers(*context.request, out);
  if (cors_.varies(context.request == nullptr ? std::string_view{} : context.request->path)) {
    out.insert("vary", varies_by_encoding ? "origin, accept-encoding" : "origin");
  } else if (varies_by_encoding) {
    out.insert("vary", "accept-encoding");
  }
  if (!context.keep_alive) {
    out.insert("connection", "close");
  } else if (context.http_1_0) {
    out.insert("connection", "keep-alive");
  }
  const bool body_is_left_out = context.request != nullptr && context.request->method == verb::head;
  if (!body_is_left_out && !answer.parts) out.body() = {body.data(), body.size()};
  return out;
}

}  // namespace pulse::http::server

#include "http/server/message.hpp"

#include <boost/beast/http/status.hpp>

namespace pulse::http::server {

namespace {

std::optional<std::string_view> find_in(const std::vector<header>& headers, std::string_view name) {
  for (const auto& each : headers) {
    if (each.name == name) return each.value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(verb method) {
  switch (method) {
    case verb::get: return "GET";
    case verb::head: return "HEAD";
    case verb::post: return "POST";
    case verb::put: return "PUT";
    case verb::patch: return "PATCH";
    case verb::delete_: return "DELETE";
    case verb::options: return "OPTIONS";
  }
  return "GET";
}

std::optional<std::string_view> request::find(std::string_view name) const { return find_in(headers, name); }

std::optional<std::string_view> response::find(std::string_view name) const { return find_in(headers, name); }

response response::empty(int status) {
  response made;
  made.status = status;
  return made;
}

response response::text(int status, std::string body) {
  response made;
  made.status = status;
  made.content_type = "text/plain; charset=utf-8";
  made.body = std::move(body);
  return made;
}

response response::json(int status, std::string body) {
  response made;
  made.status = status;
  made.content_type = "application/json";
  made.body = std::move(body);
  return made;
}

std::string_view reason(int status) {
  namespace beast = boost::beast::http;
  // Beast 1.81 has these in the older words of RFC 7231.
  if (status == 413) return "Content Too Large";
  if (status == 422) return "Unprocessable Content";
  const auto known = beast::int_to_status(static_cast<unsigned>(status));
  if (known == beast::status::unknown) return "Unknown";
  const auto words = beast::obsolete_reason(known);
  return {words.data(), words.size()};
}

}  // namespace pulse::http::server

#include "http/api/parameters.hpp"

#include <algorithm>
#include <cctype>

namespace pulse::http {

namespace {

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  });
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// `application/json`, or `application/merge-patch+json` for a PATCH (RFC 7396), which has that meaning here anyway.
/// Any parameters are allowed but another charset than UTF-8 (RFC 8259 §8.1).
bool is_json(std::string_view content_type, server::verb method) {
  const auto semicolon = content_type.find(';');
  const auto type = trim(content_type.substr(0, semicolon));
  const bool is_patch = method == server::verb::patch && equal_ignoring_case(type, merge_patch);
  if (!is_patch && !equal_ignoring_case(type, "application/json")) return false;
  if (semicolon == std::string_view::npos) return true;
  const auto parameters = trim(content_type.substr(semicolon + 1));
  constexpr std::string_view charset = "charset=";
  if (!equal_ignoring_case(parameters.substr(0, charset.size()), charset)) return true;
  auto value = parameters.substr(charset.size());
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
  return equal_ignoring_case(value, "utf-8");
}

}  // namespace

void intake::refuse(problem why) {
  if (!refusal_) refusal_ = std::move(why);
}

void intake::report_parameter(std::string_view name, std::string_view detail) {
  if (errors_.size() >= base::json::max_problems) return;
  errors_.push_back({.parameter = std::string{name}, .detail = std::string{detail}});
}

void intake::report_parameter(std::string_view name, base::json::cursor& at) {
  for (const auto& found : at.take()) report_parameter(name, found.message);
}

void intake::report_body(base::json::cursor& at) {
  for (auto& found : at.take()) {
    errors_.push_back({.pointer = std::move(found.path), .detail = std::move(found.message)});
  }
}

std::optional<server::query_parameters> intake::query() {
  auto parsed = server::parse_query(of_.request.query);
  if (parsed) return std::move(*parsed);
  refuse({.status = 400, .code = "malformed_query", .detail = std::string{server::to_sentence(parsed.error())}});
  return std::nullopt;
}

std::optional<boost::json::value> intake::body(base::json::cursor& at) {
  if (of_.request.body.empty()) {
    refuse(problems::malformed_json("is missing"));
    return std::nullopt;
  }
  if (!is_json(of_.request.find("content-type").value_or(""), of_.request.method)) {
    auto why = problems::unsupported_media_type();
    if (of_.request.method == server::verb::patch) {
      why.headers.push_back({"accept-patch", "application/json, " + std::string{merge_patch}});
    }
    refuse(std::move(why));
    return std::nullopt;
  }
  auto parsed = base::json::parse(of_.request.body, at);
  if (!parsed) {
    const auto found = at.take();
    refuse(problems::malformed_json(found.empty() ? "is not valid JSON" : std::string_view{found.front().message}));
  }
  return parsed;
}

std::optional<problem> intake::take() {
  if (refusal_) return std::move(refusal_);
  if (errors_.empty()) return std::nullopt;
  return problems::invalid_fields(std::move(errors_));
}

}  // namespace pulse::http

#include "http/api/idempotency.hpp"

#include <fmt/core.h>

#include "base/secure.hpp"

namespace pulse::http {

namespace {

bool is_visible(char c) { return c > ' ' && c < '\x7f'; }

/// The text inside a structured-field string (RFC 9651 §3.3.3).
std::optional<std::string> unquote(std::string_view inside) {
  std::string text;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    char c = inside[i];
    if (c == '"' || (!is_visible(c) && c != ' ')) return std::nullopt;
    if (c == '\\') {
      if (++i == inside.size()) return std::nullopt;
      c = inside[i];
      if (c != '"' && c != '\\') return std::nullopt;
    }
    text += c;
  }
  return text;
}

std::optional<std::string> bounded(std::optional<std::string> key) {
  if (!key || key->empty() || key->size() > idempotency_key_bytes_max) return std::nullopt;
  return key;
}

}  // namespace

std::optional<std::string> parse_idempotency_key(std::string_view value) {
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    return bounded(unquote(value.substr(1, value.size() - 2)));
  }
  for (const char c : value) {
    if (!is_visible(c) || c == '"' || c == '\\' || c == ',') return std::nullopt;
  }
  return bounded(std::string{value});
}

namespace detail {

namespace keys = persistence::idempotency_keys;

std::optional<idempotent_call> to_idempotent(const request_context& context) {
  if (!context.idempotency_key) return std::nullopt;
  // The route rather than the path, because /api/posts and /posts are the same call. The values of path parameters
  // follow.
  std::string request = fmt::format("{} {}\n", server::to_string(context.request.method), context.route.path);
  for (const auto value : context.path) {
    request += value;
    request += '\n';
  }
  request += fmt::format("{}\n{}", context.request.query, context.request.body);
  // A caller who sees some projects only must not get an answer made for a caller who sees more.
  if (const auto reach = reach_of(context.principal); !reach.is_whole())
    request += fmt::format("\n{}\n{}", reach.projects, reach.hidden_channels);
  return idempotent_call{*context.idempotency_key, std::string{base::as_text(base::sha256(request))},
                         context.principal.member_id, context.services.clock.now()};
}

idempotent_start idempotent_call::begin(persistence::transaction& within) const {
  idempotent_start start;
  if (!keys::try_lock(within, member_id, key)) {
    start.refusal =
        problems::conflict("request_in_progress",
                           "The first request with this Idempotency-Key is still running. Wait a moment and "
                           "send it again, to get the same answer.");
    return start;
  }
  auto known = keys::find(within, member_id, key, now - idempotency_key_lifetime);
  if (!known) return start;
  if (known->request_hash.value != request_hash) {
    problem other{.status = 422,
                  .code = "idempotency_key_reused",
                  .detail = "This Idempotency-Key was used for another request. Use a new key for a new request."};
    start.refusal = std::move(other);
    return start;
  }
  auto& replay = start.replay.emplace();
  replay.status = known->status;
  replay.content_type = std::move(known->content_type);
  replay.body = std::move(known->response);
  replay.headers.push_back({"idempotent-replayed", "true"});
  if (known->location) replay.headers.push_back({"location", std::move(*known->location)});
  return start;
}

void idempotent_call::finish(persistence::transaction& within, const server::response& given) const {
  keys::answer stored;
  stored.request_hash.value = request_hash;
  stored.status = given.status;
  stored.content_type = given.content_type;
  if (const auto location = given.find("location")) stored.location = std::string{*location};
  stored.response = given.bytes();
  keys::store(within, member_id, key, stored, now - idempotency_key_lifetime, now);
}

}  // namespace detail

}  // namespace pulse::http

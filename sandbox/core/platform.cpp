#include "sandbox/core/platform.hpp"

#include "base/secure.hpp"

namespace pulse::sandbox {

std::string token_hash(std::string_view token) {
  constexpr std::size_t digits = 32;  // 128 bits distinguish tokens, and cannot be guessed
  return base::to_hex(base::sha256(token)).substr(0, digits);
}

std::optional<std::string_view> bearer_token(const http::server::request& request) {
  constexpr std::string_view scheme = "bearer ";
  const auto value = request.find("authorization");
  if (!value || value->size() <= scheme.size()) return std::nullopt;
  for (std::size_t i = 0; i < scheme.size(); ++i) {
    const char c = (*value)[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c) != scheme[i]) return std::nullopt;
  }
  return value->substr(scheme.size());
}

std::string holder_of(const http::server::request& request, const std::map<std::string, std::string>& by_token_hash) {
  const auto token = bearer_token(request);
  if (!token) return {};
  const auto found = by_token_hash.find(token_hash(*token));
  return found == by_token_hash.end() ? std::string{} : found->second;
}

}  // namespace pulse::sandbox

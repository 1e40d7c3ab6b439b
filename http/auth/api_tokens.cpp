#include "http/auth/api_tokens.hpp"

#include "http/auth/principal.hpp"

#include <array>

#include "base/describe.hpp"
#include "base/secure.hpp"

namespace pulse::http {

namespace {

constexpr std::size_t random_size = 20;
constexpr std::size_t checksum_digits = 8;
constexpr std::size_t whole_size = api_token_prefix.size() + 2 * random_size + checksum_digits;

std::string checksum_of(std::string_view text) { return base::to_hex(base::sha256(text)).substr(0, checksum_digits); }

}  // namespace

std::string make_api_token() {
  std::array<std::uint8_t, random_size> bytes;
  base::random_bytes(bytes);
  auto text = std::string{api_token_prefix} + base::to_hex(bytes);
  return text + checksum_of(text);
}

bool may_be_api_token(std::string_view text) {
  if (text.size() != whole_size || !text.starts_with(api_token_prefix)) return false;
  const auto begin = text.substr(0, whole_size - checksum_digits);
  return checksum_of(begin) == text.substr(begin.size());
}

bool is_scope(domain::permission one) {
  using domain::permission;
  switch (one) {
    case permission::public_:
    case permission::manage_self:
    case permission::invite_members:
    case permission::manage_members:
    case permission::administer_platform:
    case permission::decide_content:       // a person approves
    case permission::override_guardrails:  // a person overrides guardrails
    case permission::engage:               // a person likes and comments
      return false;
    case permission::read_account:
    case permission::read_audit:
    case permission::read_projects:
    case permission::manage_projects:
    case permission::read_channels:
    case permission::manage_channels:
    case permission::read_posts:
    case permission::write_posts:
    case permission::publish_posts:
    case permission::operate:
    case permission::read_campaigns:
    case permission::manage_campaigns:
    case permission::write_content:
    case permission::manage_rules:
    case permission::read_engagement:
    case permission::track_pages:
    case permission::manage_guardrails: return true;
  }
  return false;
}

bool is_scope_of_projects(domain::permission one) {
  using domain::permission;
  return is_scope(one) && one != permission::manage_projects && one != permission::operate &&
         one != permission::read_audit && one != permission::read_engagement && one != permission::engage &&
         one != permission::track_pages;
}

bool reaches_beyond_projects(domain::permission one) {
  using domain::permission;
  switch (one) {
    case permission::invite_members:  // the invited people would see more than the inviter
    case permission::manage_members:
    case permission::read_audit:
    case permission::administer_platform:
    case permission::manage_projects:
    case permission::operate: return true;
    case permission::public_:
    case permission::read_account:
    case permission::manage_self:
    case permission::read_projects:
    case permission::read_channels:
    case permission::manage_channels:
    case permission::read_posts:
    case permission::write_posts:
    case permission::publish_posts:
    case permission::read_campaigns:
    case permission::manage_campaigns:
    case permission::write_content:
    case permission::decide_content:
    case permission::manage_rules:
    case permission::manage_guardrails:
    case permission::override_guardrails:
    case permission::read_engagement:
    case permission::track_pages:
    case permission::engage: return false;
  }
  return true;
}

std::uint64_t to_scopes(const std::vector<std::string>& names) {
  std::uint64_t made = 0;
  for (const auto& name : names) {
    const auto one = base::from_name<domain::permission>(name);
    if (one && is_scope(*one)) made |= std::uint64_t{1} << static_cast<unsigned>(*one);
  }
  return made;
}

}  // namespace pulse::http

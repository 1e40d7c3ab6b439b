// The form of tokens for scripts: "pulse_", 160 random bits in hexadecimal, and a checksum, so that a scanner for secrets finds one
// without asking, and a mistyped one costs no look-up.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/people/permission.hpp"

namespace pulse::http {

inline constexpr std::string_view api_token_prefix = "pulse_";

std::string make_api_token();

/// Whether it has the form and its checksum is right: then it may be one.
bool may_be_api_token(std::string_view text);

/// What a token narrows its member's rights to.
struct token_limits {
  base::uuid token_id;
  std::uint64_t scopes = 0;          // a bit a permission
  std::vector<base::uuid> projects;  // empty: all
  base::timestamp expires_at;

  bool has(domain::permission one) const { return (scopes >> static_cast<unsigned>(one) & 1) != 0; }
};

/// Whether a token may have this scope at all: what is one's own person's, and what is the operator's, is not a script's.
bool is_scope(domain::permission one);
/// Whether a token that is limited to projects may have it: only what belongs to one project.
bool is_scope_of_projects(domain::permission one);

std::uint64_t to_scopes(const std::vector<std::string>& names);

}  // namespace pulse::http

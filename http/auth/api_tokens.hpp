// The form of tokens for scripts: "pulse_", 160 random bits in hexadecimal, and a checksum. A secret scanner recognizes
// them offline, and a mistyped token costs no look-up.
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

/// Whether the text has the form of a token and a right checksum.
bool may_be_api_token(std::string_view text);

/// The limits of a token within its member's rights.
struct token_limits {
  base::uuid token_id;
  std::uint64_t scopes = 0;          // one bit for each permission
  std::vector<base::uuid> projects;  // empty: all
  base::timestamp expires_at;

  bool has(domain::permission one) const { return (scopes >> static_cast<unsigned>(one) & 1) != 0; }
};

/// Whether a token may have this scope at all: personal and operator permissions are not for scripts.
bool is_scope(domain::permission one);
/// Whether a token that is limited to projects may have it: only permissions within one project.
bool is_scope_of_projects(domain::permission one);

std::uint64_t to_scopes(const std::vector<std::string>& names);

}  // namespace pulse::http

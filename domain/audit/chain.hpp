// The chain over a company's audit entries: each hash covers its entry and the hash before it, so a holder of the last
// hash notices any change of earlier entries.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "base/uuid.hpp"

namespace pulse::domain {

using audit_hash = std::array<std::uint8_t, 32>;

/// What the chain holds of an entry. The views are read by `next_hash` only.
struct audit_link {
  base::uuid tenant_id;
  std::int64_t seq = 0;  // 1 is the first
  base::uuid id;
  base::timestamp at;
  std::string_view action;
  int status = 0;
  std::string_view code;
  std::string_view actor_kind;
  std::optional<base::uuid> actor_id;
  std::optional<base::uuid> token_id;
  std::optional<base::uuid> subject_id;
  std::string_view request_id;
  std::string_view details_digest;  // 32 bytes: `digest_of_details`
};

/// The hash of `link`, which follows `before`. The first entry follows all zeros.
audit_hash next_hash(const audit_hash& before, const audit_link& link);

/// The salted digest of personal data that may be erased later: the salt prevents guessing the data from it.
audit_hash digest_of_details(const base::uuid& salt, std::string_view details);

/// The end of a chain at one moment.
struct audit_head {
  base::uuid tenant_id;
  std::int64_t entries = 0;
  audit_hash hash{};
  base::timestamp sealed_at;
};

/// What is signed of it: a line of text.
std::string text_to_sign(const audit_head& head);

}  // namespace pulse::domain

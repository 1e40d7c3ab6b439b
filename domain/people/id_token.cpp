#include "domain/people/id_token.hpp"

#include <algorithm>

namespace pulse::domain {

std::optional<id_token_fault> judge_id_token(const id_token_claims& told, const expected_id_token& expected,
                                             base::timestamp now) {
  if (told.issuer != expected.issuer) return id_token_fault::issuer;
  const bool is_for_us =
      std::find(told.audiences.begin(), told.audiences.end(), expected.client_id) != told.audiences.end();
  if (!is_for_us) return id_token_fault::audience;
  // A token for several audiences must say for whom it was made.
  if (told.audiences.size() > 1 && !told.authorized_party) return id_token_fault::audience;
  if (told.authorized_party && *told.authorized_party != expected.client_id) return id_token_fault::audience;
  if (told.nonce ? *told.nonce != expected.nonce : expected.is_nonce_told) return id_token_fault::nonce;
  const auto at = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  const auto leeway = id_token_leeway.count();
  // Compared so that no claim, however large, overflows.
  if (told.expires_at <= at - leeway) return id_token_fault::expired;
  if (told.not_before && *told.not_before > at + leeway) return id_token_fault::not_yet;
  if (told.issued_at && (*told.issued_at > at + leeway || *told.issued_at < at - id_token_age_max.count()))
    return id_token_fault::not_yet;
  if (told.subject.empty() || told.subject.size() > subject_bytes_max) return id_token_fault::subject;
  return std::nullopt;
}

}  // namespace pulse::domain

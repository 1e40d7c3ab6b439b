#include "http/auth/tokens.hpp"
#include "base/secure.hpp"
#include "tests/fuzz/targets.hpp"

namespace pulse::fuzz {

namespace {

const base::secret secret{"a secret for the fuzzer, of more than 32 bytes"};
const base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

/// The header of our own tokens.
const std::string& own_header() {
  static const std::string header = [] {
    const auto made = http::token_signer{secret}.sign({}, now);
    return made.substr(0, made.find('.'));
  }();
  return header;
}

}  // namespace

void tokens(std::string_view input) {
  static const http::token_signer signer{secret};
  // Nobody who lacks the secret makes a token.
  must(signer.verify(input, now).has_error(), "bytes that are not signed are no token");
  // Whoever had it could make no claims but ours.
  auto made = own_header() + '.' + base::to_base64url(input);
  made += '.' + base::to_base64url(base::as_text(base::hmac_sha256(secret.reveal(), made)));
  const auto read = signer.verify(made, now);
  if (read.has_error()) return;
  must(read->expires_at > now, "what is accepted has not expired");
  must(read->who.tenant_id != base::uuid{} || read->who.member_id != base::uuid{} ||
           input.find("00000000-0000-0000-0000-000000000000") != input.npos,
       "what is accepted says who");
}

}  // namespace pulse::fuzz

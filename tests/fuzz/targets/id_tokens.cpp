#include "connectors/oidc/id_token.hpp"

#include "base/text.hpp"
#include "tests/fuzz/targets.hpp"

namespace pulse::fuzz {

namespace {

const base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

/// A key of a provider that has signed nothing.
const std::vector<base::verifying_key>& keys() {
  static const auto known =
      base::parse_key_set(R"({"keys":[{"kty":"EC","crv":"P-256","kid":"k","alg":"ES256","use":"sig",)"
                          R"("x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                          R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})")
          .value();
  return known;
}

}  // namespace

void id_tokens(std::string_view input) {
  if (const auto set = base::parse_key_set(input)) {
    must(set->size() <= base::set_keys_max, "the number of keys has a limit");
    for (const auto& each : *set) must(!each.verifies("text", input.substr(0, 64)), "no key has signed this");
  }
  const auto read = connectors::oidc::read_id_token(input);
  if (!read) return;
  must(!read->signature.empty(), "an unsigned token is none");
  must(read->claims.expires_at >= 0, "times are of our calendar");
  must(connectors::oidc::prove(*read, keys()) != connectors::oidc::proof::good, "nobody has signed this");
  (void)domain::judge_id_token(read->claims, {"https://issuer.example", "client", "nonce"}, now);
}

}  // namespace pulse::fuzz

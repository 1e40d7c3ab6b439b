#include "domain/people/passkeys.hpp"

#include "base/cbor.hpp"
#include "base/cose.hpp"
#include "tests/fuzz/targets.hpp"

namespace pulse::fuzz {

namespace {

bool lies_in(std::string_view part, std::string_view whole) {
  return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void check(const base::cbor_value& value, std::string_view data, int depth, std::size_t& items) {
  must(depth <= base::cbor_depth_max, "depth has a limit");
  must(++items <= base::cbor_items_max, "the number of items has a limit");
  must(lies_in(value.content, data), "content is a part of what was read");
  must(value.kind != base::cbor_kind::map || value.items.size() % 2 == 0, "a map has a value for each key");
  for (const auto& each : value.items) check(each, data, depth + 1, items);
}

const domain::passkey_expectation expected{{"pulse.example.org", "https://pulse.example.org"}, "AAAA"};
constexpr std::string_view client_data_made =
    R"({"type":"webauthn.create","challenge":"AAAA","origin":"https://pulse.example.org","crossOrigin":false})";
constexpr std::string_view client_data_used =
    R"({"type":"webauthn.get","challenge":"AAAA","origin":"https://pulse.example.org","crossOrigin":false})";

}  // namespace

void passkeys(std::string_view input) {
  if (const auto read = base::read_cbor(input)) {
    must(read->bytes <= input.size(), "no more is read than there is");
    std::size_t items = 0;
    check(read->value, input, 0, items);
    must(base::read_cbor(input.substr(0, read->bytes)).has_value(), "an item does not depend on what lies behind it");
  }
  if (const auto key = base::parse_cose_key(input))
    must(!key->verifies("text", input.substr(0, 64)), "nobody has signed this");
  const auto made =
      domain::judge(expected, {.client_data = std::string{client_data_made}, .attestation_object = std::string{input}});
  if (made.has_value()) {
    must(made->credential_id.size() >= domain::credential_id_bytes_min, "a credential's id is long enough");
    must(made->credential_id.size() <= domain::credential_id_bytes_max, "a credential's id has a limit");
    must(base::parse_cose_key(made->public_key) != nullptr, "a passkey has a sound key");
  }
  (void)domain::judge(expected, {.client_data = std::string{input}, .attestation_object = {}});
  const domain::known_passkey known{.public_key = std::string{input}, .uses = 0, .user_handle = "u"};
  const auto used = domain::judge(expected, known,
                                  {.credential_id = "c",
                                   .client_data = std::string{client_data_used},
                                   .authenticator_data = std::string{input},
                                   .signature = std::string{input},
                                   .user_handle = "u"});
  must(used.has_error(), "nobody has signed this");
}

}  // namespace pulse::fuzz

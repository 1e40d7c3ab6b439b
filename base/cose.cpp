#include "base/cose.hpp"

namespace pulse::base {

namespace {

// Labels of the map, and values (IANA COSE registries).
constexpr std::int64_t label_type = 1;
constexpr std::int64_t label_method = 3;
constexpr std::int64_t label_curve = -1;
constexpr std::int64_t label_x = -2;
constexpr std::int64_t label_y = -3;
constexpr std::int64_t label_modulus = -1;
constexpr std::int64_t label_exponent = -2;
constexpr std::int64_t type_okp = 1;
constexpr std::int64_t type_ec2 = 2;
constexpr std::int64_t type_rsa = 3;
constexpr std::int64_t curve_p256 = 1;
constexpr std::int64_t curve_ed25519 = 6;

std::string_view bytes_at(const cbor_value& from, std::int64_t label) {
  return from.find_content(label, cbor_kind::bytes).value_or(std::string_view{});
}

bool is_of(cose_method wanted, std::int64_t method, std::int64_t type, std::int64_t type_wanted) {
  return method == static_cast<std::int64_t>(wanted) && type == type_wanted;
}

}  // namespace

std::shared_ptr<const public_key> to_public_key(const cbor_value& from) {
  const auto type = from.find_whole(label_type).value_or(0);
  const auto method = from.find_whole(label_method).value_or(0);
  const auto curve = from.find_whole(label_curve).value_or(0);
  if (is_of(cose_method::ES256, method, type, type_ec2) && curve == curve_p256)
    return public_key::p256(bytes_at(from, label_x), bytes_at(from, label_y));
  if (is_of(cose_method::EdDSA, method, type, type_okp) && curve == curve_ed25519)
    return public_key::ed25519(bytes_at(from, label_x));
  if (is_of(cose_method::RS256, method, type, type_rsa))
    return public_key::rsa(bytes_at(from, label_modulus), bytes_at(from, label_exponent));
  return nullptr;
}

std::shared_ptr<const public_key> parse_cose_key(std::string_view bytes) {
  const auto read = read_cbor(bytes);
  if (!read || read->bytes != bytes.size()) return nullptr;
  return to_public_key(read->value);
}

}  // namespace pulse::base

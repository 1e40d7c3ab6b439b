#include "base/jwk.hpp"

#include <openssl/bn.h>
#include <openssl/ecdsa.h>

#include <boost/json.hpp>

#include "base/freeing.hpp"
#include "base/secure.hpp"

namespace pulse::base {

namespace {

using number = std::unique_ptr<BIGNUM, freeing<BN_free>>;
using ec_signature = std::unique_ptr<ECDSA_SIG, freeing<ECDSA_SIG_free>>;

constexpr std::size_t coordinate_bytes = 32;  // of P-256

const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string_view text_at(const boost::json::object& from, std::string_view name) {
  const auto* found = from.if_contains(name);
  return found != nullptr && found->is_string() ? std::string_view{found->get_string()} : std::string_view{};
}

std::shared_ptr<const public_key> make_rsa(const boost::json::object& from) {
  const auto modulus = from_base64url(text_at(from, "n"));
  const auto exponent = from_base64url(text_at(from, "e"));
  return modulus && exponent ? public_key::rsa(*modulus, *exponent) : nullptr;
}

std::shared_ptr<const public_key> make_ec(const boost::json::object& from) {
  if (text_at(from, "crv") != "P-256") return nullptr;
  const auto x = from_base64url(text_at(from, "x"));
  const auto y = from_base64url(text_at(from, "y"));
  return x && y ? public_key::p256(*x, *y) : nullptr;
}

/// r and s, 32 bytes each (RFC 7518 §3.4), as OpenSSL wants them.
std::string to_der(std::string_view signature) {
  if (signature.size() != 2 * coordinate_bytes) return {};
  const ec_signature made{ECDSA_SIG_new()};
  number r{BN_bin2bn(raw(signature), coordinate_bytes, nullptr)};
  number s{BN_bin2bn(raw(signature) + coordinate_bytes, coordinate_bytes, nullptr)};
  if (!made || !r || !s || ECDSA_SIG_set0(made.get(), r.get(), s.get()) != 1) return {};
  static_cast<void>(r.release());  // the signature's
  static_cast<void>(s.release());
  unsigned char* bytes = nullptr;
  const int size = i2d_ECDSA_SIG(made.get(), &bytes);
  if (size <= 0) return {};
  std::string der{reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
  OPENSSL_free(bytes);
  return der;
}

std::optional<signing_method> method_of(const boost::json::object& from) {
  const auto kind = text_at(from, "kty");
  const auto named = text_at(from, "alg");
  if (const auto use = text_at(from, "use"); !use.empty() && use != "sig") return std::nullopt;
  if (kind == "RSA" && (named.empty() || named == "RS256")) return signing_method::RS256;
  if (kind == "EC" && (named.empty() || named == "ES256")) return signing_method::ES256;
  return std::nullopt;
}

}  // namespace

bool verifying_key::verifies(std::string_view text, std::string_view signature) const {
  if (!key_) return false;
  return key_->verifies(text, method_ == signing_method::ES256 ? to_der(signature) : std::string{signature});
}

std::optional<std::vector<verifying_key>> parse_key_set(std::string_view json) {
  boost::json::error_code failure;
  const auto read = boost::json::parse(json, failure);
  const auto* set = failure ? nullptr : read.if_object();
  const auto* keys = set == nullptr ? nullptr : set->if_contains("keys");
  if (keys == nullptr || !keys->is_array()) return std::nullopt;
  std::vector<verifying_key> made;
  std::size_t seen = 0;
  for (const auto& each : keys->get_array()) {
    if (++seen > set_keys_max) break;
    const auto* one = each.if_object();
    const auto method = one == nullptr ? std::nullopt : method_of(*one);
    if (!method) continue;
    auto key = *method == signing_method::RS256 ? make_rsa(*one) : make_ec(*one);
    if (!key) continue;
    verifying_key next;
    next.id_ = text_at(*one, "kid");
    next.method_ = *method;
    next.key_ = std::move(key);
    made.push_back(std::move(next));
  }
  return made;
}

}  // namespace pulse::base

#include "base/jwk.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <boost/json.hpp>

#include "base/secure.hpp"

namespace pulse::base {

namespace {

template <auto Free>
struct freeing {
  template <class T>
  void operator()(T* one) const {
    Free(one);
  }
};
using key_pointer = std::unique_ptr<EVP_PKEY, freeing<EVP_PKEY_free>>;
using key_context = std::unique_ptr<EVP_PKEY_CTX, freeing<EVP_PKEY_CTX_free>>;
using digest_context = std::unique_ptr<EVP_MD_CTX, freeing<EVP_MD_CTX_free>>;
using number = std::unique_ptr<BIGNUM, freeing<BN_free>>;
using builder = std::unique_ptr<OSSL_PARAM_BLD, freeing<OSSL_PARAM_BLD_free>>;
using parameters = std::unique_ptr<OSSL_PARAM, freeing<OSSL_PARAM_free>>;
using ec_signature = std::unique_ptr<ECDSA_SIG, freeing<ECDSA_SIG_free>>;

constexpr std::size_t coordinate_bytes = 32;  // of P-256

const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string_view text_at(const boost::json::object& from, std::string_view name) {
  const auto* found = from.if_contains(name);
  return found != nullptr && found->is_string() ? std::string_view{found->get_string()} : std::string_view{};
}

key_pointer make_key(const char* kind, OSSL_PARAM_BLD& from) {
  const parameters made{OSSL_PARAM_BLD_to_param(&from)};
  const key_context context{EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr)};
  EVP_PKEY* key = nullptr;
  if (!made || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, made.get()) != 1)
    return nullptr;
  key_pointer owned{key};
  const key_context check{EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr)};
  // A point that is not on the curve is no key.
  if (!check || EVP_PKEY_public_check(check.get()) != 1) return nullptr;
  return owned;
}

key_pointer make_rsa(const boost::json::object& from) {
  const auto modulus = from_base64url(text_at(from, "n"));
  const auto exponent = from_base64url(text_at(from, "e"));
  if (!modulus || !exponent || modulus->size() > rsa_bits_max / 8 || exponent->empty() || exponent->size() > 8)
    return nullptr;
  const number n{BN_bin2bn(raw(*modulus), static_cast<int>(modulus->size()), nullptr)};
  const number e{BN_bin2bn(raw(*exponent), static_cast<int>(exponent->size()), nullptr)};
  if (!n || !e || BN_num_bits(n.get()) < rsa_bits_min || !BN_is_odd(n.get()) || !BN_is_odd(e.get()) ||
      BN_num_bits(e.get()) < 2)
    return nullptr;
  const builder parts{OSSL_PARAM_BLD_new()};
  if (!parts || OSSL_PARAM_BLD_push_BN(parts.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(parts.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
    return nullptr;
  return make_key("RSA", *parts);
}

key_pointer make_ec(const boost::json::object& from) {
  if (text_at(from, "crv") != "P-256") return nullptr;
  const auto x = from_base64url(text_at(from, "x"));
  const auto y = from_base64url(text_at(from, "y"));
  if (!x || !y || x->size() != coordinate_bytes || y->size() != coordinate_bytes) return nullptr;
  const auto point = '\4' + *x + *y;  // uncompressed
  const builder parts{OSSL_PARAM_BLD_new()};
  if (!parts || OSSL_PARAM_BLD_push_utf8_string(parts.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(parts.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1)
    return nullptr;
  return make_key("EC", *parts);
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

struct verifying_key::openssl_key {
  key_pointer key;
};

bool verifying_key::verifies(std::string_view text, std::string_view signature) const {
  const auto form = method_ == signing_method::ES256 ? to_der(signature) : std::string{signature};
  if (form.empty() || !key_) return false;
  const digest_context context{EVP_MD_CTX_new()};
  // PKCS #1 v1.5 is what EVP does with an RSA key when nothing else is asked for: RS256.
  return context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key_->key.get()) == 1 &&
         EVP_DigestVerify(context.get(), raw(form), form.size(), raw(text), text.size()) == 1;
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
    next.key_ = std::make_shared<const verifying_key::openssl_key>(std::move(key));
    made.push_back(std::move(next));
  }
  return made;
}

}  // namespace pulse::base

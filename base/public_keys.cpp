#include "base/public_keys.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <string>
#include <utility>

#include "base/freeing.hpp"

namespace pulse::base {

namespace {

using key_pointer = std::unique_ptr<EVP_PKEY, freeing<EVP_PKEY_free>>;
using key_context = std::unique_ptr<EVP_PKEY_CTX, freeing<EVP_PKEY_CTX_free>>;
using digest_context = std::unique_ptr<EVP_MD_CTX, freeing<EVP_MD_CTX_free>>;
using number = std::unique_ptr<BIGNUM, freeing<BN_free>>;
using builder = std::unique_ptr<OSSL_PARAM_BLD, freeing<OSSL_PARAM_BLD_free>>;
using parameters = std::unique_ptr<OSSL_PARAM, freeing<OSSL_PARAM_free>>;

constexpr std::size_t point_bytes = 32;  // of a coordinate of P-256, and of a key of Ed25519
constexpr std::size_t exponent_bytes_max = 8;

const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

class openssl_key final : public public_key {
 public:
  openssl_key(key_pointer key, const EVP_MD* digest) : key_(std::move(key)), digest_(digest) {}

  bool verifies(std::string_view text, std::string_view signature) const override {
    if (signature.empty()) return false;
    const digest_context context{EVP_MD_CTX_new()};
    // PKCS #1 v1.5 is what EVP does with an RSA key when nothing else is asked for.
    return context && EVP_DigestVerifyInit(context.get(), nullptr, digest_, nullptr, key_.get()) == 1 &&
           EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(text), text.size()) == 1;
  }

 private:
  key_pointer key_;
  const EVP_MD* digest_;  // null: the method has its own
};

std::shared_ptr<const public_key> make_key(const char* kind, OSSL_PARAM_BLD& from) {
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
  return std::make_shared<openssl_key>(std::move(owned), EVP_sha256());
}

}  // namespace

std::shared_ptr<const public_key> public_key::rsa(std::string_view modulus, std::string_view exponent) {
  if (modulus.size() > rsa_bits_max / 8 || exponent.empty() || exponent.size() > exponent_bytes_max) return nullptr;
  const number n{BN_bin2bn(raw(modulus), static_cast<int>(modulus.size()), nullptr)};
  const number e{BN_bin2bn(raw(exponent), static_cast<int>(exponent.size()), nullptr)};
  if (!n || !e || BN_num_bits(n.get()) < rsa_bits_min || !BN_is_odd(n.get()) || !BN_is_odd(e.get()) ||
      BN_num_bits(e.get()) < 2)
    return nullptr;
  const builder parts{OSSL_PARAM_BLD_new()};
  if (!parts || OSSL_PARAM_BLD_push_BN(parts.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(parts.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
    return nullptr;
  return make_key("RSA", *parts);
}

std::shared_ptr<const public_key> public_key::p256(std::string_view x, std::string_view y) {
  if (x.size() != point_bytes || y.size() != point_bytes) return nullptr;
  std::string point{'\4'};  // uncompressed
  point.append(x).append(y);
  const builder parts{OSSL_PARAM_BLD_new()};
  if (!parts || OSSL_PARAM_BLD_push_utf8_string(parts.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(parts.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1)
    return nullptr;
  return make_key("EC", *parts);
}

std::shared_ptr<const public_key> public_key::ed25519(std::string_view bytes) {
  if (bytes.size() != point_bytes) return nullptr;
  key_pointer made{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(bytes), bytes.size())};
  if (!made) return nullptr;
  return std::make_shared<openssl_key>(std::move(made), nullptr);
}

}  // namespace pulse::base

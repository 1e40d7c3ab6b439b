#include "sandbox/core/id_tokens.hpp"

#include <fmt/core.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <stdexcept>

#include "base/secure.hpp"

namespace pulse::sandbox {

namespace {

constexpr unsigned rsa_bits = 2048;

std::string number_of(EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &number) != 1) throw std::runtime_error{"a key has no numbers"};
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
  BN_free(number);
  return base::to_base64url(bytes);
}

}  // namespace

struct id_tokens::key {
  std::string id;
  EVP_PKEY* pair = EVP_RSA_gen(rsa_bits);

  explicit key(std::string id_) : id(std::move(id_)) {
    if (pair == nullptr) throw std::runtime_error{"no key could be made"};
  }
  key(const key&) = delete;
  key& operator=(const key&) = delete;
  ~key() { EVP_PKEY_free(pair); }
};

id_tokens::id_tokens() = default;
id_tokens::~id_tokens() = default;

id_tokens::key& id_tokens::current() {
  if (!key_) key_ = std::make_unique<key>("sandbox-" + std::to_string(++number_));
  return *key_;
}

void id_tokens::rotate() { key_.reset(); }

boost::json::object id_tokens::key_set() {
  auto& now = current();
  const boost::json::object shown{{"kty", "RSA"},
                                  {"use", "sig"},
                                  {"alg", "RS256"},
                                  {"kid", now.id},
                                  {"n", number_of(now.pair, OSSL_PKEY_PARAM_RSA_N)},
                                  {"e", number_of(now.pair, OSSL_PKEY_PARAM_RSA_E)}};
  boost::json::object made;
  made["keys"] = boost::json::array{shown};
  return made;
}

std::string id_tokens::sign(const boost::json::object& claims) {
  auto& now = current();
  const boost::json::object header{{"alg", "RS256"}, {"typ", "JWT"}, {"kid", now.id}};
  const auto text = fmt::format("{}.{}", base::to_base64url(boost::json::serialize(header)),
                                base::to_base64url(boost::json::serialize(claims)));
  auto* context = EVP_MD_CTX_new();
  std::string signature(rsa_bits / 8, '\0');
  std::size_t size = signature.size();
  const bool is_signed = context != nullptr &&
                         EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, now.pair) == 1 &&
                         EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                                        reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
  EVP_MD_CTX_free(context);
  if (!is_signed) throw std::runtime_error{"a token could not be signed"};
  return fmt::format("{}.{}", text, base::to_base64url(signature));
}

}  // namespace pulse::sandbox

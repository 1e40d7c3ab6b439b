#include "base/signature.hpp"

#include <openssl/evp.h>

#include <cstdlib>
#include <memory>

#include "base/freeing.hpp"

namespace pulse::base {

namespace {

using key_pointer = std::unique_ptr<EVP_PKEY, freeing<EVP_PKEY_free>>;
using context_pointer = std::unique_ptr<EVP_MD_CTX, freeing<EVP_MD_CTX_free>>;

constexpr std::size_t key_bytes = 32;
constexpr std::size_t signature_bytes = 64;

const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

key_pointer private_key(const secret& seed) {
  key_pointer key{EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, raw(seed.reveal()), seed.reveal().size())};
  if (!key) std::abort();
  return key;
}

}  // namespace

signing_key::signing_key(const secret& from, std::string_view purpose, const std::vector<secret>& earlier)
    : seed_(std::string{as_text(hmac_sha256(from.reveal(), purpose))}), public_key_(key_bytes, '\0') {
  const auto key = private_key(seed_);
  std::size_t size = public_key_.size();
  if (EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(public_key_.data()), &size) != 1)
    std::abort();
  for (const auto& each : earlier) earlier_public_keys_.push_back(signing_key{each, purpose}.public_key());
}

std::string signing_key::signer_of(std::string_view text, std::string_view signature) const {
  if (is_signed_by(public_key_, text, signature)) return public_key_;
  for (const auto& each : earlier_public_keys_) {
    if (is_signed_by(each, text, signature)) return each;
  }
  return {};
}

std::string signing_key::sign(std::string_view text) const {
  const auto key = private_key(seed_);
  const context_pointer context{EVP_MD_CTX_new()};
  std::string made(signature_bytes, '\0');
  std::size_t size = made.size();
  if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(made.data()), &size, raw(text), text.size()) != 1)
    std::abort();
  return made;
}

bool is_signed_by(std::string_view public_key, std::string_view text, std::string_view signature) {
  if (public_key.size() != key_bytes || signature.size() != signature_bytes) return false;
  const key_pointer key{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(public_key), public_key.size())};
  const context_pointer context{EVP_MD_CTX_new()};
  return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(text), text.size()) == 1;
}

}  // namespace pulse::base

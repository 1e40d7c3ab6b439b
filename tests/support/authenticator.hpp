// An authenticator made by hand: OpenSSL keys, and CBOR written byte by byte, so that a test can alter every byte.
#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "base/secure.hpp"

namespace pulse::tests {

// --- CBOR ------------------------------------------------------------------------------------------------------------

/// The head of an item: major type and number.
inline std::string cbor_head(int major, std::uint64_t number) {
  const auto type = static_cast<std::uint8_t>(major << 5);
  const auto with = [&](int code, int bytes) {
    std::string made(1, static_cast<char>(type | code));
    for (int i = bytes - 1; i >= 0; --i) made += static_cast<char>(number >> (8 * i) & 0xff);
    return made;
  };
  if (number < 24) return std::string(1, static_cast<char>(type | number));
  if (number <= 0xff) return with(24, 1);
  if (number <= 0xffff) return with(25, 2);
  if (number <= 0xffffffff) return with(26, 4);
  return with(27, 8);
}
inline std::string cbor_whole(std::int64_t number) {
  return number >= 0 ? cbor_head(0, static_cast<std::uint64_t>(number))
                     : cbor_head(1, static_cast<std::uint64_t>(-1 - number));
}
inline std::string cbor_bytes(std::string_view bytes) { return cbor_head(2, bytes.size()) + std::string{bytes}; }
inline std::string cbor_text(std::string_view text) { return cbor_head(3, text.size()) + std::string{text}; }
/// Of keys and values in turn, each written already.
inline std::string cbor_map(const std::vector<std::string>& items) {
  std::string made = cbor_head(5, items.size() / 2);
  for (const auto& each : items) made += each;
  return made;
}
inline std::string cbor_array(const std::vector<std::string>& items) {
  std::string made = cbor_head(4, items.size());
  for (const auto& each : items) made += each;
  return made;
}

// --- keys ------------------------------------------------------------------------------------------------------------

class authenticator_key {
 public:
  static authenticator_key es256() {
    return authenticator_key{EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "prime256v1")};
  }
  static authenticator_key p384() { return authenticator_key{EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "secp384r1")}; }
  static authenticator_key rs256(std::size_t bits = 2048) {
    return authenticator_key{EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits)};
  }
  static authenticator_key eddsa() { return authenticator_key{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")}; }

  /// As COSE_Key.
  std::string cose() const {
    switch (EVP_PKEY_get_base_id(key_.get())) {
      case EVP_PKEY_EC:
        return cbor_map({cbor_whole(1), cbor_whole(2), cbor_whole(3), cbor_whole(-7), cbor_whole(-1), cbor_whole(1),
                         cbor_whole(-2), cbor_bytes(number(OSSL_PKEY_PARAM_EC_PUB_X)), cbor_whole(-3),
                         cbor_bytes(number(OSSL_PKEY_PARAM_EC_PUB_Y))});
      case EVP_PKEY_RSA:
        return cbor_map({cbor_whole(1), cbor_whole(3), cbor_whole(3), cbor_whole(-257), cbor_whole(-1),
                         cbor_bytes(number(OSSL_PKEY_PARAM_RSA_N)), cbor_whole(-2),
                         cbor_bytes(number(OSSL_PKEY_PARAM_RSA_E))});
      default:
        return cbor_map({cbor_whole(1), cbor_whole(1), cbor_whole(3), cbor_whole(-8), cbor_whole(-1), cbor_whole(6),
                         cbor_whole(-2), cbor_bytes(raw_key())});
    }
  }

  std::string sign(std::string_view text) const {
    const bool is_plain = EVP_PKEY_get_base_id(key_.get()) == EVP_PKEY_ED25519;
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
    std::string made(1024, '\0');
    std::size_t size = made.size();
    REQUIRE(EVP_DigestSignInit(context.get(), nullptr, is_plain ? nullptr : EVP_sha256(), nullptr, key_.get()) == 1);
    REQUIRE(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(made.data()), &size,
                           reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1);
    made.resize(size);
    return made;
  }

  /// A number of the public key, of 32 bytes at least.
  std::string number(const char* name) const {
    BIGNUM* found = nullptr;
    REQUIRE(EVP_PKEY_get_bn_param(key_.get(), name, &found) == 1);
    const bool is_coordinate = EVP_PKEY_get_base_id(key_.get()) == EVP_PKEY_EC;
    const int bytes = is_coordinate ? std::max(32, BN_num_bytes(found)) : BN_num_bytes(found);
    std::string made(static_cast<std::size_t>(bytes), '\0');
    BN_bn2binpad(found, reinterpret_cast<unsigned char*>(made.data()), bytes);
    BN_free(found);
    return made;
  }

 private:
  explicit authenticator_key(EVP_PKEY* made) : key_(made, &EVP_PKEY_free) { REQUIRE(key_ != nullptr); }
  std::string raw_key() const {
    std::string made(32, '\0');
    std::size_t size = made.size();
    REQUIRE(EVP_PKEY_get_raw_public_key(key_.get(), reinterpret_cast<unsigned char*>(made.data()), &size) == 1);
    return made;
  }

  std::shared_ptr<EVP_PKEY> key_;
};

// --- the authenticator -----------------------------------------------------------------------------------------------

/// What it says; a test changes any of it before it asks for an answer.
struct authenticator {
  authenticator_key key = authenticator_key::es256();
  std::string relying_party = "pulse.test";
  std::string origin = "http://pulse.test";
  std::string credential_id = std::string(20, 'c');
  std::uint8_t flags = 0x05;  // present and verified
  std::uint32_t uses = 1;
  std::string extensions = {};        // CBOR; set the flag, too
  std::string more_client_data = {};  // ",\"crossOrigin\":true"

  std::string client_data(std::string_view type, std::string_view challenge) const {
    return R"({"type":")" + std::string{type} + R"(","challenge":")" + std::string{challenge} + R"(","origin":")" +
           origin + "\"" + more_client_data + "}";
  }
  std::string data(bool with_credential) const {
    std::string made{base::as_text(base::sha256(relying_party))};
    made += static_cast<char>(flags | (with_credential ? 0x40 : 0));
    for (int i = 3; i >= 0; --i) made += static_cast<char>(uses >> (8 * i) & 0xff);
    if (with_credential) {
      made += std::string(16, '\0');
      made += static_cast<char>(credential_id.size() >> 8);
      made += static_cast<char>(credential_id.size() & 0xff);
      made += credential_id + key.cose();
    }
    return made + extensions;
  }
  static std::string attestation(std::string_view data, std::string_view form = "none",
                                 const std::string& statement = cbor_map({})) {
    return cbor_map(
        {cbor_text("fmt"), cbor_text(form), cbor_text("attStmt"), statement, cbor_text("authData"), cbor_bytes(data)});
  }
  std::string sign(std::string_view data, std::string_view client_data) const {
    return key.sign(std::string{data} + std::string{base::as_text(base::sha256(client_data))});
  }
};

}  // namespace pulse::tests

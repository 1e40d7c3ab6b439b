// Keys of identity providers, and signatures with them. This test makes its keys and signatures with OpenSSL's other
// API.
#include "base/jwk.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <catch2/catch.hpp>

#include "base/secure.hpp"

using namespace pulse;
using base::signing_method;

namespace {

struct pair {
  EVP_PKEY* key;
  explicit pair(EVP_PKEY* made) : key(made) { REQUIRE(key != nullptr); }
  pair(const pair&) = delete;
  ~pair() { EVP_PKEY_free(key); }

  std::string sign(const std::string& text) const {
    auto* context = EVP_MD_CTX_new();
    std::string made(1024, '\0');
    std::size_t size = made.size();
    REQUIRE(EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key) == 1);
    REQUIRE(EVP_DigestSign(context, reinterpret_cast<unsigned char*>(made.data()), &size,
                           reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1);
    EVP_MD_CTX_free(context);
    made.resize(size);
    return made;
  }
  std::string number(const char* name, int bytes = 0) const {
    BIGNUM* found = nullptr;
    REQUIRE(EVP_PKEY_get_bn_param(key, name, &found) == 1);
    std::string made(static_cast<std::size_t>(bytes > 0 ? bytes : BN_num_bytes(found)), '\0');
    BN_bn2binpad(found, reinterpret_cast<unsigned char*>(made.data()), static_cast<int>(made.size()));
    BN_free(found);
    return made;
  }
};

std::string rsa_set(const pair& of, const std::string& more = R"("use":"sig","alg":"RS256")") {
  return R"({"keys":[{"kty":"RSA","kid":"one",)" + more + R"(,"n":")" +
         base::to_base64url(of.number(OSSL_PKEY_PARAM_RSA_N)) + R"(","e":")" +
         base::to_base64url(of.number(OSSL_PKEY_PARAM_RSA_E)) + R"("}]})";
}

std::string ec_set(const std::string& x, const std::string& y, const std::string& curve = "P-256") {
  return R"({"keys":[{"kty":"EC","kid":"two","crv":")" + curve + R"(","x":")" + base::to_base64url(x) + R"(","y":")" +
         base::to_base64url(y) + R"("}]})";
}

/// r and s side by side, as tokens have them.
std::string flat(const std::string& der) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  auto* read = d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(der.size()));
  REQUIRE(read != nullptr);
  std::string made(64, '\0');
  BN_bn2binpad(ECDSA_SIG_get0_r(read), reinterpret_cast<unsigned char*>(made.data()), 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(read), reinterpret_cast<unsigned char*>(made.data()) + 32, 32);
  ECDSA_SIG_free(read);
  return made;
}

}  // namespace

TEST_CASE("an RSA key of a set verifies what it has signed, and nothing that was changed") {
  const pair key{EVP_RSA_gen(2048)};
  const auto keys = base::parse_key_set(rsa_set(key));
  REQUIRE(keys);
  REQUIRE(keys->size() == 1);
  const auto& one = keys->front();
  CHECK(one.id() == "one");
  CHECK(one.method() == signing_method::RS256);
  auto signature = key.sign("header.claims");
  CHECK(one.verifies("header.claims", signature));
  CHECK_FALSE(one.verifies("header.claimz", signature));
  CHECK_FALSE(one.verifies("header.claims", ""));
  CHECK_FALSE(one.verifies("header.claims", signature.substr(1)));
  signature[10] = static_cast<char>(signature[10] ^ 1);
  CHECK_FALSE(one.verifies("header.claims", signature));
}

TEST_CASE("a P-256 key verifies r and s side by side, and no other form of a signature") {  // asvs: 11.6.1
  const pair key{EVP_EC_gen("P-256")};
  const auto keys =
      base::parse_key_set(ec_set(key.number(OSSL_PKEY_PARAM_EC_PUB_X, 32), key.number(OSSL_PKEY_PARAM_EC_PUB_Y, 32)));
  REQUIRE(keys);
  REQUIRE(keys->size() == 1);
  const auto der = key.sign("header.claims");
  CHECK(keys->front().method() == signing_method::ES256);
  CHECK(keys->front().verifies("header.claims", flat(der)));
  CHECK_FALSE(keys->front().verifies("header.claims", der));
  CHECK_FALSE(keys->front().verifies("header.claims", std::string(64, '\0')));
  CHECK_FALSE(keys->front().verifies("another", flat(der)));
}

TEST_CASE("keys that are weak, off the curve or for something else are none, and the set's others count all the same") {
  const pair weak{EVP_RSA_gen(1024)};  // asvs: 9.1.3 11.2.3 11.6.1
  const pair good{EVP_RSA_gen(2048)};
  const pair curve{EVP_EC_gen("P-256")};
  CHECK(base::parse_key_set(rsa_set(weak))->empty());
  CHECK(base::parse_key_set(rsa_set(good, R"("use":"enc")"))->empty());
  CHECK(base::parse_key_set(rsa_set(good, R"("alg":"RS512")"))->empty());
  CHECK(base::parse_key_set(rsa_set(good, R"("alg":"HS256")"))->empty());
  const auto x = curve.number(OSSL_PKEY_PARAM_EC_PUB_X, 32);
  auto y = curve.number(OSSL_PKEY_PARAM_EC_PUB_Y, 32);
  CHECK(base::parse_key_set(ec_set(x, y, "P-384"))->empty());
  y[31] = static_cast<char>(y[31] ^ 1);
  CHECK(base::parse_key_set(ec_set(x, y))->empty());
  auto both = rsa_set(good);
  both.insert(both.find('[') + 1, R"({"kty":"oct","k":"c2VjcmV0"},7,{"kty":"RSA","n":"!","e":"AQAB"},)");
  CHECK(base::parse_key_set(both)->size() == 1);
}

TEST_CASE("a malformed key set is refused") {
  for (const auto* text : {"", "[]", "{}", R"({"keys":{}})", R"({"keys":)", "null"}) {
    CAPTURE(text);
    CHECK_FALSE(base::parse_key_set(text));
  }
  CHECK(base::parse_key_set(R"({"keys":[]})")->empty());
}

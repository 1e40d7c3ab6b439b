#include "persistence/secrets/secret_box.hpp"

#include <memory>
#include <span>
#include <utility>

#include <fmt/core.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include "base/freeing.hpp"

namespace pulse::persistence {
namespace {

constexpr std::uint8_t format_version = 1;

using cipher_context = std::unique_ptr<EVP_CIPHER_CTX, base::freeing<EVP_CIPHER_CTX_free>>;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

/// HKDF-SHA256 without salt; `purpose` is its info.
bool derive(const std::string& from, std::string purpose, std::span<std::uint8_t> out) {
  const std::unique_ptr<EVP_KDF, base::freeing<EVP_KDF_free>> kdf{EVP_KDF_fetch(nullptr, "HKDF", nullptr)};
  const std::unique_ptr<EVP_KDF_CTX, base::freeing<EVP_KDF_CTX_free>> context{EVP_KDF_CTX_new(kdf.get())};
  if (context == nullptr) return false;
  std::string key = from;
  std::string digest = "SHA256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key.data(), key.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, purpose.data(), purpose.size()),
      OSSL_PARAM_construct_end(),
  };
  return EVP_KDF_derive(context.get(), out.data(), out.size(), parameters) == 1;
}

/// Looked up once: OpenSSL 3 searches its providers whenever it is given EVP_aes_256_gcm().
const EVP_CIPHER* aes_256_gcm() {
  static const EVP_CIPHER* const found = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  return found;
}

/// Version, key id and place: the data authenticated together with the secret.
std::string associated_data(std::uint8_t key_id, const secret_place& place) {
  std::string data{static_cast<char>(format_version), static_cast<char>(key_id)};
  data += base::to_string(place.tenant_id);
  data += '|';
  data += place.table;
  data += '|';
  data += base::to_string(place.row_id);
  data += '|';
  data += place.column;
  return data;
}

/// Fails only when OpenSSL has no memory or is broken: nothing safe could follow.
void must(int openssl_result) {
  if (openssl_result != 1) std::abort();
}

}  // namespace

std::string_view sentence(secret_box_failure value) {
  switch (value) {
    case secret_box_failure::malformed: return "The stored secret is not in a form that Pulse writes.";
    case secret_box_failure::unknown_key:
      return "The stored secret was sealed under a key that is not configured; add the old key behind the new one.";
    case secret_box_failure::tampered: return "The stored secret was changed, or belongs to another row.";
  }
  return "";
}

base::result<secret_box, std::string> secret_box::make(const std::vector<base::secret>& secrets) {
  if (secrets.empty()) return std::string{"there is no key to encrypt secrets with"};
  if (secrets.size() > max_keys) return fmt::format("there are more than {} encryption keys", max_keys);
  std::vector<key> keys;
  for (const auto& each : secrets) {
    if (each.empty()) return std::string{"an encryption key is empty"};
    key made{};
    if (!derive(each.reveal(), "pulse secret box key", made.bytes) ||
        !derive(each.reveal(), "pulse secret box key id", std::span{&made.id, 1})) {
      return std::string{"OpenSSL cannot derive a key: it has no HKDF"};
    }
    keys.push_back(made);
  }
  return secret_box{std::move(keys)};
}

std::string secret_box::seal(std::string_view plain, const secret_place& place) const {
  const auto& with = keys_.front();
  std::string out(overhead + plain.size(), '\0');
  out[0] = static_cast<char>(format_version);
  out[1] = static_cast<char>(with.id);
  auto* nonce = bytes_of(out) + 2;
  auto* body = nonce + nonce_size;
  auto* tag = body + plain.size();
  base::random_bytes({nonce, nonce_size});

  const auto data = associated_data(with.id, place);
  const cipher_context context{EVP_CIPHER_CTX_new()};
  int written = 0;
  must(EVP_EncryptInit_ex(context.get(), aes_256_gcm(), nullptr, with.bytes.data(), nonce));
  must(EVP_EncryptUpdate(context.get(), nullptr, &written, bytes_of(data), static_cast<int>(data.size())));
  must(EVP_EncryptUpdate(context.get(), body, &written, bytes_of(plain), static_cast<int>(plain.size())));
  must(EVP_EncryptFinal_ex(context.get(), tag, &written));
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tag_size), tag));
  return out;
}

base::result<std::string, secret_box_failure> secret_box::open(std::string_view sealed,
                                                               const secret_place& place) const {
  if (sealed.size() < overhead || static_cast<std::uint8_t>(sealed[0]) != format_version) {
    return secret_box_failure::malformed;
  }
  const auto id = static_cast<std::uint8_t>(sealed[1]);
  const auto* nonce = bytes_of(sealed) + 2;
  const auto* body = nonce + nonce_size;
  const auto size = sealed.size() - overhead;
  std::string tag{sealed.substr(sealed.size() - tag_size)};
  const auto data = associated_data(id, place);
  auto failed = secret_box_failure::unknown_key;
  // Two keys may have one id (1 in 256): try each.
  for (const auto& with : keys_) {
    if (with.id != id) continue;
    std::string plain(size, '\0');
    const cipher_context context{EVP_CIPHER_CTX_new()};
    int written = 0;
    must(EVP_DecryptInit_ex(context.get(), aes_256_gcm(), nullptr, with.bytes.data(), nonce));
    must(EVP_DecryptUpdate(context.get(), nullptr, &written, bytes_of(data), static_cast<int>(data.size())));
    must(EVP_DecryptUpdate(context.get(), bytes_of(plain), &written, body, static_cast<int>(size)));
    must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag_size), tag.data()));
    unsigned char rest = 0;
    if (EVP_DecryptFinal_ex(context.get(), &rest, &written) == 1) return plain;
    failed = secret_box_failure::tampered;
  }
  return failed;
}

bool secret_box::needs_sealing(std::string_view sealed) const {
  return sealed.size() < overhead || static_cast<std::uint8_t>(sealed[0]) != format_version ||
         static_cast<std::uint8_t>(sealed[1]) != keys_.front().id;
}

}  // namespace pulse::persistence

#include "domain/people/passkeys.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/cbor.hpp"
#include "base/client_data.hpp"
#include "base/cose.hpp"
#include "base/secure.hpp"

namespace pulse::domain {

namespace {

/// "type" of the client data.
constexpr std::string_view type_create = "webauthn.create";
constexpr std::string_view type_get = "webauthn.get";

// --- client data (§5.8.1) --------------------------------------------------------------------------------------------

std::optional<passkey_fault> check_client_data(const passkey_expectation& expected, std::string_view json,
                                               std::string_view type) {
  const auto data = base::read_client_data(json);
  if (!data) return passkey_fault::malformed;
  if (data->type != type) return passkey_fault::wrong_type;
  if (expected.challenge.empty() || !base::equal_in_constant_time(data->challenge, expected.challenge))
    return passkey_fault::wrong_challenge;
  if (expected.here.origin.empty() || data->origin != expected.here.origin || data->is_framed)
    return passkey_fault::wrong_origin;
  return std::nullopt;
}

// --- authenticator data (§6.1) ---------------------------------------------------------------------------------------

constexpr std::size_t hash_bytes = 32;
constexpr std::size_t head_bytes = hash_bytes + 1 + 4;  // hash, flags, counter
constexpr std::size_t model_bytes = 16;
constexpr std::size_t length_bytes = 2;

enum flag : std::uint8_t {
  present = 0x01,
  verified = 0x04,
  may_be_synced = 0x08,  // these two since level 3; zero before
  is_synced = 0x10,
  has_credential = 0x40,
  has_extensions = 0x80,
};

struct authenticator_data {
  std::string_view relying_party_hash;
  std::uint8_t flags = 0;
  std::uint32_t uses = 0;
  std::string_view model;          // of a credential, where there is one
  std::string_view credential_id;  // likewise
  std::string_view public_key;
};

std::uint32_t number_of(std::string_view bytes) {
  std::uint32_t made = 0;
  for (const char each : bytes) made = made << 8 | static_cast<std::uint8_t>(each);
  return made;
}

/// Takes `size` bytes off the front; nothing where there are fewer.
std::optional<std::string_view> take(std::string_view& from, std::size_t size) {
  if (from.size() < size) return std::nullopt;
  const auto taken = from.substr(0, size);
  from.remove_prefix(size);
  return taken;
}

bool take_credential(std::string_view& from, authenticator_data& into) {
  const auto model = take(from, model_bytes);
  const auto length = model ? take(from, length_bytes) : std::nullopt;
  const auto id = length ? take(from, number_of(*length)) : std::nullopt;
  const auto key = id ? base::read_cbor(from) : std::nullopt;
  if (!key || id->size() < credential_id_bytes_min || id->size() > credential_id_bytes_max ||
      key->bytes > passkey_key_bytes_max)
    return false;
  into.model = *model;
  into.credential_id = *id;
  into.public_key = *take(from, key->bytes);
  return true;
}

/// Nothing where it is too short, too long, or what a flag promises is not there.
std::optional<authenticator_data> read_authenticator_data(std::string_view bytes) {
  authenticator_data made;
  const auto head = take(bytes, head_bytes);
  if (!head) return std::nullopt;
  made.relying_party_hash = head->substr(0, hash_bytes);
  made.flags = static_cast<std::uint8_t>((*head)[hash_bytes]);
  made.uses = number_of(head->substr(hash_bytes + 1));
  if ((made.flags & has_credential) != 0 && !take_credential(bytes, made)) return std::nullopt;
  if ((made.flags & has_extensions) != 0) {
    const auto extensions = base::read_cbor(bytes);
    if (!extensions || extensions->value.kind != base::cbor_kind::map) return std::nullopt;
    bytes.remove_prefix(extensions->bytes);
  }
  if (!bytes.empty()) return std::nullopt;
  return made;
}

std::optional<passkey_fault> check_presence(const passkey_expectation& expected, const authenticator_data& data) {
  const auto hash = base::sha256(expected.here.id);
  if (expected.here.id.empty() || data.relying_party_hash != base::as_text(hash))
    return passkey_fault::wrong_relying_party;
  if ((data.flags & present) == 0) return passkey_fault::not_present;
  if ((data.flags & verified) == 0) return passkey_fault::not_verified;
  // What cannot be synced is not.
  if ((data.flags & is_synced) != 0 && (data.flags & may_be_synced) == 0) return passkey_fault::malformed;
  return std::nullopt;
}

}  // namespace

relying_party relying_party_of(std::string_view app_url) {
  std::string url{app_url};
  std::transform(url.begin(), url.end(), url.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const auto scheme = url.find("://");
  if (scheme == url.npos) return {};
  const auto begin = scheme + 3;
  const auto end = std::min(url.find_first_of("/?#", begin), url.size());
  auto origin = url.substr(0, end);
  const auto host = url.substr(begin, std::min(url.find(':', begin), end) - begin);
  // Browsers make passkeys for names alone.
  if (host.empty() || host.front() == '[' || host.find_first_not_of("0123456789.") == host.npos) return {};
  // A browser leaves the port away that the scheme has anyway.
  if (origin == fmt::format("https://{}:443", host) || origin == fmt::format("http://{}:80", host))
    origin.resize(origin.rfind(':'));
  return {host, origin};
}

base::result<made_passkey, passkey_fault> judge(const passkey_expectation& expected, const passkey_creation& given) {
  if (const auto wrong = check_client_data(expected, given.client_data, type_create)) return *wrong;
  const auto object = base::read_cbor(given.attestation_object);
  if (!object || object->bytes != given.attestation_object.size()) return passkey_fault::malformed;
  const auto bytes = object->value.find_content("authData", base::cbor_kind::bytes);
  const auto form = object->value.find_content("fmt", base::cbor_kind::text);
  const auto* statement = object->value.find("attStmt");
  if (!bytes || !form || statement == nullptr || statement->kind != base::cbor_kind::map)
    return passkey_fault::malformed;
  const auto data = read_authenticator_data(*bytes);
  if (!data || data->credential_id.empty()) return passkey_fault::malformed;
  if (const auto wrong = check_presence(expected, *data)) return *wrong;
  if (base::parse_cose_key(data->public_key) == nullptr) return passkey_fault::wrong_key;
  made_passkey made{.credential_id = std::string{data->credential_id},
                    .public_key = std::string{data->public_key},
                    .uses = data->uses,
                    .is_synced = (data->flags & is_synced) != 0,
                    .model = {}};
  std::transform(data->model.begin(), data->model.end(), made.model.bytes.begin(),
                 [](char each) { return static_cast<std::uint8_t>(each); });
  return made;
}

base::result<passkey_use, passkey_fault> judge(const passkey_expectation& expected, const known_passkey& known,
                                               const passkey_assertion& given) {
  if (const auto wrong = check_client_data(expected, given.client_data, type_get)) return *wrong;
  const auto data = read_authenticator_data(given.authenticator_data);
  if (!data) return passkey_fault::malformed;
  if (const auto wrong = check_presence(expected, *data)) return *wrong;
  if (known.user_handle.empty() || given.user_handle != known.user_handle) return passkey_fault::wrong_owner;
  const auto key = base::parse_cose_key(known.public_key);
  if (key == nullptr) return passkey_fault::wrong_key;
  const auto hash = base::sha256(given.client_data);
  if (!key->verifies(given.authenticator_data + std::string{base::as_text(hash)}, given.signature))
    return passkey_fault::wrong_signature;
  if ((data->uses != 0 || known.uses != 0) && data->uses <= known.uses) return passkey_fault::went_back;
  return passkey_use{data->uses, (data->flags & is_synced) != 0};
}

std::string user_handle_of(const base::uuid& member_id) { return {member_id.bytes.begin(), member_id.bytes.end()}; }

}  // namespace pulse::domain

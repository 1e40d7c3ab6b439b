// Passkey answers, valid and altered: each alteration is refused for its own reason.
#include "domain/people/passkeys.hpp"

#include <functional>

#include <catch2/catch.hpp>

#include "base/cose.hpp"
#include "tests/support/authenticator.hpp"

using namespace pulse;
using domain::passkey_fault;
using tests::authenticator;
using tests::authenticator_key;
using tests::cbor_bytes;
using tests::cbor_map;
using tests::cbor_text;
using tests::cbor_whole;

namespace {

const std::string challenge = "Y2hhbGxlbmdl";
const std::string member = std::string(16, 'm');

domain::passkey_expectation expected() { return {{"pulse.test", "http://pulse.test"}, challenge}; }

domain::passkey_creation creation(const authenticator& by, const std::string& type = "webauthn.create") {
  return {by.client_data(type, challenge), authenticator::attestation(by.data(true))};
}

domain::passkey_assertion assertion(const authenticator& by, const std::string& type = "webauthn.get") {
  domain::passkey_assertion made{by.credential_id, by.client_data(type, challenge), by.data(false), {}, member};
  made.signature = by.sign(made.authenticator_data, made.client_data);
  return made;
}

domain::known_passkey known(const authenticator& by, std::uint32_t uses = 0) { return {by.key.cose(), uses, member}; }

std::string cose_ec(const std::string& x, const std::string& y, int method = -7, int curve = 1, int type = 2) {
  return cbor_map({cbor_whole(1), cbor_whole(type), cbor_whole(3), cbor_whole(method), cbor_whole(-1),
                   cbor_whole(curve), cbor_whole(-2), cbor_bytes(x), cbor_whole(-3), cbor_bytes(y)});
}

}  // namespace

TEST_CASE("a passkey of each kind is made and used") {
  for (auto& key : {authenticator_key::es256(), authenticator_key::eddsa(), authenticator_key::rs256()}) {
    authenticator by{.key = key};
    const auto made = domain::judge(expected(), creation(by));
    REQUIRE(made);
    CHECK(made->credential_id == by.credential_id);
    CHECK(made->public_key == by.key.cose());
    CHECK(made->uses == 1);
    by.uses = 2;
    const auto used = domain::judge(expected(), {made->public_key, made->uses, member}, assertion(by));
    REQUIRE(used);
    CHECK(used->uses == 2);
  }
}

TEST_CASE("whatever an authenticator attests is taken and not looked at") {
  const authenticator by;
  const auto packed = cbor_map({cbor_text("alg"), cbor_whole(-7), cbor_text("sig"), cbor_bytes("not a signature"),
                                cbor_text("x5c"), tests::cbor_array({cbor_bytes(std::string(800, 'c'))})});
  for (const std::string form : {"none", "packed", "tpm", "fido-u2f", "something new"}) {
    auto given = creation(by);
    given.attestation_object = authenticator::attestation(by.data(true), form, packed);
    CHECK(domain::judge(expected(), given));
  }
}

TEST_CASE("extensions are read over, and syncing is noted") {
  authenticator by;
  by.flags = 0x05 | 0x80 | 0x08 | 0x10;
  by.extensions = cbor_map({cbor_text("credProtect"), cbor_whole(2)});
  const auto made = domain::judge(expected(), creation(by));
  REQUIRE(made);
  CHECK(made->is_synced);
  by.uses = 5;
  CHECK(domain::judge(expected(), known(by), assertion(by)));
}

TEST_CASE("each twist of an answer is refused for its own reason") {
  struct twist {
    const char* what;
    passkey_fault why;
    std::function<void(authenticator&)> turn;
  };
  const std::vector<twist> twists = {
      {"another page", passkey_fault::wrong_origin, [](auto& by) { by.origin = "http://pulse.test.evil.test"; }},
      {"another port", passkey_fault::wrong_origin, [](auto& by) { by.origin = "http://pulse.test:81"; }},
      {"another scheme", passkey_fault::wrong_origin, [](auto& by) { by.origin = "https://pulse.test"; }},
      {"in a foreign frame", passkey_fault::wrong_origin,
       [](auto& by) { by.more_client_data = R"(,"crossOrigin":true)"; }},
      {"not said whether framed", passkey_fault::wrong_origin,
       [](auto& by) { by.more_client_data = R"(,"crossOrigin":"false")"; }},
      {"below another page", passkey_fault::wrong_origin,
       [](auto& by) { by.more_client_data = R"(,"crossOrigin":false,"topOrigin":"http://evil.test")"; }},
      {"of another address", passkey_fault::wrong_relying_party, [](auto& by) { by.relying_party = "evil.test"; }},
      {"nobody there", passkey_fault::not_present, [](auto& by) { by.flags = 0x04; }},
      {"nobody verified", passkey_fault::not_verified, [](auto& by) { by.flags = 0x01; }},
      {"synced, which it cannot be", passkey_fault::malformed, [](auto& by) { by.flags = 0x05 | 0x10; }},
      {"extensions promised", passkey_fault::malformed, [](auto& by) { by.flags = 0x05 | 0x80; }},
      {"extensions that are no map", passkey_fault::malformed,
       [](auto& by) {
         by.flags = 0x05 | 0x80;
         by.extensions = cbor_text("x");
       }},
      {"bytes behind", passkey_fault::malformed, [](auto& by) { by.extensions = "x"; }},
      {"client data cut", passkey_fault::malformed, [](auto& by) { by.more_client_data = ",\"x"; }},
      {"client data too long", passkey_fault::malformed,
       [](auto& by) { by.more_client_data = ",\"x\":\"" + std::string(5'000, 'x') + "\""; }},
  };
  for (const auto& each : twists) {
    INFO(each.what);
    authenticator by;
    each.turn(by);
    const auto made = domain::judge(expected(), creation(by));
    CHECK((made.has_error() && made.error() == each.why));
    by.uses = 9;
    const auto used = domain::judge(expected(), known(by), assertion(by));
    CHECK((used.has_error() && used.error() == each.why));
  }
}

TEST_CASE("an answer to another challenge, of another ceremony, or where nothing was asked, is refused") {
  const authenticator by;
  auto other = expected();
  other.challenge = "b3RoZXI";
  CHECK(domain::judge(other, creation(by)).error() == passkey_fault::wrong_challenge);
  CHECK(domain::judge(other, known(by), assertion(by)).error() == passkey_fault::wrong_challenge);
  other.challenge.clear();
  CHECK(domain::judge(other, known(by), assertion(by)).error() == passkey_fault::wrong_challenge);
  CHECK(domain::judge(expected(), creation(by, "webauthn.get")).error() == passkey_fault::wrong_type);
  CHECK(domain::judge(expected(), known(by), assertion(by, "webauthn.create")).error() == passkey_fault::wrong_type);
  CHECK(domain::judge({{"", ""}, challenge}, creation(by)).error() == passkey_fault::wrong_origin);
}

TEST_CASE("a signature of another key, over other data, or of another owner's passkey is refused") {
  authenticator by;
  const authenticator stranger;
  CHECK(domain::judge(expected(), known(stranger), assertion(by)).error() == passkey_fault::wrong_signature);
  auto given = assertion(by);
  given.authenticator_data[36] = 9;  // its counter, after it has signed
  CHECK(domain::judge(expected(), known(by), given).error() == passkey_fault::wrong_signature);
  given = assertion(by);
  given.client_data.insert(1, R"("x":1,)");
  CHECK(domain::judge(expected(), known(by), given).error() == passkey_fault::wrong_signature);
  given = assertion(by);
  given.signature.clear();
  CHECK(domain::judge(expected(), known(by), given).error() == passkey_fault::wrong_signature);
  given = assertion(by);
  given.signature.resize(given.signature.size() / 2);
  CHECK(domain::judge(expected(), known(by), given).error() == passkey_fault::wrong_signature);
  given = assertion(by);
  for (const auto& handle : {std::string{}, std::string(16, 'x')}) {
    given.user_handle = handle;
    CHECK(domain::judge(expected(), known(by), given).error() == passkey_fault::wrong_owner);
  }
  // A key of one kind does not verify another kind's signature.
  const authenticator rsa{.key = authenticator_key::rs256()};
  CHECK(domain::judge(expected(), known(rsa), assertion(by)).error() == passkey_fault::wrong_signature);
}

TEST_CASE("a counter goes forward, or stays at zero for ever") {
  authenticator by;
  by.uses = 0;
  CHECK(domain::judge(expected(), known(by, 0), assertion(by)));
  CHECK(domain::judge(expected(), known(by, 1), assertion(by)).error() == passkey_fault::went_back);
  by.uses = 7;
  CHECK(domain::judge(expected(), known(by, 6), assertion(by)));
  CHECK(domain::judge(expected(), known(by, 7), assertion(by)).error() == passkey_fault::went_back);
  CHECK(domain::judge(expected(), known(by, 8), assertion(by)).error() == passkey_fault::went_back);
  // Without the right signature nothing is said of the counter.
  CHECK(domain::judge(expected(), known(authenticator{}, 8), assertion(by)).error() == passkey_fault::wrong_signature);
}

TEST_CASE("keys of other methods and curves, and numbers that make no key, are refused") {
  const auto good = authenticator_key::es256();
  const auto x = good.number(OSSL_PKEY_PARAM_EC_PUB_X);
  const auto y = good.number(OSSL_PKEY_PARAM_EC_PUB_Y);
  REQUIRE(base::parse_cose_key(cose_ec(x, y)) != nullptr);
  auto off = y;
  off[0] = static_cast<char>(off[0] ^ 1);
  const auto weak = authenticator_key::rs256(1024);
  const auto wide = authenticator_key::p384();
  const auto rsa = authenticator_key::rs256();
  const std::string refused[] = {
      cose_ec(x, off),                                        // beside the curve
      cose_ec(x, y, -35),                                     // ES384
      cose_ec(x, y, -7, 2),                                   // P-384 by name
      cose_ec(x, y, -257),                                    // RS256 of a curve
      cose_ec(x, y, -7, 1, 1),                                // of another type
      cose_ec(x.substr(1), y),                                // short
      cose_ec(std::string(32, '\0'), std::string(32, '\0')),  // nowhere
      cose_ec(wide.number(OSSL_PKEY_PARAM_EC_PUB_X), wide.number(OSSL_PKEY_PARAM_EC_PUB_Y)),
      weak.cose(),
      cbor_map({cbor_whole(1), cbor_whole(3), cbor_whole(3), cbor_whole(-65535), cbor_whole(-1),
                cbor_bytes(rsa.number(OSSL_PKEY_PARAM_RSA_N)), cbor_whole(-2), cbor_bytes("\1\0\1")}),  // SHA-1
      cbor_map({cbor_whole(1), cbor_whole(1), cbor_whole(3), cbor_whole(-8), cbor_whole(-1), cbor_whole(6),
                cbor_whole(-2), cbor_bytes("short")}),
      cbor_map({}),
      cbor_text("key"),
      cose_ec(x, y) + "x",
      cose_ec(x, y).substr(0, 40),
  };
  for (const auto& each : refused) {
    CHECK(base::parse_cose_key(each) == nullptr);
    authenticator by;
    auto data = by.data(true);
    data.replace(data.size() - by.key.cose().size(), std::string::npos, each);
    const domain::passkey_creation given{by.client_data("webauthn.create", challenge),
                                         authenticator::attestation(data)};
    CHECK(domain::judge(expected(), given).has_error());
  }
}

TEST_CASE("objects that are cut, or whose lengths say more than there is, are refused") {
  authenticator by;
  const auto whole = creation(by);
  for (std::size_t size = 0; size < whole.attestation_object.size(); ++size)
    REQUIRE(domain::judge(expected(), {whole.client_data, whole.attestation_object.substr(0, size)}).has_error());
  const auto data = by.data(true);
  for (std::size_t size = 0; size < data.size(); ++size) {
    const domain::passkey_creation given{whole.client_data, authenticator::attestation(data.substr(0, size))};
    REQUIRE(domain::judge(expected(), given).error() == passkey_fault::malformed);
  }
  auto long_id = data;
  long_id[53] = '\xff';  // the length of the credential's id
  long_id[54] = '\xff';
  CHECK(domain::judge(expected(), {whole.client_data, authenticator::attestation(long_id)}).error() ==
        passkey_fault::malformed);
  authenticator short_id{.credential_id = std::string(15, 'c')};
  CHECK(domain::judge(expected(), creation(short_id)).error() == passkey_fault::malformed);
  auto behind = whole;
  behind.attestation_object += "x";
  CHECK(domain::judge(expected(), behind).error() == passkey_fault::malformed);
  // No credential in it: what signing in gives is no new passkey.
  CHECK(domain::judge(expected(), {whole.client_data, authenticator::attestation(by.data(false))}).error() ==
        passkey_fault::malformed);
  CHECK(domain::judge(expected(), {whole.client_data, "not CBOR"}).error() == passkey_fault::malformed);
  CHECK(domain::judge(expected(), {"not JSON", whole.attestation_object}).error() == passkey_fault::malformed);
  CHECK(domain::judge(expected(), {"[1]", whole.attestation_object}).error() == passkey_fault::malformed);
}

TEST_CASE("passkeys are made for the name in the dashboard's address") {
  CHECK(domain::relying_party_of("https://Pulse.Example.org/app").id == "pulse.example.org");
  CHECK(domain::relying_party_of("https://Pulse.Example.org:443/app").origin == "https://pulse.example.org");
  CHECK(domain::relying_party_of("http://localhost:8000").id == "localhost");
  CHECK(domain::relying_party_of("http://localhost:8000").origin == "http://localhost:8000");
  for (const auto* none : {"http://127.0.0.1:8000", "http://[::1]:8000", "", "pulse", "https://"})
    CHECK(domain::relying_party_of(none).id.empty());
}

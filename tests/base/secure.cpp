#include "base/secure.hpp"

#include <set>
#include <sstream>

#include "tests/support/random_case.hpp"

using namespace pulse::base;
using pulse::support::random_source;

TEST_CASE("SHA-256 gives the digests of FIPS 180-4's examples") {  // asvs: 11.2.1 11.4.1
  CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(to_hex(sha256(std::string(1'000'000, 'a'))) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("HMAC-SHA-256 gives the codes of RFC 4231") {  // asvs: 11.4.1
  const auto code = [](const std::string& key, const std::string& data) { return to_hex(hmac_sha256(key, data)); };
  std::string counting;
  for (char c = 1; c <= 25; ++c) counting += c;
  CHECK(code(std::string(20, '\x0b'), "Hi There") ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(code("Jefe", "what do ya want for nothing?") ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(code(std::string(20, '\xaa'), std::string(50, '\xdd')) ==
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  CHECK(code(counting, std::string(50, '\xcd')) == "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
  CHECK(code(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First") ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  CHECK(code(std::string(131, '\xaa'),
             "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be "
             "hashed "
             "before being used by the HMAC algorithm.") ==
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

TEST_CASE("base64url gives the texts of RFC 4648, without padding") {
  const std::pair<std::string, std::string> vectors[] = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff\xfe", "-__-"}};
  for (const auto& [bytes, text] : vectors) {
    CHECK(to_base64url(bytes) == text);
    CHECK(from_base64url(text) == bytes);
  }
}

TEST_CASE("malformed base64url is refused") {
  for (const std::string text :
       {"Z", "Zm9vY", "Zg==", "Zg=", "+w", "/w", "Zm 9v", "Zm9v\n", "\xc3\xa4", "Zm.v", "=", "===="}) {
    INFO(text);
    CHECK_FALSE(from_base64url(text));
  }
  CHECK_FALSE(from_base64url(std::string("Zm\0v", 4)));
  // Bits that no byte uses must be zero, or one token had several spellings.
  for (const auto* text : {"Zh", "Zv", "Zm9", "Zm-"}) CHECK_FALSE(from_base64url(text));
}

TEST_CASE("any bytes come back from base64url, and any text is refused or has one spelling") {
  random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 3000; ++round) {
    const auto bytes = random.bytes(random.between<std::size_t>(0, 80));
    const auto text = to_base64url(bytes);
    REQUIRE(text.size() == (bytes.size() * 4 + 2) / 3);
    REQUIRE(from_base64url(text) == bytes);
    const auto other = random.of("ABCxyz019-_=+", random.between<std::size_t>(0, 12));
    if (const auto decoded = from_base64url(other)) REQUIRE(to_base64url(*decoded) == other);
  }
}

TEST_CASE("hexadecimal is lower case") {
  const std::array<std::uint8_t, 3> bytes{0x00, 0xab, 0xff};
  CHECK(to_hex(bytes) == "00abff");
  CHECK(to_hex({}) == "");
}

TEST_CASE("random tokens are long enough and never the same") {  // asvs: 6.5.3 7.2.3 11.5.1
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const auto token = random_token(32);
    CHECK(token.size() == 43);
    CHECK(seen.insert(token).second);
  }
  CHECK(random_token(0).empty());
}

TEST_CASE("texts are compared whole") {
  CHECK(equal_in_constant_time("", ""));
  CHECK(equal_in_constant_time("abc", "abc"));
  CHECK_FALSE(equal_in_constant_time("abc", "abd"));
  CHECK_FALSE(equal_in_constant_time("abc", "ab"));
  CHECK_FALSE(equal_in_constant_time(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
}

TEST_CASE("a secret does not print itself") {  // asvs: 16.2.5
  const secret hidden{"hunter2"};
  std::ostringstream out;
  out << hidden;
  CHECK(out.str() == "***");
  CHECK(hidden.reveal() == "hunter2");
  CHECK(secret{}.empty());
  CHECK_FALSE(std::is_convertible_v<secret, std::string>);
  CHECK_FALSE(std::is_convertible_v<std::string, secret>);
  CHECK_FALSE(fmt::is_formattable<secret>::value);
}

#include "base/uuid.hpp"

#include <set>
#include <unordered_set>

#include "tests/support/random_case.hpp"

using namespace pulse::base;
using namespace std::chrono_literals;
using pulse::support::random_source;

namespace {

/// RFC 9562 Appendix A.6: the moment of its example of version 7.
constexpr timestamp example_moment{std::chrono::milliseconds{0x017F22E279B0}};

}  // namespace

TEST_CASE("a new id carries the version, the variant and the millisecond of its time") {
  for (int i = 0; i < 1000; ++i) {
    const auto id = new_uuid(example_moment + 999us);
    CHECK(to_string(id).substr(0, 15) == "017f22e2-79b0-7");
    CHECK((id.bytes[8] & 0xc0) == 0x80);
    CHECK_FALSE(id.is_nil());
  }
}

TEST_CASE("new ids are all different and sort by their millisecond") {
  std::set<uuid> seen;
  for (int i = 0; i < 10'000; ++i) CHECK(seen.insert(new_uuid(example_moment)).second);
  CHECK(new_uuid(example_moment + 1ms) > *seen.rbegin());
  CHECK(new_uuid(example_moment - 1ms) < *seen.begin());
  CHECK(to_string(new_uuid(example_moment + 1ms)) > to_string(*seen.rbegin()));
}

TEST_CASE("an id from a name is always the same and of version 8") {
  const auto id = uuid_from_name("demo");
  CHECK(id == uuid_from_name("demo"));
  CHECK(id != uuid_from_name("demo2"));
  CHECK(to_string(id)[14] == '8');
  CHECK((id.bytes[8] & 0xc0) == 0x80);
}

TEST_CASE("an id is read in either case and written in lower case") {
  const auto id = parse_uuid("017F22E2-79B0-7CC3-98C4-DC0C0C07398F");
  REQUIRE(id);
  CHECK(to_string(*id) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  CHECK(parse_uuid("00000000-0000-0000-0000-000000000000")->is_nil());
}

TEST_CASE("a malformed id is refused") {
  for (const auto* text : {"", "017f22e2", "017f22e279b07cc398c4dc0c0c07398f", "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
                           "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff",
                           "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2_79b0-7cc3-98c4-dc0c0c07398f",
                           "017f22e27-9b0-7cc3-98c4-dc0c0c07398f", "-017f22e-79b0-7cc3-98c4-dc0c0c07398f",
                           "017f22e2-79b0-7cc3-98c4-dc0c0c07398 ", "urn:uuid:017f22e2-79b0-7cc3-98c4-dc0c"}) {
    INFO(text);
    CHECK_FALSE(parse_uuid(text));
  }
  CHECK_FALSE(parse_uuid(std::string(36, '\0')));
  CHECK_FALSE(parse_uuid(std::string(36, '\xff')));
}

TEST_CASE("any id comes back from its text, and sorts like it") {
  random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  uuid last;
  for (int round = 0; round < 5000; ++round) {
    uuid id;
    for (auto& byte : id.bytes) byte = random.between<std::uint8_t>(0, 255);
    REQUIRE(parse_uuid(to_string(id)) == id);
    REQUIRE((id < last) == (to_string(id) < to_string(last)));
    last = id;
  }
}

TEST_CASE("ids of one millisecond spread over a hash table") {
  std::unordered_set<std::size_t> hashes;
  for (int i = 0; i < 10'000; ++i) hashes.insert(std::hash<uuid>{}(new_uuid(example_moment)));
  CHECK(hashes.size() > 9'990);
}

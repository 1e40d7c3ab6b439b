// CBOR from strangers: complete and small objects become a tree, all others are refused, and a declared length
// allocates nothing.
#include "base/cbor.hpp"

#include <catch2/catch.hpp>

#include "tests/support/authenticator.hpp"
#include "tests/support/random_case.hpp"

using namespace pulse;
using base::cbor_kind;
using tests::cbor_array;
using tests::cbor_bytes;
using tests::cbor_head;
using tests::cbor_map;
using tests::cbor_text;
using tests::cbor_whole;

TEST_CASE("a map of texts and whole numbers is found by its keys, and what lies behind it is left") {
  const auto text = cbor_map({cbor_text("fmt"), cbor_text("none"), cbor_whole(-2), cbor_bytes("xyz"), cbor_whole(3),
                              cbor_whole(-257), cbor_whole(300), cbor_array({cbor_whole(1), "\xf6"})});
  const auto whole = text + "more";
  const auto read = base::read_cbor(whole);
  REQUIRE(read);
  CHECK(read->bytes == text.size());
  CHECK(read->value.find_content("fmt", cbor_kind::text) == "none");
  CHECK(read->value.find_content(-2, cbor_kind::bytes) == "xyz");
  CHECK_FALSE(read->value.find_content(-2, cbor_kind::text));
  CHECK(read->value.find_whole(3) == -257);
  REQUIRE(read->value.find(300) != nullptr);
  CHECK(read->value.find(300)->items.size() == 2);
  CHECK(read->value.find("none") == nullptr);
  CHECK(read->value.find(300)->find(1) == nullptr);
}

TEST_CASE("incomplete or endless objects, tags and duplicate keys are refused") {
  const std::string whole = cbor_map({cbor_text("a"), cbor_bytes("0123456789"), cbor_whole(1), cbor_whole(70'000)});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    INFO(size);
    CHECK_FALSE(base::read_cbor(whole.substr(0, size)));
  }
  const std::string refused[] = {
      "",
      "\x9f\x01\xff",                                                            // an array without an end
      "\xbf\x61\x61\x01\xff",                                                    // a map
      "\x5f\x41\x61\xff",                                                        // bytes
      "\x7f\x61\x61\xff",                                                        // text
      "\xff",                                                                    // an end of nothing
      "\xc0\x61\x61",                                                            // a tag
      "\x1c",                                                                    // reserved
      cbor_map({cbor_text("a"), cbor_whole(1), cbor_text("a"), cbor_whole(2)}),  // twice
      cbor_map({cbor_array({}), cbor_whole(1)}),                                 // an array as a key
      cbor_head(0, ~std::uint64_t{0}),                                           // beyond 63 bits
      cbor_head(1, ~std::uint64_t{0}),
  };
  for (const auto& each : refused) {
    INFO(each.size());
    CHECK_FALSE(base::read_cbor(each));
  }
}

TEST_CASE("a declared length without its bytes allocates nothing") {
  for (const int major : {2, 3, 4, 5}) {
    for (const std::uint64_t size : {std::uint64_t{24}, std::uint64_t{0xffff}, std::uint64_t{0xffffffff},
                                     std::uint64_t{1} << 61, ~std::uint64_t{0} - 8, ~std::uint64_t{0}}) {
      INFO(major << " " << size);
      CHECK_FALSE(base::read_cbor(cbor_head(major, size) + "abc"));
    }
  }
}

TEST_CASE("depth, items and bytes have limits") {
  const auto nested = [](int depth) {
    std::string made = cbor_whole(1);
    for (int i = 1; i < depth; ++i) made = cbor_array({made});
    return made;
  };
  CHECK(base::read_cbor(nested(base::cbor_depth_max)));
  CHECK_FALSE(base::read_cbor(nested(base::cbor_depth_max + 1)));
  CHECK_FALSE(base::read_cbor(nested(50'000)));
  CHECK(base::read_cbor(cbor_array(std::vector<std::string>(base::cbor_items_max - 1, cbor_whole(0)))));
  CHECK_FALSE(base::read_cbor(cbor_array(std::vector<std::string>(base::cbor_items_max, cbor_whole(0)))));
  CHECK_FALSE(base::read_cbor(cbor_bytes(std::string(base::cbor_bytes_max, 'x'))));
}

TEST_CASE("random bytes and mutated objects are read or refused, and never more is taken than there is") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  const std::string seed =
      cbor_map({cbor_text("fmt"), cbor_text("none"), cbor_whole(-1), cbor_array({cbor_bytes("abc")}),
                cbor_text("authData"), cbor_bytes(std::string(40, 'x'))});
  for (int round = 0; round < 20'000; ++round) {
    std::string text = seed;
    for (int change = 0; change < 3; ++change)
      text[random.between<std::size_t>(0, text.size() - 1)] = random.bytes(1)[0];
    text.resize(random.between<std::size_t>(0, text.size()));
    const auto read = base::read_cbor(text);
    if (read) REQUIRE(read->bytes <= text.size());
  }
}

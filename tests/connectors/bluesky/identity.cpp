#include "connectors/bluesky/identity.hpp"

#include <catch2/catch.hpp>

#include "base/secure.hpp"

using namespace pulse;
using namespace pulse::connectors::bluesky;
using namespace std::chrono_literals;

TEST_CASE("Bluesky: handles and DIDs are what the protocol says") {
  for (const auto* good : {"acme.bsky.social", "a.co", "xn--bcher-kva.example", "8.example.org", "A-b.Example"}) {
    CAPTURE(good);
    CHECK(is_handle(good));
  }
  for (const auto* bad : {"", "acme", ".acme.com", "acme..com", "acme.com.", "-a.com", "a-.com", "a.1", "a b.com",
                          "\xc3\xa4.com", "a/b.com"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_handle(bad));
  }
  CHECK(is_did("did:plc:ewvi7nxzyoun6zhxrhs64oiz"));
  CHECK(is_did("did:web:example.org"));
  CHECK(is_did("did:web:example.org%3A8443"));
  for (const auto* bad :
       {"", "did:plc:", "did:key:z6", "did:plc:a/b", "did:plc:a.b", "did:web:a/../b", "did:web:a:b"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_did(bad));
  }
  CHECK(plain_identifier(" @Acme.Bsky.Social ") == "acme.bsky.social");
  CHECK(plain_identifier("\xe2\x80\xaa"
                         "acme.bsky.social\xe2\x80\xac") == "acme.bsky.social");
}

TEST_CASE("Bluesky: a record key sorts by its time, and is one of the protocol's") {
  constexpr base::timestamp at{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};
  const auto one = make_tid(at, 7);
  CHECK(is_tid(one));
  CHECK(make_tid(at, 7) == one);
  CHECK(make_tid(at, 8) > one);
  CHECK(make_tid(at + 1us, 0) > one);
  CHECK(make_tid(base::timestamp{}, 0) == "2222222222222");
  CHECK(make_tid(base::timestamp{1us}, 0) == "2222222222322");
  for (const auto* bad : {"", "3kabcdefghij", "3kabcdefghijkl", "zkabcdefghijk", "3kabcdefghij1", "3KABCDEFGHIJK"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_tid(bad));
  }
}

TEST_CASE("Bluesky: the address of a post is the account's own") {
  CHECK(rkey_of("at://did:plc:abc/app.bsky.feed.post/3kabcdefghijk", "did:plc:abc") == "3kabcdefghijk");
  CHECK(rkey_of("at://did:plc:abd/app.bsky.feed.post/3kabcdefghijk", "did:plc:abc").empty());
  CHECK(rkey_of("at://did:plc:abc/app.bsky.feed.like/3kabcdefghijk", "did:plc:abc").empty());
  CHECK(rkey_of("at://did:plc:abc/app.bsky.feed.post/../x", "did:plc:abc").empty());
}

TEST_CASE("Bluesky: an identity document names its owner and its server") {
  const auto document = read_did_document(
      R"({"id":"did:plc:abc","alsoKnownAs":["https://x","at://Acme.example"],"service":[{"id":"#other","type":"X","serviceEndpoint":"https://o"},)"
      R"({"id":"did:plc:abc#atproto_pds","type":"AtprotoPersonalDataServer","serviceEndpoint":"https://pds.example/"}]})");
  REQUIRE(document);
  CHECK(document->did == "did:plc:abc");
  CHECK(document->handle == "acme.example");
  CHECK(document->host == "https://pds.example");
  CHECK(read_did_document(R"({"id":"did:plc:abc"})")->host.empty());
  for (const auto* body : {"", "{}", "[]", R"({"id":"x"})", "<html>"}) CHECK_FALSE(read_did_document(body));
}

TEST_CASE("Bluesky: a token's end is a hint that need not be there") {
  const auto token = [](const std::string& claims) { return "h." + base::to_base64url(claims) + ".s"; };
  CHECK(told_end_of(token(R"({"exp":1795334400})")) == base::timestamp{1795334400s});
  for (const auto& other : {std::string{}, std::string{"opaque"}, token("{}"), token(R"({"exp":"soon"})"),
                            token(R"({"exp":-1})"), token(R"({"exp":99999999999999})"), std::string{"a.!!.c"}}) {
    CAPTURE(other);
    CHECK_FALSE(told_end_of(other));
  }
}

#include "connectors/mastodon/instance.hpp"

#include <catch2/catch.hpp>

#include "connectors/mastodon/instance_limits.hpp"
#include "connectors/mastodon/publish.hpp"

using namespace pulse;
using namespace pulse::connectors;
using namespace pulse::connectors::mastodon;
using namespace std::chrono_literals;

TEST_CASE("Mastodon: an instance is named by its address, its name or a handle there") {
  for (const auto* given : {"mastodon.social", "https://Mastodon.Social/", " mastodon.social ", "@acme@mastodon.social",
                            "acme@mastodon.social", "mastodon.social."}) {
    CAPTURE(given);
    const auto named = read_instance(given);
    REQUIRE(named);
    CHECK(named->host == "mastodon.social");
  }
  CHECK(read_instance("social.example.org:8443")->host == "social.example.org:8443");
}

TEST_CASE("Mastodon: only a public server's name is accepted") {
  for (const auto* given : {"",
                            " ",
                            "https://",
                            "http://mastodon.social",
                            "mastodon.social/@acme",
                            "mastodon social",
                            "m\xc3\xa4stodon.social",
                            "mastodon.social?x=1",
                            "10.0.0.1",
                            "192.168.1.1:80",
                            "169.254.169.254",
                            "[fe80::1]",
                            "0x0a000001",
                            "printer.local",
                            "a#b",
                            "mastodon.social:x",
                            "localhost",
                            "a.localhost",
                            "127.0.0.1",
                            "127.1:443",
                            "2130706433",
                            "0x7f.1",
                            "[::1]",
                            "[::ffff:127.0.0.1]"}) {
    CAPTURE(given);
    CHECK(read_instance(given).has_error());
  }
}

TEST_CASE("Mastodon: this machine is an instance only where that is allowed") {
  CHECK(read_instance("localhost:3000", true));
  CHECK(read_instance("10.0.0.1", true).has_error());
}

TEST_CASE("Mastodon: an account is found at its own instance, guarded as an address that a user gave") {
  const credentials account{"42@social.example", "acme@social.example", base::secret{"token"}};
  CHECK(place_of(account).id == "42");
  CHECK(place_of(account).instance == "social.example");
  CHECK(place_of({"42", "acme@other.example", base::secret{"t"}}).instance == "other.example");
  CHECK(place_of({"42", "acme", base::secret{"t"}}).instance.empty());
  const auto own = request_to({}, "social.example", "GET", "/api/v2/instance", "token");
  CHECK(own.url == "https://social.example/api/v2/instance");
  CHECK(own.address == trust::user_given);
  const auto set = request_to({"http://127.0.0.1:9/mastodon"}, "social.example", "GET", "/api/v2/instance", "");
  CHECK(set.url == "http://127.0.0.1:9/mastodon/api/v2/instance");
  CHECK(set.address == trust::platform);
  CHECK(set.headers.size() == 1);
}

TEST_CASE("Mastodon: an instance's own figures hold, and what it leaves out is as everywhere") {
  const auto changed = read_limits(R"({"configuration":{"statuses":{"max_characters":5000,"max_media_attachments":8,)"
                                   R"("characters_reserved_per_url":30},"media_attachments":{"description_limit":420,)"
                                   R"("image_size_limit":1000,"supported_mime_types":["image/png"]}}})");
  REQUIRE(changed);
  CHECK(changed->max_characters == 5'000);
  CHECK(changed->max_media == 8);
  CHECK(changed->max_description == 420);
  CHECK(changed->max_image_bytes == 1'000);
  CHECK(changed->media_types == std::vector<std::string>{"image/png"});
  CHECK(length_at(*changed, "see https://example.org/a/very/long/path/that/is/longer") == 34);
  CHECK(read_limits(R"({"max_toot_chars":3000})")->max_characters == 3'000);
  const auto strange =
      read_limits(R"({"configuration":{"statuses":{"max_characters":-1,"max_media_attachments":"four"}}})");
  CHECK(strange->max_characters == 500);
  CHECK(strange->max_media == 4);
  CHECK_FALSE(read_limits("<html>"));
  CHECK(length_at(instance_limits{}, "see https://example.org/a/very/long/path/that/is/longer") == 27);
  CHECK(length_at(instance_limits{}, "@acme@social.example hi") == 8);
}

TEST_CASE("Mastodon: limits are known for a day, and forgotten after a refusal") {
  known_limits known;
  const base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};
  CHECK_FALSE(known.find("a.example", now));
  known.store("a.example", {.max_characters = 7}, now);
  CHECK(known.find("a.example", now + 23h)->max_characters == 7);
  CHECK_FALSE(known.find("a.example", now + 24h));
  known.forget("a.example");
  CHECK_FALSE(known.find("a.example", now));
  for (int i = 0; i < 1'500; ++i) known.store(std::to_string(i) + ".example", {}, now);
  CHECK(known.find("1499.example", now));
}

TEST_CASE("Mastodon: the key is the same for every attempt of the same content, and for nothing else") {
  const base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};
  publication one;
  one.delivery_id = base::new_uuid(now);
  one.text = "Hello";
  one.account.external_user_id = "42@a.example";
  auto again = one;
  again.attempt = 2;
  CHECK(key_of(one) == key_of(again));
  again.text = "Edited";
  CHECK(key_of(one) != key_of(again));
  auto other = one;
  other.delivery_id = base::new_uuid(now + 1ms);
  CHECK(key_of(one) != key_of(other));
  auto pictured = one;
  pictured.media.push_back({domain::media_kind::image, "https://a.example/1.png", ""});
  CHECK(key_of(one) != key_of(pictured));
}

#include "base/webhook_signature.hpp"

#include <catch2/catch.hpp>

using namespace pulse::base;

namespace {

constexpr timestamp attempted_at{std::chrono::seconds{1'614'265'330}};
constexpr std::string_view id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr std::string_view body = R"({"test": 2432232314})";

}  // namespace

TEST_CASE("signatures of webhooks are those of the known answers") {
  CHECK(webhook_signature(secret{"whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="}, id, attempted_at, body) ==
        "v1,frM35V2Z51bxs4v81I6TpLnscXkhXtKLP/7WPYVyj3A=");
  CHECK(webhook_signature(secret{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}, id, attempted_at, body) ==
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  CHECK(webhook_timestamp(attempted_at + std::chrono::milliseconds{999}) == "1614265330");
}

TEST_CASE("a webhook's signature is of its id, its time and every byte") {
  const secret key{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"};
  const auto known = webhook_signature(key, id, attempted_at, body);
  CHECK(webhook_signature(key, "other", attempted_at, body) != known);
  CHECK(webhook_signature(key, id, attempted_at + std::chrono::seconds{1}, body) != known);
  CHECK(webhook_signature(key, id, attempted_at, R"({"test":2432232314})") != known);
}

TEST_CASE("a malformed webhook secret signs nothing") {
  for (const auto* text : {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_!!!!",
                           "whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}) {
    CAPTURE(text);
    CHECK_FALSE(webhook_signature(secret{text}, id, attempted_at, body));
  }
}

TEST_CASE("new webhook secrets have 32 bytes, and no two are the same") {
  const auto one = new_webhook_secret();
  CHECK(one.reveal().starts_with("whsec_"));
  CHECK(one.reveal().size() == 6 + 44);
  CHECK(webhook_signature(one, id, attempted_at, body));
  CHECK(one.reveal() != new_webhook_secret().reveal());
}

#include "connectors/website/hook.hpp"

#include <catch2/catch.hpp>

#include "base/webhook_signature.hpp"

using namespace pulse;
using connectors::egress_reply;
using connectors::progress;
using connectors::website::hook_delivery;
using connectors::website::read_hook_reply;
using connectors::website::signed_request;
using namespace std::chrono_literals;

namespace {

constexpr base::timestamp now{std::chrono::seconds{1'795'335'600}};

egress_reply reply_of(int status, std::vector<connectors::egress_header> headers = {}) {
  egress_reply made;
  made.how_far = progress::complete;
  made.status = status;
  made.headers = std::move(headers);
  return made;
}

}  // namespace

TEST_CASE("a message to a site is signed, and sent to an address that a user gave") {
  const base::secret key{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"};
  const auto made = signed_request(base::secret{"https://example.org/hook?a=b"}, key, "one", "{}", now);
  REQUIRE(made);
  CHECK(made->method == "POST");
  CHECK(made->url == "https://example.org/hook?a=b");
  CHECK(made->address == connectors::trust::user_given);
  const auto header = [&made](std::string_view name) {
    for (const auto& each : made->headers) {
      if (each.name == name) return each.value;
    }
    return std::string{};
  };
  CHECK(header("webhook-id") == "one");
  CHECK(header("webhook-timestamp") == "1795335600");
  CHECK(header("webhook-signature") == *base::webhook_signature(key, "one", now, "{}"));
  CHECK(header("content-type") == "application/json");
  CHECK_FALSE(signed_request(base::secret{"https://example.org"}, base::secret{"none"}, "one", "{}", now));
}

TEST_CASE("a site's answer is a delivery, another try, or the end") {
  for (const int status : {200, 201, 202, 204})
    CHECK(read_hook_reply(reply_of(status), now).what == hook_delivery::arrived);
  CHECK(read_hook_reply(reply_of(410), now).what == hook_delivery::gone);
  for (const int status : {301, 302, 400, 401, 404, 429, 500, 502, 503, 504}) {
    CAPTURE(status);
    const auto said = read_hook_reply(reply_of(status), now);
    CHECK(said.what == hook_delivery::again);
    CHECK(said.problem.find(std::to_string(status)) != std::string::npos);
  }
  CHECK(read_hook_reply(reply_of(429, {{"retry-after", "90"}}), now).again_at == now + 90s);
}

TEST_CASE("a site that does not answer, or may not be called, is tried again") {
  egress_reply lost;
  lost.how_far = progress::bytes_may_have_left;
  lost.error = "The connection ended.";
  CHECK(read_hook_reply(lost, now).what == hook_delivery::again);
  egress_reply inside;
  inside.address_refused = true;
  CHECK(read_hook_reply(inside, now).what == hook_delivery::again);
}

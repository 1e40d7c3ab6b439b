#include <catch2/catch.hpp>

#include "domain/publishing/channel.hpp"
#include "domain/publishing/retry.hpp"
#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using tests::count;
using tests::names;
using tests::publishing_fixture;

TEST_CASE("every channel type has a retry policy: the default, or the company's own") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto other = front.sign_up("other");
  const auto listed = front.get("/retry-policies", token);
  CHECK(listed.status() == 200);
  CHECK(count(listed) == domain::platforms().size());
  CHECK(listed.text("/items/1/channel_type") == "x");
  CHECK(listed.body.at_pointer("/items/1/is_default").as_bool());
  CHECK(listed.body.at_pointer("/items/1/max_attempts").as_int64() == domain::default_retry_policy.max_attempts);

  const auto set = front.put("/retry-policies/x",
                             R"({"max_attempts":3,"backoff_strategy":"linear","retry_delay_seconds":7})", token);
  CHECK(set.status() == 200);
  CHECK(set.text("/backoff_strategy") == "linear");
  CHECK_FALSE(set.body.at("is_default").as_bool());
  CHECK(front
            .put("/retry-policies/x", R"({"max_attempts":4,"backoff_strategy":"exponential","retry_delay_seconds":8})",
                 token)
            .status() == 200);
  const auto changed = front.get("/retry-policies", token);
  CHECK(changed.body.at_pointer("/items/1/max_attempts").as_int64() == 4);
  CHECK(changed.body.at_pointer("/items/1/retry_delay_seconds").as_int64() == 8);
  CHECK_FALSE(changed.body.at_pointer("/items/1/is_default").as_bool());
  CHECK(changed.body.at_pointer("/items/0/is_default").as_bool());
  CHECK(front.get("/retry-policies", other).body.at_pointer("/items/1/is_default").as_bool());

  CHECK(front.remove("/retry-policies/x", other).status() == 204);
  CHECK_FALSE(front.get("/retry-policies", token).body.at_pointer("/items/1/is_default").as_bool());
  CHECK(front.remove("/retry-policies/x", token).status() == 204);
  CHECK(front.remove("/retry-policies/x", token).status() == 204);
  CHECK(front.get("/retry-policies", token).body.at_pointer("/items/1/is_default").as_bool());
}

TEST_CASE("a retry policy is refused by the field that is wrong") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto refused = [&](const std::string& body, std::string_view pointer) {
    const auto given = front.put("/retry-policies/x", body, token);
    INFO(body << " → " << given.raw.bytes());
    CHECK(given.status() == 422);
    CHECK(names(given, pointer));
  };
  refused(R"({"max_attempts":0,"backoff_strategy":"linear","retry_delay_seconds":7})", "/max_attempts");
  refused(R"({"max_attempts":21,"backoff_strategy":"linear","retry_delay_seconds":7})", "/max_attempts");
  refused(R"({"max_attempts":2,"backoff_strategy":"quadratic","retry_delay_seconds":7})", "/backoff_strategy");
  refused(R"({"max_attempts":2,"backoff_strategy":"linear","retry_delay_seconds":3601})", "/retry_delay_seconds");
  refused(R"({"max_attempts":2,"backoff_strategy":"linear"})", "/retry_delay_seconds");
  CHECK(front
            .put("/retry-policies/myspace", R"({"max_attempts":2,"backoff_strategy":"linear","retry_delay_seconds":7})",
                 token)
            .status() == 422);
}

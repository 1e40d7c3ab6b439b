#include "http/auth/rate_limit.hpp"

#include <catch2/catch.hpp>

#include "http/auth/sign_in_limits.hpp"
#include "tests/support/random_case.hpp"

using namespace pulse;
using namespace std::chrono_literals;

namespace {

const http::rate_limiter::time_point start{1000h};

}  // namespace

TEST_CASE("a quota may be used at once and comes back one by one") {
  http::rate_limiter limiter{{"tries", 3, 60s}};
  for (unsigned left = 3; left-- > 0;) {
    const auto verdict = limiter.take("a", start);
    CHECK(verdict.allowed);
    CHECK(verdict.remaining == left);
  }
  const auto refused = limiter.take("a", start);
  CHECK_FALSE(refused.allowed);
  CHECK(refused.reset == 20s);
  CHECK_FALSE(limiter.take("a", start + 19s).allowed);
  CHECK(limiter.take("a", start + 20s).allowed);
  CHECK_FALSE(limiter.take("a", start + 20s).allowed);
  CHECK(limiter.take("b", start + 20s).allowed);
}

TEST_CASE("within a window there are never twice the quota, and waiting as told is always enough") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  http::rate_limiter limiter{{"tries", 5, 10s}};
  auto now = start;
  std::vector<http::rate_limiter::time_point> granted;
  for (int round = 0; round < 5000; ++round) {
    now += std::chrono::milliseconds{random.between<int>(0, 1500)};
    const auto verdict = limiter.take("a", now);
    if (verdict.allowed) {
      granted.push_back(now);
      continue;
    }
    now += verdict.reset;
    CHECK(limiter.take("a", now).allowed);
    granted.push_back(now);
  }
  for (std::size_t i = 10; i < granted.size(); ++i) CHECK(granted[i] - granted[i - 10] >= 10s);
}

TEST_CASE("a limiter keeps a bounded number of keys") {
  http::rate_limiter limiter{{"tries", 1, 60s}};
  for (std::size_t i = 0; i < http::rate_limiter::keys_max * 2; ++i)
    CHECK(limiter.take(std::to_string(i), start).allowed);
  CHECK_FALSE(limiter.take(std::to_string(http::rate_limiter::keys_max * 2 - 1), start).allowed);
}

TEST_CASE("a refusal names the policy and when to come back") {
  http::rate_limiter limiter{{"login_by_email", 1, 60s}};
  limiter.take("a", start);
  const auto answer = http::render(limiter.refuse(limiter.take("a", start)), "/auth/login", "r");
  CHECK(answer.status == 429);
  CHECK(answer.find("retry-after") == "60");
  CHECK(answer.find("ratelimit-policy") == R"("login_by_email";q=1;w=60)");
  CHECK(answer.find("ratelimit") == R"("login_by_email";r=0;t=60)");
  CHECK(boost::json::parse(answer.body).at("type") == "https://iana.org/assignments/http-problem-types#quota-exceeded");
}

TEST_CASE("an IPv6 address counts as its network") {
  CHECK(http::network_of("2001:db8:1:2::1") == http::network_of("2001:db8:1:2:ffff::9"));
  CHECK(http::network_of("2001:db8:1:2::1") != http::network_of("2001:db8:1:3::1"));
  CHECK(http::network_of("192.0.2.1") == "192.0.2.1");
  CHECK(http::network_of("::ffff:192.0.2.1") != http::network_of("::ffff:192.0.2.2"));
  CHECK(http::network_of("") == "");
}

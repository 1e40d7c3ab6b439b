#include "domain/platforms/platform_limits.hpp"

#include "base/describe.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::domain {

using namespace std::chrono_literals;

TEST_CASE("X gives an account a hundred posts in a quarter of an hour") {
  const auto x = publish_rate(channel_type::x);
  CHECK(x.limit == 100);
  CHECK(x.window == 15min);
}

TEST_CASE("every platform's budget is one that a throttle can keep") {
  for (const auto& each : platforms()) {
    const auto budget = publish_rate(each.type);
    INFO(each.name);
    CHECK(budget.limit >= 1);
    CHECK(budget.burst >= 1);
    CHECK(budget.burst <= budget.limit);
    CHECK(budget.window >= 1ms);
  }
}

TEST_CASE("a company's budget that is looser than the installation's does not hold, as the API says") {
  const limit_row installation{channel_type::x, limit_scope::account, false, 20, 900, 10};
  const limit_row looser{channel_type::x, limit_scope::account, true, 90, 900, 40};
  const limit_row stricter{channel_type::x, limit_scope::account, true, 10, 900, 5};
  const limit_row elsewhere{channel_type::linkedin, limit_scope::account, true, 1, 900, 1};
  const auto account = [](std::vector<limit_row> rows) { return rates_for(channel_type::x, rows).account; };
  CHECK(account({}) == publish_rate(channel_type::x));
  CHECK(account({installation}) == rate_of(installation));
  CHECK(account({looser, installation}) == rate_of(installation));
  CHECK(account({installation, looser, elsewhere}) == rate_of(installation));
  CHECK(account({installation, stricter}) == rate_of(stricter));
  CHECK(account({stricter}) == rate_of(stricter));
  CHECK(account({{channel_type::x, limit_scope::account, true, 500, 900, 5}}) == publish_rate(channel_type::x));
  const limit_row of_all{channel_type::x, limit_scope::tenant, true, 500, 900, 5};
  CHECK(rates_for(channel_type::x, std::vector{of_all}).tenant == rate_of(of_all));
}

TEST_CASE("a report's name says whether it is the app's budget") {
  for (const auto* name : {"posts_app_24h", "calls_app", "app", "app_calls"}) CHECK(is_of_app(name));
  for (const auto* name : {"posts", "posts_user_24h", "calls_account", "happy_posts", "apps", ""})
    CHECK_FALSE(is_of_app(name));
}

}  // namespace pulse::domain

#include "domain/platform_limits.hpp"

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
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<channel_type>>([](auto each) {
    const auto budget = publish_rate(each.value);
    INFO(each.name);
    CHECK(budget.limit >= 1);
    CHECK(budget.burst >= 1);
    CHECK(budget.burst <= budget.limit);
    CHECK(budget.window >= 1ms);
  });
}

}  // namespace pulse::domain

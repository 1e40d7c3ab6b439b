#include "domain/platform_limits.hpp"

namespace pulse::domain {

rate publish_rate(channel_type type) {
  using namespace std::chrono_literals;
  switch (type) {
    case channel_type::website: return {.limit = 10'000, .window = 1s, .burst = 5'000};
    case channel_type::x: return {.limit = 100, .window = 15min, .burst = 50};
    case channel_type::instagram: return {.limit = 50, .window = 24h, .burst = 25};
    case channel_type::linkedin: return {.limit = 150, .window = 24h, .burst = 75};
  }
  return {};
}

std::optional<rate> app_rate(channel_type type) {
  using namespace std::chrono_literals;
  switch (type) {
    case channel_type::x: return rate{.limit = 10'000, .window = 24h, .burst = 5'000};
    case channel_type::linkedin: return rate{.limit = 100'000, .window = 24h, .burst = 50'000};
    case channel_type::website:
    case channel_type::instagram: return std::nullopt;
  }
  return std::nullopt;
}

rate rate_of(const limit_row& row) {
  return {.limit = row.posts, .window = std::chrono::seconds{row.window_seconds}, .burst = row.burst};
}

budget_rates rates_for(channel_type type, std::span<const limit_row> rows) {
  budget_rates rates{.account = publish_rate(type), .app = app_rate(type), .tenant = std::nullopt};
  const auto apply = [&rates](const limit_row& row) {
    switch (row.scope) {
      case limit_scope::account: rates.account = rate_of(row); break;
      case limit_scope::app: rates.app = rate_of(row); break;
      case limit_scope::tenant: rates.tenant = rate_of(row); break;
    }
  };
  for (const bool of_tenant : {false, true}) {
    for (const auto& row : rows) {
      if (row.platform == type && row.is_of_tenant == of_tenant) apply(row);
    }
  }
  return rates;
}

}  // namespace pulse::domain

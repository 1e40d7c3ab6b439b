// LinkedIn, described (platforms/linkedin.md).
#include "domain/platforms/platform.hpp"

namespace pulse::domain::described {

platform linkedin() {
  using namespace std::chrono_literals;
  return {.display_name = "LinkedIn",
          .text = {.max_length = 3'000},
          .media = {.max_images = 1,
                    .max_alt_text = 1'000,
                    .picture = {.types = {"image/jpeg", "image/png", "image/gif"}, .max_bytes = 8 * 1024 * 1024}},
          .can = {.can_list = false, .can_delete = true},
          .account_rate = {.limit = 150, .window = 24h, .burst = 75},  // of a member, §8
          .app_rate = rate{.limit = 100'000, .window = 24h, .burst = 50'000},
          .settings = {
              {.name = "LINKEDIN_API_BASE_URL",
               .kind = setting_kind::web_address,
               .sentence = "The API of LinkedIn.",
               .default_text = "https://api.linkedin.com",
               .sandbox_text = "{SANDBOX_URL}/linkedin"},
              {.name = "LINKEDIN_VERSION",
               .kind = setting_kind::year_month,
               .sentence = "The version of LinkedIn's API that Pulse asks for, as year and month. LinkedIn ends each "
                           "one about a year after it appeared.",
               .default_text = "202609"}}};
}

}  // namespace pulse::domain::described

#include "domain/campaigns/campaign.hpp"

#include <catch2/catch.hpp>

namespace pulse::domain::campaigns {

TEST_CASE("a campaign is activated, paused and completed, and a completed one stays so") {
  using state = campaign_state;
  using command = campaign_command;
  CHECK(state_after(state::draft, command::activate) == state::active);
  CHECK(state_after(state::active, command::pause) == state::paused);
  CHECK(state_after(state::paused, command::activate) == state::active);
  CHECK_FALSE(state_after(state::draft, command::pause));
  for (const auto before : {state::draft, state::active, state::paused, state::completed}) {
    CHECK(state_after(before, command::complete) == state::completed);
  }
  CHECK_FALSE(state_after(state::completed, command::activate));
  CHECK_FALSE(state_after(state::completed, command::pause));
}

TEST_CASE("UTM fields are put on links, before the fragment, and never over what is there") {
  const utm_fields fields{
      .source = "pulse", .medium = "social", .campaign = "Autumn & more", .term = "", .content = ""};
  CHECK(with_utm("See https://example.com/a now", fields) ==
        "See https://example.com/a?utm_source=pulse&utm_medium=social&utm_campaign=Autumn%20%26%20more now");
  CHECK(with_utm("https://example.com/?utm_source=mine#top", fields) ==
        "https://example.com/?utm_source=mine&utm_medium=social&utm_campaign=Autumn%20%26%20more#top");
  CHECK(with_utm("no link", fields) == "no link");
  CHECK(with_utm("example.com stays", fields) == "example.com stays");
  CHECK(with_utm("https://example.com/", {}) == "https://example.com/");
  CHECK(with_utm("é https://example.com/ü?a=1 ü",
                 {.source = "x", .medium = {}, .campaign = {}, .term = {}, .content = {}}) ==
        "é https://example.com/ü?a=1&utm_source=x ü");
}

}  // namespace pulse::domain::campaigns

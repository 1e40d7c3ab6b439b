#include "domain/campaigns/filled_template.hpp"

#include <catch2/catch.hpp>

namespace pulse::domain::campaigns {

namespace {

template_surroundings around() {
  return {.now = *base::parse_timestamp("2026-11-29T23:30:00Z"),
          .time_zone = "Europe/Amsterdam",
          .project_name = "Acme",
          .campaign_name = "Winter"};
}

}  // namespace

TEST_CASE("a template is filled in by what is given, then what is declared, then what Pulse knows") {
  const template_words words{.title = "{{ campaign.name }}",
                             .text = "{{ offer }} in {{ city }} on {{ now | date: \"%d %B\" }}, {{ project.name }}",
                             .variants = {{"x", "{{ offer | upper }}"}},
                             .variables = {{"offer", "ten percent"}, {"city", "Oslo"}}};
  const auto made = fill_in(words, {{"city", "Bergen"}}, around());
  REQUIRE(made);
  CHECK(made->title == "Winter");
  CHECK(made->text == "ten percent in Bergen on 30 November, Acme");
  CHECK(made->variants.at("x") == "TEN PERCENT");
  CHECK(made->missing.empty());
  CHECK(made->values.at("offer") == "ten percent");
}

TEST_CASE("what has no value is empty, and told") {
  const template_words words{
      .title = "", .text = "{{ a }}{{ feed.title }}{{ a }}.", .variants = {}, .variables = {{"a", ""}}};
  const auto made = fill_in(words, {}, around());
  REQUIRE(made);
  CHECK(made->text == ".");
  CHECK(made->missing == std::vector<std::string>{"a", "feed.title"});
}

TEST_CASE("a value that a filter cannot read is told with its place") {
  const template_words words{.title = "",
                             .text = "plain",
                             .variants = {{"x", "{{ day | date: \"%d\" }}"}},
                             .variables = {{"day", "tomorrow"}}};
  const auto made = fill_in(words, {}, around());
  REQUIRE_FALSE(made);
  CHECK(made.error().pointer == "/variants/x");
}

}  // namespace pulse::domain::campaigns

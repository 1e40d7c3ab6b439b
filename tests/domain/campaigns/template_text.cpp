#include "domain/campaigns/template_text.hpp"

#include <string>

#include "base/text.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::domain::campaigns {

namespace {

std::string rendered(const std::string& text, const template_values& values, const std::string& zone = "UTC") {
  const auto parsed = parse_template(text);
  REQUIRE(parsed.has_value());
  const auto made = render(*parsed, values, zone);
  REQUIRE(made.has_value());
  return *made;
}

}  // namespace

TEST_CASE("places are filled in and everything else stays as it is") {
  CHECK(rendered("Hello {{name}}, {{ name }}!", {{"name", "Ada"}}) == "Hello Ada, Ada!");
  CHECK(rendered("no places } { {x} }}", {}) == "no places } { {x} }}");
  CHECK(rendered("", {}).empty());
  CHECK(rendered("{{ missing }}", {}).empty());
  CHECK(rendered("{{ text }}", {{"text", "{{ name }}"}, {"name", "twice"}}) ==
        "{{ name }}");  // values are never templates
}

TEST_CASE("filters change a value from left to right") {
  const template_values values{{"name", "straße"}, {"when", "2026-12-01T08:00:00Z"}, {"long", "one two three"}};
  CHECK(rendered("{{ name | upper }}", values) == "STRASSE");
  CHECK(rendered("{{ who | default: \"dear reader\" | upper }}", values) == "DEAR READER");
  CHECK(rendered("{{ when | date: \"%d %B %Y, %H:%M\" }}", values, "Europe/Amsterdam") == "01 December 2026, 09:00");
  CHECK(rendered("{{ long | truncate: 5 }}", values) == "one…");
  CHECK(rendered("{{ long | truncate: 13 }}", values) == "one two three");
  CHECK(rendered("{{ nothing | date: \"%d\" }}", values).empty());
}

TEST_CASE("a filter's value needs no quotes where it has no mark of the template's own") {
  const auto filled = [](std::string_view text, const template_values& values) {
    return *render(*parse_template(text), values, "Europe/Amsterdam");
  };
  CHECK(filled("{{now|date:%d.%m.%Y}}!", {{"now", "2026-12-31T23:30:00Z"}}) == "01.01.2027!");
  CHECK(filled("{{ a | default: my friend | upper }}", {}) == "MY FRIEND");
  CHECK(filled("{{ a | truncate:3 }}", {{"a", "World"}}) == "Wo…");
}

TEST_CASE("the variables of a template are named once, in their order") {
  const auto parsed = parse_template("{{ b }} {{ a }} {{ b | upper }}");
  REQUIRE(parsed.has_value());
  CHECK(parsed->variables() == std::vector<std::string>{"b", "a"});
}

TEST_CASE("what is no template is refused with the place and a reason") {
  for (const auto* text :
       {"{{", "{{ }}", "{{ a", "{{ a }", "{{ a | }}", "{{ a | unknown }}", "{{ a | truncate }}",
        "{{ a | truncate: x }}", "{{ a | truncate: 0 }}", "{{ a | date: \"%Q\" }}", "{{ a | date: \"%\" }}",
        "{{ a | default: \"x }}", "{{ a b }}", "{{ {{ a }} }}", "{{ a | default: {{ a }} }}"}) {
    INFO(text);
    const auto parsed = parse_template(text);
    REQUIRE(parsed.has_error());
    CHECK_FALSE(parsed.error().problem.empty());
  }
  CHECK(parse_template(std::string(1'000'000, 'a')).has_error());
  std::string nested;
  for (int i = 0; i < 1'000; ++i) nested += "{{";
  CHECK(parse_template(nested).has_error());
  std::string many;
  for (int i = 0; i < 201; ++i) many += "{{a}}";
  CHECK(parse_template(many).has_error());
}

TEST_CASE("a date filter on what is no moment, and a text that grows too long, are errors") {
  CHECK(render(*parse_template("{{ a | date: \"%d\" }}"), {{"a", "tomorrow"}}, "UTC").has_error());
  const auto cut = render(*parse_template("{{ a | date: \"%d\" }}"), {{"a", std::string(39, 'x') + "\xc3\xa9"}}, "UTC");
  REQUIRE(cut.has_error());
  CHECK(base::is_clean_utf8(cut.error().problem));
  CHECK(render(*parse_template("{{a}}{{a}}{{a}}"), {{"a", std::string(100'000, 'x')}}, "UTC").has_error());
}

TEST_CASE("random bytes are read or refused, and what is read renders") {  // asvs: 1.3.2
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int i = 0; i < 5'000; ++i) {
    std::string text;
    for (auto n = random.between(0, 30); n > 0; --n) {
      const char* parts[] = {"{{", "}}", " a ", "|", "upper", ":", "\"", "date", "truncate", "%d", "5", "é"};
      text += parts[random.between<std::size_t>(0, 11)];
    }
    const auto parsed = parse_template(text);
    if (parsed) (void)render(*parsed, {{"a", "2026-12-01T08:00:00Z"}}, "UTC");
  }
}

}  // namespace pulse::domain::campaigns

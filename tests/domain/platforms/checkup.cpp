#include "domain/platforms/checkup.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

namespace pulse::domain {
namespace {

using namespace std::chrono_literals;

constexpr base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29} + 8h};

provider_entry called(std::string_view name) {
  for (auto& each : oauth_providers()) {
    if (each.is.name == name) return each;
  }
  FAIL("no such provider");
  return {};
}

setting_values good_x() {
  setting_values made;
  made.set("X_CLIENT_ID", "id");
  made.set("X_CLIENT_SECRET", "secret");
  made.set("X_REDIRECT_URI", "https://pulse.example/channels/x/oauth/callback");
  made.set("X_OAUTH_SCOPE", "tweet.read tweet.write users.read media.write offline.access");
  return made;
}

std::vector<std::string> sentences(const setting_values& settings, finding_kind kind, std::string_view provider = "x") {
  std::vector<std::string> made;
  for (const auto& each : check_up(called(provider), settings, "https://pulse.example", now)) {
    if (each.kind == kind) made.push_back(each.sentence);
  }
  return made;
}

bool any_has(const std::vector<std::string>& all, std::string_view words) {
  return std::any_of(all.begin(), all.end(), [words](const auto& each) { return each.find(words) != each.npos; });
}

TEST_CASE("a provider that nobody has set up says what to make, and nothing else") {
  const auto found = check_up(called("x"), {}, "https://pulse.example", now);
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == finding_kind::absent);
  CHECK(found[0].sentence.find("X_CLIENT_ID and X_CLIENT_SECRET") != std::string::npos);
}

TEST_CASE("good settings have nothing wrong, and say what the console must hold word for word") {
  CHECK(sentences(good_x(), finding_kind::wrong).empty());
  CHECK(sentences(good_x(), finding_kind::advice).empty());
  const auto console = sentences(good_x(), finding_kind::register_this);
  CHECK(any_has(console, "exactly https://pulse.example/channels/x/oauth/callback."));
  CHECK(any_has(console, "offline.access"));
}

TEST_CASE("each thing that keeps people from connecting is named") {
  const auto wrong_with = [](const std::string& setting, const std::string& value, std::string_view words) {
    auto settings = good_x();
    settings.set(setting, value);
    INFO(setting << "=" << value);
    CHECK(any_has(sentences(settings, finding_kind::wrong), words));
  };
  wrong_with("X_CLIENT_SECRET", "", "X_CLIENT_SECRET is missing");
  wrong_with("X_REDIRECT_URI", "", "X_REDIRECT_URI is missing");
  wrong_with("X_REDIRECT_URI", "http://pulse.example/channels/x/oauth/callback", "must begin with https://");
  wrong_with("X_REDIRECT_URI", "https://pulse.example/channels/x/callback", "does not end with");
  wrong_with("X_REDIRECT_URI", "https://pulse.example/channels/x/oauth/callback?a=b", "neither a query");
  wrong_with("X_REDIRECT_URI", "https://other.example/channels/x/oauth/callback", "another address");
}

TEST_CASE("on one's own machine http will do") {
  auto settings = good_x();
  settings.set("X_REDIRECT_URI", "http://localhost:8000/channels/x/oauth/callback");
  CHECK_FALSE(any_has(sentences(settings, finding_kind::wrong), "https://;"));
}

TEST_CASE("a scope that is left out is told, because what needs it will be refused") {
  auto settings = good_x();
  settings.set("X_OAUTH_SCOPE", "tweet.read tweet.write users.read offline.access");
  CHECK(any_has(sentences(settings, finding_kind::advice), "leaves out media.write"));
}

TEST_CASE("a version that is served no more is told before it ends") {
  setting_values settings;
  settings.set("LINKEDIN_CLIENT_ID", "id");
  settings.set("LINKEDIN_CLIENT_SECRET", "secret");
  settings.set("LINKEDIN_VERSION", "202511");
  CHECK(any_has(sentences(settings, finding_kind::wrong, "linkedin"), "12 months old"));
  settings.set("LINKEDIN_VERSION", "202601");
  CHECK(any_has(sentences(settings, finding_kind::advice, "linkedin"), "soon be served no more"));
  settings.set("LINKEDIN_VERSION", "202609");
  CHECK_FALSE(any_has(sentences(settings, finding_kind::wrong, "linkedin"), "LINKEDIN_VERSION"));
  settings.set("LINKEDIN_VERSION", "soon");
  CHECK(any_has(sentences(settings, finding_kind::wrong, "linkedin"), "must be a month"));
}

}  // namespace
}  // namespace pulse::domain

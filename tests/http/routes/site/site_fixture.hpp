// A company with a website channel, and its publications.
#pragma once

#include <string>

#include <catch2/catch.hpp>

#include "persistence/publishing/website_publications.hpp"
#include "tests/http/routes/publishing/publishing_fixture.hpp"

namespace pulse::tests {

/// A company whose website shows what a test publishes there, as the engine would.
struct site_fixture : publishing_fixture {
  std::string token = sign_up("acme");
  std::string project = add_project(token, "Tom & Jerry <live>");
  std::string website = add_website(token, project);

  std::string publish(const std::string& text, const std::string& title = {}) {
    namespace publications = persistence::website_publications;
    const auto post = add_post(
        token, project, title.empty() ? "" : R"(,"title":)" + boost::json::serialize(boost::json::string{title}));
    const publications::publication wanted{
        base::new_uuid(clock.now()), {}, *base::parse_uuid(post), *base::parse_uuid(website), "", text, clock.now()};
    const auto tenant = owner();
    const auto delivery = delivery_of(token, post);
    bring_to(delivery, domain::delivery_state::sending);
    const auto stored = engine_database.transact_now(std::nullopt, [&](persistence::transaction& tx) {
      return publications::store(tx, tenant, wanted, {*base::parse_uuid(delivery), 1});
    });
    REQUIRE(stored);
    REQUIRE(*stored);
    bring_to(delivery, domain::delivery_state::published);
    return base::to_string((*stored)->id);
  }

  /// A GET with one more header.
  tests::answered get_with(const std::string& target, std::string name, std::string value) {
    auto asked = request(http::server::verb::get, target);
    asked.headers.push_back({std::move(name), std::move(value)});
    return answer(asked);
  }

  base::uuid owner() {
    namespace publications = persistence::website_publications;
    const auto find = [&](persistence::transaction& tx) {
      return publications::find_owner(*base::parse_uuid(project)).first(tx);
    };
    return (*database.transact_now(std::nullopt, find))->tenant_id;
  }

  std::string address(const std::string& rest) const { return "/site/" + project + rest; }
};

}  // namespace pulse::tests

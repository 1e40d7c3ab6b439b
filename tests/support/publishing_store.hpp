// A migrated database with a company, for publishing tests. Header only, because not every test program links
// persistence.
#pragma once

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/channel.hpp"
#include "persistence/engine/deliveries.hpp"
#include "persistence/engine/ownership.hpp"
#include "persistence/people/members.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/publishing/accounts.hpp"
#include "persistence/publishing/channels.hpp"
#include "persistence/publishing/posts.hpp"
#include "persistence/publishing/projects.hpp"
#include "persistence/secrets/secret_box.hpp"
#include "tests/support/catch_result.hpp"
#include "tests/support/migrated_database.hpp"

namespace pulse::tests {

inline base::timestamp at(std::string_view text) { return base::parse_timestamp(text).value(); }

/// The moment at which these tests take place.
inline base::timestamp noon() { return at("2026-11-22T12:00:00Z"); }

inline persistence::secret_box test_box() {
  return *persistence::secret_box::make({base::secret{"a key that only this test has"}});
}

struct company {
  base::uuid id;
  base::uuid owner_id;
  base::uuid project_id;
  base::uuid website_id;
  base::uuid x_id;
};

/// What a delivery is of.
struct belongings {
  base::uuid project_id;
  base::uuid post_id;
  base::uuid channel_id;
};
BOOST_DESCRIBE_STRUCT(belongings, (), (project_id, post_id, channel_id))

/// The database as requests and as the engine see it, and shortcuts to fill it. One thread uses it.
class publishing_store {
 public:
  publishing_store()
      : url_(migrated_database()),
        requests_(options(persistence::role::request)),
        engine_(options(persistence::role::engine)) {}

  persistence::database& requests() { return requests_; }
  persistence::database& engine() { return engine_; }
  const std::string& url() const { return url_; }

  /// Runs `job` as a request of the tenant; what fails there fails the test.
  template <class Job>
  auto as(const company& tenant, Job job) {
    auto done = requests_.transact_now(tenant.id, std::move(job));
    if (done.has_error()) FAIL(done.error().detail);
    if constexpr (!std::is_void_v<std::invoke_result_t<Job&, persistence::transaction&>>) return std::move(*done);
  }
  template <class Job>
  auto as_engine(Job job) {
    auto done = engine_.transact_now(std::nullopt, std::move(job));
    if (done.has_error()) FAIL(done.error().detail);
    if constexpr (!std::is_void_v<std::invoke_result_t<Job&, persistence::transaction&>>) return std::move(*done);
  }

  /// A company with an owner, a project, a website channel and an x channel.
  company add_company(const std::string& name = "Acme") {
    const auto now = noon();
    company made{base::new_uuid(now), base::new_uuid(now), base::new_uuid(now), base::new_uuid(now),
                 base::new_uuid(now)};
    as(made, [&](persistence::transaction& tx) {
      using namespace persistence;
      members::insert_company(tx, {made.id, name, now}, {"trial", members::subscription_status::trial, std::nullopt});
      members::insert(tx,
                      {made.owner_id, "owner@" + base::to_string(made.id) + ".test", "Owner", domain::role::owner, now},
                      "not a hash");
      projects::insert(tx, {made.project_id, "Project", "", "UTC", now, now});
      channels::insert(tx, {made.website_id, made.project_id, domain::channel_type::website, "Website", std::nullopt},
                       now);
      const auto account = accounts::store(tx, {domain::channel_type::x, "1001", "acme", base::secret{"token"}},
                                           test_box(), base::new_uuid(now), now);
      channels::insert(tx, {made.x_id, made.project_id, domain::channel_type::x, "X @acme", account}, now);
    });
    return made;
  }

  /// A post to the company's channels; a draft, or scheduled.
  base::uuid add_post(const company& of, std::optional<base::timestamp> scheduled_at,
                      std::vector<base::uuid> channel_ids, base::timestamp now = noon()) {
    persistence::posts::draft made{.id = base::new_uuid(now),
                                   .project_id = of.project_id,
                                   .author_id = of.owner_id,
                                   .title = "Title",
                                   .text = "Text",
                                   .variants = {},
                                   .scheduled_at = scheduled_at,
                                   .channel_ids = std::move(channel_ids),
                                   .delivery_ids = {}};
    for (std::size_t i = 0; i < made.channel_ids.size(); ++i) made.delivery_ids.push_back(base::new_uuid(now));
    as(of, [&](persistence::transaction& tx) { persistence::posts::insert(tx, made, now); });
    return made.id;
  }
  base::uuid add_post(const company& of, std::optional<base::timestamp> scheduled_at = std::nullopt) {
    return add_post(of, scheduled_at, {of.website_id, of.x_id});
  }

  std::vector<persistence::posts::delivery> deliveries(const company& of, const base::uuid& post_id) {
    return post(of, post_id).value().deliveries;
  }

  std::optional<persistence::posts::post> post(const company& of, const base::uuid& id) {
    return as(of, [&](persistence::transaction& tx) { return persistence::posts::find(id).first(tx); });
  }

  /// Makes this test's node the owner of the tenant; returns the fence.
  std::int64_t own(const company& tenant) {
    return as_engine([&](persistence::transaction& tx) {
      persistence::register_node(tx, node_id_, "test", noon() + std::chrono::hours{24 * 365}, noon());
      return persistence::take_tenant(tx, tenant.id, node_id_, noon()).value();
    });
  }

  /// The intent of the first attempt. A delivery that there is not belongs to nothing.
  persistence::intent intent_for(const company& tenant, const base::uuid& delivery_id, std::int64_t fence,
                                 base::timestamp now) {
    const auto found = as_engine([&](persistence::transaction& tx) {
      return tx
          .execute({"select_belongings", "SELECT project_id, post_id, channel_id FROM deliveries WHERE id = $1"},
                   delivery_id)
          .first<belongings>();
    });
    const auto of = found.value_or(belongings{});
    return {.tenant_id = tenant.id,
            .project_id = of.project_id,
            .post_id = of.post_id,
            .channel_id = of.channel_id,
            .delivery_id = delivery_id,
            .fence = fence,
            .attempt = 1,
            .started_at = now,
            .deadline_at = now + std::chrono::seconds{20},
            .permit = {}};
  }

  /// Begins the first attempt of a delivery, as the engine does; false when the claim was refused.
  bool begin(const company& tenant, const base::uuid& delivery_id, std::int64_t fence, base::timestamp now) {
    const std::vector<persistence::intent> intents{intent_for(tenant, delivery_id, fence, now)};
    return !as_engine([&](persistence::transaction& tx) { return persistence::claim(tx, node_id_, intents); }).empty();
  }

  /// Records what became of the first attempt.
  bool end(const company& tenant, const base::uuid& delivery_id, std::int64_t fence, domain::delivery_state to,
           base::timestamp now) {
    persistence::delivery_change change;
    change.tenant_id = tenant.id;
    change.delivery_id = delivery_id;
    change.fence = fence;
    change.attempt = 1;
    change.to = to;
    change.not_before = now;
    if (to == domain::delivery_state::published) change.external_id = "external-1";
    change.event = domain::publish_failed{};
    if (to == domain::delivery_state::published) change.event = domain::publish_succeeded{};
    change.at = now;
    const std::vector<persistence::delivery_change> changes{change};
    return !as_engine([&](persistence::transaction& tx) { return persistence::record(tx, node_id_, changes); }).empty();
  }

  const base::uuid& node_id() const { return node_id_; }

 private:
  persistence::database::options options(persistence::role as) const {
    persistence::database::options made;
    made.url = url_;
    made.as = as;
    return made;
  }

  std::string url_;
  base::uuid node_id_ = base::new_uuid(noon());
  persistence::database requests_;
  persistence::database engine_;
};

}  // namespace pulse::tests

// The store in memory and the one of the database behind one interface, each with two nodes, a company, a channel and
// posts: for rules that both must keep (tests/actors/system/store_conformance.cpp).
#pragma once

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "actors/system/database_store.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::support {

/// Waits for the answer to one question.
template <class Answer, class Ask>
Answer answer_to(Ask ask) {
  auto answer = std::make_shared<std::promise<Answer>>();
  auto waits = answer->get_future();
  ask([answer](Answer said) { answer->set_value(std::move(said)); });
  REQUIRE(waits.wait_for(std::chrono::seconds{20}) == std::future_status::ready);
  return waits.get();
}

/// The real time, near which a node has to be to enter; it stands still until a test moves it.
class stores {
 public:
  virtual ~stores() = default;

  base::manual_clock clock{std::chrono::floor<std::chrono::milliseconds>(base::system_clock{}.now())};
  base::uuid tenant;
  base::uuid channel;

  virtual actors::store& a() = 0;
  virtual actors::store& b() = 0;
  virtual base::uuid id_of_a() const = 0;
  virtual base::uuid id_of_b() const = 0;
  virtual base::uuid deliver(base::timestamp due_at) = 0;
  virtual void cancel(const base::uuid& delivery_id) = 0;
  virtual persistence::intent intent_for(const base::uuid& delivery_id, std::int64_t fence) = 0;

 protected:
  stores() = default;
};

class memory_stores final : public stores {
 public:
  memory_stores() {
    tenant = tables_.add_tenant();
    channel = tables_.add_channel(tenant);
  }
  actors::store& a() override { return a_; }
  actors::store& b() override { return b_; }
  base::uuid id_of_a() const override { return base::uuid_from_name("a"); }
  base::uuid id_of_b() const override { return base::uuid_from_name("b"); }
  base::uuid deliver(base::timestamp due_at) override { return tables_.add_delivery(channel, due_at, "Text"); }
  void cancel(const base::uuid& delivery_id) override { REQUIRE(tables_.cancel(delivery_id)); }
  persistence::intent intent_for(const base::uuid& delivery_id, std::int64_t fence) override {
    return {.tenant_id = tenant,
            .project_id = tables_.channels.at(channel).project_id,
            .post_id = tables_.deliveries.at(delivery_id).post_id,
            .channel_id = channel,
            .delivery_id = delivery_id,
            .fence = fence,
            .attempt = 1,
            .started_at = clock.now(),
            .deadline_at = clock.now() + std::chrono::seconds{12},
            .permit = {}};
  }

 private:
  memory_database tables_;
  memory_store a_{tables_, clock, base::uuid_from_name("a")};
  memory_store b_{tables_, clock, base::uuid_from_name("b")};
};

class database_stores final : public stores {
 public:
  database_stores() : acme_(rows_.add_company()) {
    tenant = acme_.id;
    channel = acme_.website_id;
  }
  ~database_stores() override { rows_.engine().stop(); }
  database_stores(const database_stores&) = delete;
  database_stores& operator=(const database_stores&) = delete;

  actors::store& a() override { return a_; }
  actors::store& b() override { return b_; }
  base::uuid id_of_a() const override { return base::uuid_from_name("a"); }
  base::uuid id_of_b() const override { return base::uuid_from_name("b"); }
  base::uuid deliver(base::timestamp due_at) override {
    return rows_.deliveries(acme_, rows_.add_post(acme_, due_at, {channel}, clock.now())).at(0).id;
  }
  void cancel(const base::uuid& delivery_id) override {
    rows_.as_engine([&](persistence::transaction& tx) {
      tx.execute({"test_cancel", "UPDATE deliveries SET state = 'cancelled', finished_at = $2 WHERE id = $1"},
                 delivery_id, clock.now());
    });
  }
  persistence::intent intent_for(const base::uuid& delivery_id, std::int64_t fence) override {
    auto made = rows_.intent_for(acme_, delivery_id, fence, clock.now());
    made.deadline_at = clock.now() + std::chrono::seconds{12};
    return made;
  }

 private:
  tests::publishing_store rows_;
  tests::company acme_;
  actors::database_store a_{rows_.engine(), clock, {base::uuid_from_name("a"), "a", {}}};
  actors::database_store b_{rows_.engine(), clock, {base::uuid_from_name("b"), "b", {}}};
};

}  // namespace pulse::support

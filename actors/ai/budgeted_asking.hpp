// The one `asking` of the program: the month's budget around a provider.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "actors/ai/asking.hpp"
#include "base/time.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::actors {

class budgeted_asking final : public asking {
 public:
  /// Requests of one company at a time; a further one is answered `rate_limited`.
  static constexpr int max_at_a_time = 8;
  /// When such a request may be repeated.
  static constexpr std::chrono::seconds patience{2};

  struct parts {
    persistence::database& database;  // as persistence::role::engine
    const base::clock& clock;
    connectors::ai::provider* provider = nullptr;  // null: none
    std::string missing;                           // what to set then
    domain::ai_allowance allowance;
  };

  /// All that `with` refers to outlives it; the provider's client and the database stop before it ends.
  explicit budgeted_asking(parts services);
  ~budgeted_asking() override;

  void ask(ai_question question, connectors::ai::callback done) override;
  std::string_view provider() const override;
  bool is_stand_in() const override;
  const domain::ai_allowance& allowance() const override { return services_.allowance; }

 private:
  struct open_question;
  bool enter(const base::uuid& tenant_id);
  void leave(const base::uuid& tenant_id);
  void send(std::shared_ptr<open_question> one);
  void settle(std::shared_ptr<open_question> one, connectors::ai::answer got);

  const parts services_;
  std::mutex mutex_;
  std::unordered_map<base::uuid, int> running_;  // by tenant; guarded by mutex_
};

}  // namespace pulse::actors

#include "persistence/postgres/database.hpp"

#include "persistence/postgres/pool.hpp"

namespace pulse::persistence {

database::database(options how) : pool_(std::make_unique<pool>(std::move(how))) {}

database::~database() = default;

void database::submit(std::unique_ptr<detail::work> work) { pool_->submit(std::move(work)); }

result<std::chrono::microseconds> database::ping_now() {
  detail::answer_to_come<std::chrono::microseconds> answer;
  ping(answer.receiver());
  return answer.get();
}

database::counters database::count() const { return pool_->count(); }

void database::stop() { pool_->stop(); }

}  // namespace pulse::persistence

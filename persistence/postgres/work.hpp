// What waits in the pool's queue: a job or a query with its `done`, behind one interface. Used by `database` only.
#pragma once

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/uuid.hpp"
#include "persistence/postgres/failure.hpp"
#include "persistence/postgres/row.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::detail {

class query_base;

/// One entry of the queue. Exactly one of `succeed` and `fail` is called, once.
class work {
 public:
  explicit work(binding to) : bound(std::move(to)) {}
  virtual ~work() = default;

  /// Runs the job; false asks for a rollback. Throws what the job throws.
  virtual bool attempt(transaction& within) = 0;
  virtual void succeed() = 0;
  virtual void fail(const failure& why) = 0;
  /// This entry when it is a single statement, which needs no transaction around it.
  virtual query_base* as_query() { return nullptr; }

  binding bound;
  std::chrono::steady_clock::time_point submitted;
  int tries = 0;
  std::vector<base::uuid> has_events;  // committed, of these tenants
};

template <class R>
inline constexpr bool is_result = false;
template <class T, class E>
inline constexpr bool is_result<base::result<T, E>> = true;

template <class Job, class Done>
class transaction_work final : public work {
 public:
  using outcome = std::invoke_result_t<Job&, transaction&>;

  transaction_work(binding to, Job job, Done done)
      : work(std::move(to)), job_(std::move(job)), done_(std::move(done)) {}

  bool attempt(transaction& within) override {
    if constexpr (std::is_void_v<outcome>) {
      job_(within);
      return true;
    } else {
      outcome_.emplace(job_(within));
      if constexpr (is_result<outcome>) return outcome_->has_value();
      return true;
    }
  }

  void succeed() override {
    if constexpr (std::is_void_v<outcome>) {
      done_(result<void>{});
    } else {
      done_(result<outcome>{boost::system::in_place_value, std::move(*outcome_)});
    }
  }

  void fail(const failure& why) override { done_(result<outcome>{boost::system::in_place_error, why}); }

 private:
  using storage = std::conditional_t<std::is_void_v<outcome>, std::monostate, outcome>;

  Job job_;
  Done done_;
  std::optional<storage> outcome_;
};

/// A single statement, its parameters already written.
class query_base : public work {
 public:
  query_base(binding to, const statement& what) : work(std::move(to)), what_(what) {}

  /// Writes the parameters, on the caller's thread; the failure when one cannot be sent.
  template <class... A>
  std::optional<failure> assign(const A&... values) {
    try {
      values_.assign(values...);
    } catch (const database_error& error) {
      return error.why();
    }
    return std::nullopt;
  }

  bool attempt(transaction&) override { return true; }
  query_base* as_query() override { return this; }

  const statement& what() const { return what_; }
  const parameters& values() const { return values_; }
  void answer(rows answer) { answer_ = std::move(answer); }

 protected:
  rows answer_;

 private:
  statement what_;
  parameters values_;
};

template <class Done>
class query_work final : public query_base {
 public:
  query_work(binding to, const statement& what, Done done) : query_base(std::move(to), what), done_(std::move(done)) {}

  void succeed() override { done_(result<rows>{boost::system::in_place_value, std::move(answer_)}); }
  void fail(const failure& why) override { done_(result<rows>{boost::system::in_place_error, why}); }

 private:
  Done done_;
};

template <class T>
struct read_all {
  std::vector<T> operator()(const rows& from) const { return from.all<T>(); }
};

template <class T>
struct read_first {
  std::optional<T> operator()(const rows& from) const { return from.first<T>(); }
};

/// A `done` for rows that reads them into `T` for another `done`.
template <class Done, class T, class Read>
struct reading {
  Done done;

  void operator()(result<rows> answer) { done(read(std::move(answer))); }

  static result<T> read(result<rows> answer) {
    if (answer.has_error()) return {boost::system::in_place_error, answer.error()};
    try {
      return {boost::system::in_place_value, Read{}(*answer)};
    } catch (const database_error& error) {
      return {boost::system::in_place_error, error.why()};
    }
  }
};

/// Waits for an answer on the caller's thread. The receiver owns the promise: it outlives the caller's waking up.
template <class T>
class answer_to_come {
 public:
  auto receiver() {
    return [promise = std::move(promise_)](result<T> value) mutable { promise.set_value(std::move(value)); };
  }
  result<T> get() { return future_.get(); }

 private:
  std::promise<result<T>> promise_;
  std::future<result<T>> future_ = promise_.get_future();
};

}  // namespace pulse::persistence::detail

// Runs jobs of the database pool for coroutines: a handler waits without blocking its thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "http/api/audited.hpp"
#include "http/api/problem.hpp"
#include "http/api/request_context.hpp"
#include "http/api/route.hpp"
#include "http/api/services.hpp"
#include "http/bridges/suspend.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::http {

// g++ 12 destroys a lambda twice that is written inside an expression with co_await (it copies the temporary bit by bit
// into the coroutine's frame). So every job has a name of its own first; tests/structure refuses a lambda behind
// co_await.

namespace detail {

/// A job's return value as the handler sees it: a problem of the job and a failure of the database look the same.
template <class R>
struct flattened {
  using type = result<R>;
};
template <class T>
struct flattened<result<T>> {
  using type = result<T>;
};

template <class R>
typename flattened<R>::type flatten(persistence::result<R> from) {
  if (from.has_error()) return problems::of(from.error());
  if constexpr (std::is_void_v<R>) {
    return {};
  } else if constexpr (std::same_as<R, typename flattened<R>::type>) {
    return std::move(*from);
  } else {
    return {boost::system::in_place_value, std::move(*from)};
  }
}

}  // namespace detail

template <class Job>
using job_value = std::invoke_result_t<std::decay_t<Job>&, persistence::transaction&>;
template <class Job>
using job_result = typename detail::flattened<job_value<Job>>::type;

namespace detail {

inline persistence::database& database_for(const request_context& context) {
  return context.route.options.costly && context.services.costly != nullptr ? *context.services.costly
                                                                            : context.services.database;
}

/// The row-security limits of a transaction; ids are separated by commas.
struct row_reach {
  std::string projects;         // empty: all
  std::string hidden_channels;  // empty: none

  bool is_whole() const { return projects.empty() && hidden_channels.empty(); }
  void set(persistence::transaction& within) const;
};

/// The limits of the caller.
row_reach reach_of(const principal& who);

/// The binding of work for this tenant: with the guard, until something has confirmed the cached standing.
persistence::binding bound_to(const request_context& context, const std::optional<base::uuid>& tenant_id);
/// Checks whether bound work failed because of its guard.
void note_failure(request_context& context, const persistence::failure& why);

/// Whether a job's result is a problem, so that its transaction rolls back.
template <class T>
bool is_refusal(const T& made) {
  if constexpr (persistence::detail::is_result<T>) return made.has_error();
  return false;
}

template <class Job>
boost::asio::awaitable<job_result<Job>> run_job(request_context& context, std::optional<base::uuid> tenant_id,
                                                Job job) {
  using value = job_value<Job>;
  auto to = bound_to(context, tenant_id);
  const auto confirmed = to.guarded ? std::make_shared<bool>(false) : nullptr;
  auto limited = [job = std::move(job), reach = reach_of(context.principal), audited = audited_of(context, tenant_id),
                  confirmed](persistence::transaction& within) mutable -> value {
    reach.set(within);
    if (audited) persistence::audit::begin(within);
    if constexpr (std::is_void_v<value>) {
      job(within);
      if (audited) persistence::audit::append(within, audited->entry, audited->condition);
      if (confirmed) *confirmed = within.has_begun();
    } else {
      value made = job(within);
      if (is_refusal(made)) return made;
      if (audited) persistence::audit::append(within, audited->entry, audited->condition);
      if (confirmed) *confirmed = within.has_begun();
      return made;
    }
  };
  auto start = [&database = database_for(context), to = std::move(to), limited = std::move(limited)](
                   auto finish) mutable { database.transact(std::move(to), std::move(limited), std::move(finish)); };
  auto done = co_await from_callback<persistence::result<value>>(std::move(start));
  if (done.has_error()) {
    note_failure(context, done.error());
  } else if (confirmed && *confirmed) {
    context.is_standing_sure = true;  // without a commit nothing is confirmed
  }
  // The change may have been stored, so the supervisor reads its rows.
  if (done.has_error() && done.error().kind == persistence::failure_kind::in_doubt && tenant_id) {
    context.services.engine.notify(*tenant_id, [] {});
  }
  co_return flatten<value>(std::move(done));
}

}  // namespace detail

/// Runs `job(transaction&)` in one transaction bound to `tenant_id`; see persistence::database::transact for the rules
/// of jobs (a job may run twice). A job that returns an `outcome` with a problem rolls back. Pass a named job.
template <class Job>
boost::asio::awaitable<job_result<Job>> in_transaction(request_context& context, std::optional<base::uuid> tenant_id,
                                                       Job&& job) {
  return detail::run_job(context, tenant_id, std::decay_t<Job>(std::forward<Job>(job)));
}

/// The same, bound to the caller's tenant.
template <class Job>
boost::asio::awaitable<job_result<Job>> in_transaction(request_context& context, Job&& job) {
  return detail::run_job(context, context.principal.tenant_id, std::decay_t<Job>(std::forward<Job>(job)));
}

/// Runs one reading statement in one round trip, bound to `tenant_id`.
template <class T, class... A>
boost::asio::awaitable<result<std::vector<T>>> read_all_of(request_context& context,
                                                           std::optional<base::uuid> tenant_id,
                                                           persistence::statement what, A... values) {
  if (is_limited(context.principal)) {
    auto job = [what, values...](persistence::transaction& within) {
      return within.execute(what, values...).template all<T>();
    };
    auto limited = co_await detail::run_job(context, tenant_id, std::move(job));
    co_return limited;
  }
  auto& database = detail::database_for(context);
  const auto to = detail::bound_to(context, tenant_id);
  auto start = [&database, &to, what, &values...](auto finish) {
    database.template query_all<T>(to, what, std::move(finish), values...);
  };
  auto done = co_await from_callback<persistence::result<std::vector<T>>>(std::move(start));
  if (done.has_error()) {
    detail::note_failure(context, done.error());
  } else if (to.guarded) {
    context.is_standing_sure = true;
  }
  co_return detail::flatten<std::vector<T>>(std::move(done));
}

template <class T, class... A>
boost::asio::awaitable<result<std::optional<T>>> read_first_of(request_context& context,
                                                               std::optional<base::uuid> tenant_id,
                                                               persistence::statement what, A... values) {
  if (is_limited(context.principal)) {
    auto job = [what, values...](persistence::transaction& within) {
      return within.execute(what, values...).template first<T>();
    };
    auto limited = co_await detail::run_job(context, tenant_id, std::move(job));
    co_return limited;
  }
  auto& database = detail::database_for(context);
  const auto to = detail::bound_to(context, tenant_id);
  auto start = [&database, &to, what, &values...](auto finish) {
    database.template query_first<T>(to, what, std::move(finish), values...);
  };
  auto done = co_await from_callback<persistence::result<std::optional<T>>>(std::move(start));
  if (done.has_error()) {
    detail::note_failure(context, done.error());
  } else if (to.guarded) {
    context.is_standing_sure = true;
  }
  co_return detail::flatten<std::optional<T>>(std::move(done));
}

/// The same, bound to the caller's tenant.
template <class T, class... A>
boost::asio::awaitable<result<std::vector<T>>> read_all(request_context& context, persistence::statement what,
                                                        A... values) {
  return read_all_of<T, A...>(context, context.principal.tenant_id, what, std::move(values)...);
}

template <class T, class... A>
boost::asio::awaitable<result<std::optional<T>>> read_first(request_context& context, persistence::statement what,
                                                            A... values) {
  return read_first_of<T, A...>(context, context.principal.tenant_id, what, std::move(values)...);
}

}  // namespace pulse::http

// Takes every tenant predicate out of the queries of requests, on their way to PostgreSQL: loaded before libpq
// (LD_PRELOAD) by tests/e2e/row_security_test.py, so that what then keeps companies apart is row security and nothing
// else. No part of the product.
//
// PULSE_PREDICATES_REMOVED names a file that gets a line a statement that was changed. With PULSE_WITHOUT_ROW_SECURITY
// requests also keep the role of whoever has logged in, whom row security lets see everything: then the tests must
// fail, or they prove nothing.
#include <dlfcn.h>

#include <cstdlib>
#include <fstream>
#include <mutex>
#include <regex>
#include <set>
#include <string>

struct pg_conn;

namespace {

struct changes {
  std::mutex mutex;
  std::set<pg_conn*> requests;  // connections that act for requests
  std::ofstream told;
};

/// Never destroyed: connections end after main.
changes& known() {
  static auto& made = *new changes;
  return made;
}

template <class F>
F* real(const char* name) {
  return reinterpret_cast<F*>(dlsym(RTLD_NEXT, name));
}

std::string without_predicates(const std::string& sql) {
  static const std::regex predicate{R"((\w+\.)?(tenant_)?id\s*=\s*(\(SELECT pulse_tenant\(\)\)|pulse_tenant\(\)))"};
  return std::regex_replace(sql, predicate, "true");
}

}  // namespace

extern "C" {

int PQsendQuery(pg_conn* on, const char* query) {
  static auto* const next = real<int(pg_conn*, const char*)>("PQsendQuery");
  if (std::string{query} != "SET ROLE pulse_api") return next(on, query);
  {
    const std::lock_guard lock(known().mutex);
    known().requests.insert(on);
  }
  return next(on, std::getenv("PULSE_WITHOUT_ROW_SECURITY") != nullptr ? "RESET ROLE" : query);
}

int PQsendPrepare(pg_conn* on, const char* name, const char* query, int parameters, const unsigned* types) {
  static auto* const next = real<int(pg_conn*, const char*, const char*, int, const unsigned*)>("PQsendPrepare");
  const std::lock_guard lock(known().mutex);
  if (!known().requests.contains(on)) return next(on, name, query, parameters, types);
  const auto left = without_predicates(query);
  if (left != query) {
    const char* file = std::getenv("PULSE_PREDICATES_REMOVED");
    if (file != nullptr && !known().told.is_open()) known().told.open(file, std::ios::app);
    known().told << name << '\n' << std::flush;
  }
  return next(on, name, left.c_str(), parameters, types);
}

void PQfinish(pg_conn* on) {
  static auto* const next = real<void(pg_conn*)>("PQfinish");
  {
    const std::lock_guard lock(known().mutex);
    known().requests.erase(on);
  }
  next(on);
}
}

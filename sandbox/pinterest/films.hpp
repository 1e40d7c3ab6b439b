// Films at Pinterest: registered, uploaded in one form, processed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "sandbox/core/platform.hpp"

namespace pulse::sandbox::pinterest {

/// In memory only: after a restart of the sandbox a client begins again.
class film_shelf {
 public:
  static bool is_upload(std::string_view path) { return path == "/media-upload/"; }

  verdict begin(const http::server::request& request, const std::string& user);
  /// Accepts the form, which has no token: its fields name the film.
  verdict take(const http::server::request& request, base::timestamp now);
  verdict status(const std::string& id, const std::string& user, base::timestamp now) const;
  bool is_ready(const std::string& id, const std::string& user, base::timestamp now) const;
  void process_next(processing how) { next_ = how; }

 private:
  struct film {
    std::string user;
    std::string policy;  // the value that the form must have
    bool is_taken = false;
    bool fails = false;
    base::timestamp ready_at;
  };
  /// "registered", "processing", "succeeded" or "failed".
  static std::string_view state_of(const film& one, base::timestamp now);

  std::map<std::string, film> films_;
  std::uint64_t last_ = 5'000'000'000;
  processing next_;
};

}  // namespace pulse::sandbox::pinterest

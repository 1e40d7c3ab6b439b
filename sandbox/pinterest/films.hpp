// Films at Pinterest: registered, sent in one form, looked through.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "sandbox/core/platform.hpp"

namespace pulse::sandbox::pinterest {

/// Kept in memory only: a client whose sandbox ended begins anew.
class film_shelf {
 public:
  static bool is_upload(std::string_view path) { return path == "/media-upload/"; }

  verdict begin(const http::server::request& asked, const std::string& user);
  /// The form, which carries no token: its fields say whose it is.
  verdict take(const http::server::request& asked, base::timestamp now);
  verdict status(const std::string& id, const std::string& user, base::timestamp now) const;
  bool is_ready(const std::string& id, const std::string& user, base::timestamp now) const;
  void process_next(processing how) { next_ = how; }

 private:
  struct film {
    std::string user;
    std::string policy;  // what the form must hold
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

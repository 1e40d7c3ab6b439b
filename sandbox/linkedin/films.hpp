// Films at LinkedIn: begun, uploaded in pieces to separate addresses, finalized, processed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "base/time.hpp"
#include "http/server/message.hpp"
#include "sandbox/core/platform.hpp"

namespace pulse::sandbox::linkedin {

/// Unfinished films are in memory only: after a restart of the sandbox a client begins again.
class film_store {
 public:
  /// Whether `path` is the address of a piece, which needs no token.
  static bool is_piece(std::string_view path);

  /// `POST /rest/videos?action=initializeUpload`.
  verdict begin(const http::server::request& request, const std::string& owner);
  /// `PUT` of a piece of the announced size; a repeated piece replaces the first.
  verdict put(const http::server::request& request);
  /// `POST /rest/videos?action=finalizeUpload`: names all pieces by the ids of `put`, in order. It is processed until
  /// `ready_at`.
  verdict finalize(const http::server::request& request, const std::string& owner, base::timestamp ready_at,
                   bool fails);
  /// `GET /rest/videos/{urn}`.
  verdict status(const std::string& urn, const std::string& owner, base::timestamp now) const;

  /// The checksum of a processed film as text; empty for any other.
  std::string mark_of(const std::string& urn, const std::string& owner, base::timestamp now) const;

 private:
  struct film {
    std::string owner;
    std::int64_t bytes = 0;
    std::vector<std::uint32_t> checksums;  // one for each piece
    std::vector<bool> has;
    std::uint32_t checksum = 0;  // of the whole film
    bool is_final = false;
    bool fails = false;
    base::timestamp ready_at{};
  };
  std::map<std::string, film> films_;  // by URN
  int last_ = 0;
};

}  // namespace pulse::sandbox::linkedin

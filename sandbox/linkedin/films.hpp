// Films at LinkedIn: begun, uploaded in pieces to addresses of their own, finalized, processed.
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

/// What is not finalized is in memory only: a client whose sandbox ended begins anew.
class film_store {
 public:
  /// Whether `path` is the address of a piece, for which no token is needed.
  static bool is_piece(std::string_view path);

  /// `POST /rest/videos?action=initializeUpload`.
  verdict begin(const http::server::request& asked, const std::string& owner);
  /// `PUT` of a piece: of the size that was named; the same place once more takes the place of the first.
  verdict put(const http::server::request& asked);
  /// `POST /rest/videos?action=finalizeUpload`: all pieces, by what `put` called them, in order. It is processed until `ready_at`.
  verdict finalize(const http::server::request& asked, const std::string& owner, base::timestamp ready_at, bool fails);
  /// `GET /rest/videos/{urn}`.
  verdict status(const std::string& urn, const std::string& owner, base::timestamp now) const;

  /// The checksum of a film that is ready, as text; empty for any other.
  std::string mark_of(const std::string& urn, const std::string& owner, base::timestamp now) const;

 private:
  struct film {
    std::string owner;
    std::int64_t bytes = 0;
    std::vector<std::uint32_t> checksums;  // one a piece
    std::vector<bool> has;
    std::uint32_t checksum = 0;  // of the whole
    bool is_final = false;
    bool fails = false;
    base::timestamp ready_at{};
  };
  std::map<std::string, film> films_;  // by URN
  int last_ = 0;
};

}  // namespace pulse::sandbox::linkedin

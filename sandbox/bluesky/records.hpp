// The rules of a post's record, and the points that writes cost.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "base/time.hpp"
#include "http/server/message.hpp"
#include "sandbox/core/platform.hpp"

namespace pulse::sandbox::bluesky {

struct stored_blob {
  std::string did;
  std::string media_type;
  std::int64_t size = 0;
};
using blobs = std::map<std::string, stored_blob>;  // by CID

/// Bluesky's error for an invalid record; nothing if it is valid.
std::optional<verdict> refuse_post(const boost::json::object& record, const std::string& did, const blobs& known);

/// The same record always has the same CID. It is not a real one, but a hash in the form of one.
std::string cid_of(std::string_view bytes);

bool is_tid(std::string_view text);

/// Write points of each account, by hour and by day, and when they come back.
class write_points {
 public:
  std::int64_t hourly = 5'000;
  std::int64_t daily = 35'000;

  /// False, without spending anything, when the points are used up.
  bool spend(const std::string& did, std::int64_t points, base::timestamp now);
  std::vector<http::server::header> headers(const std::string& did, base::timestamp now);

 private:
  std::int64_t used(const std::string& did, std::chrono::seconds window, base::timestamp now) const;

  std::map<std::string, std::deque<std::pair<base::timestamp, std::int64_t>>> spent_;
};

}  // namespace pulse::sandbox::bluesky

// What a post's record must be, and the points that writes cost.
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

/// Why a record is no post, as an error with its name; nothing when it is one.
std::optional<verdict> refuse_post(const boost::json::object& record, const std::string& did, const blobs& known);

/// The same record always has the same. Not a real one: a hash in its form.
std::string cid_of(std::string_view bytes);

bool is_tid(std::string_view text);

/// Write points of each account, in an hour and in a day, and when they come back.
class write_points {
 public:
  std::int64_t hourly = 5'000;
  std::int64_t daily = 35'000;

  /// False, and nothing spent, when they are used up.
  bool spend(const std::string& did, std::int64_t points, base::timestamp now);
  std::vector<http::server::header> headers(const std::string& did, base::timestamp now);

 private:
  std::int64_t used(const std::string& did, std::chrono::seconds window, base::timestamp now) const;

  std::map<std::string, std::deque<std::pair<base::timestamp, std::int64_t>>> spent_;
};

}  // namespace pulse::sandbox::bluesky

// The ids by which a request is found again in logs and error reports.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pulse::http::server {

inline constexpr std::size_t request_id_bytes_max = 64;

/// Whether a client's X-Request-ID is taken over: 1 to 64 of [A-Za-z0-9._-].
bool is_request_id(std::string_view text);

/// Makes ids: 64 random bits of the source and a running number, "9f86d081884c7d65-2a". One a thread; not thread-safe.
class request_id_source {
 public:
  request_id_source();

  /// Replaces `id` by one that was never made before.
  void next(std::string& id);

 private:
  std::string prefix_;
  std::uint64_t number_ = 0;
};

}  // namespace pulse::http::server

// Finds the route of a request: a trie of path segments.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/api/request_context.hpp"
#include "http/server/message.hpp"

namespace pulse::http {

/// Every path is also served under this prefix.
inline constexpr std::string_view api_prefix = "/api";

/// The most segments in one path.
inline constexpr std::size_t path_segments_max = 12;

/// Built once, then read by every thread; finding allocates nothing. A fixed segment wins over a parameter. A slash at
/// the end is ignored.
class router {
 public:
  struct match {
    const route* found = nullptr;
    path_values values{};
    /// Not found, but the path has routes for these other methods: the value of Allow, "GET, HEAD, POST".
    const std::string* allowed = nullptr;
  };

  router();

  /// False when the path is malformed, or already has a route for this method. `added` must outlive the router.
  bool add(const route& added);

  /// HEAD finds the GET route.
  match find(server::verb method, std::string_view path) const;

 private:
  static constexpr std::size_t verbs = 7;

  struct node {
    std::vector<std::pair<std::string, std::uint16_t>> fixed;  // few; compared one by one
    std::uint16_t parameter = 0;                               // 0: none
    std::array<const route*, verbs> routes{};
    std::string allowed;  // empty: no route ends here
  };
  struct segments {
    std::array<std::string_view, path_segments_max> at;
    std::size_t count = 0;
  };

  static bool split(std::string_view path, segments& to);
  std::uint16_t child(std::uint16_t parent, std::string_view segment);
  const node* descend(const node& from, const segments& path, std::size_t depth, path_values& values,
                      std::size_t parameters) const;

  std::vector<node> nodes_;
};

}  // namespace pulse::http

// What connectors can do beyond publishing: read the posts of a company's page with a permitted login.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "connectors/connector.hpp"

namespace pulse::connectors {

/// A page to read.
struct page_look {
  std::string name;                           // as its address calls it: a vanity name, a username, a number
  std::optional<std::string> organization{};  // the platform's own name of it, once known
  credentials account{};                      // as whom
  std::chrono::milliseconds timeout{10'000};  // of each request
};

/// One post, as the platform lists it.
struct page_post {
  std::string id;
  std::string url;  // may be empty
  std::string text;
  base::timestamp published_at;
};

struct page_reading {
  std::vector<page_post> posts{};                          // newest first
  std::optional<std::string> organization = std::nullopt;  // learnt by this look
  std::optional<std::string> problem = std::nullopt;       // a sentence without secrets: why nothing could be read
  std::optional<base::timestamp> retry_at = std::nullopt;
  std::vector<budget_report> budgets{};                         // what the platform said of them
  std::optional<base::timestamp> blocked_until = std::nullopt;  // it wants no more calls of this account before
};

/// Posts of one read.
inline constexpr int most_read_posts = 25;

/// A connector of a platform whose pages can be read. Thread-safe, read-only; calls back exactly once, on a thread of
/// the egress client.
class reads_pages {
 public:
  virtual ~reads_pages() = default;
  virtual void read_page(page_look what, std::function<void(page_reading)> done) = 0;
};

}  // namespace pulse::connectors

// Pages and feeds of public sites, rendered once for all readers.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace pulse::http::routes {

/// One rendered page, shared by every response that shows it.
struct rendered_page {
  std::string etag;  // names the rendered version
  std::shared_ptr<const std::string> body;
  std::shared_ptr<const std::string> gzip;  // nothing where compression is not worth it
  std::string next;                         // the address of the next page, or ""

  std::size_t bytes() const { return body->size() + (gzip ? gzip->size() : 0); }
};

/// Keeps the most recently used pages, up to a number of bytes. Any thread may use it.
class site_cache {
 public:
  static constexpr std::size_t bytes_max_default = 32 * 1024 * 1024;

  explicit site_cache(std::size_t bytes_max = bytes_max_default) : bytes_max_(bytes_max) {}

  /// The page under `name`, if it has the version of `etag`.
  std::shared_ptr<const rendered_page> find(const std::string& name, std::string_view etag);

  /// Replaces the page under `name`. A page larger than an eighth of the limit is not kept.
  void keep(const std::string& name, std::shared_ptr<const rendered_page> page);

  std::size_t bytes() const;

 private:
  struct entry {
    std::string name;
    std::shared_ptr<const rendered_page> page;
  };
  using entries = std::list<entry>;

  void forget(entries::iterator what);

  const std::size_t bytes_max_;
  mutable std::mutex mutex_;
  std::size_t bytes_ = 0;
  entries newest_first_;
  std::unordered_map<std::string, entries::iterator> by_name_;
};

}  // namespace pulse::http::routes

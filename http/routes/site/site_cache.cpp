#include "http/routes/site/site_cache.hpp"

#include <iterator>
#include <utility>

namespace pulse::http::routes {

namespace {

constexpr std::size_t largest_share = 8;
constexpr std::size_t entry_overhead_bytes = 512;

std::size_t cost_of(const std::string& name, const rendered_page& page) {
  return page.bytes() + 2 * name.size() + entry_overhead_bytes;
}

}  // namespace

std::shared_ptr<const rendered_page> site_cache::find(const std::string& name, std::string_view etag) {
  const std::lock_guard lock(mutex_);
  const auto found = by_name_.find(name);
  if (found == by_name_.end() || found->second->page->etag != etag) return nullptr;
  newest_first_.splice(newest_first_.begin(), newest_first_, found->second);
  return found->second->page;
}

void site_cache::keep(const std::string& name, std::shared_ptr<const rendered_page> page) {
  const auto cost = cost_of(name, *page);
  const std::lock_guard lock(mutex_);
  if (const auto before = by_name_.find(name); before != by_name_.end()) forget(before->second);
  if (cost > bytes_max_ / largest_share) return;
  newest_first_.push_front({name, std::move(page)});
  by_name_.emplace(name, newest_first_.begin());
  bytes_ += cost;
  while (bytes_ > bytes_max_) forget(std::prev(newest_first_.end()));
}

std::size_t site_cache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

void site_cache::forget(entries::iterator what) {
  bytes_ -= cost_of(what->name, *what->page);
  by_name_.erase(what->name);
  newest_first_.erase(what);
}

}  // namespace pulse::http::routes

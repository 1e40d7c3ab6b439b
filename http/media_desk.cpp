#include "http/media_desk.hpp"

namespace pulse::http {

void media_desk::stop() {
  worker_.stop();
  for (auto* const pool : {&disk_, &examinations_}) {
    pool->stop();
    pool->join();
  }
}

std::optional<media_desk::place> media_desk::enter(const base::uuid& tenant_id) {
  const std::lock_guard lock{mutex_};
  auto& of_tenant = by_tenant_[tenant_id];
  if (uploads_ >= domain::most_uploads || of_tenant >= domain::most_uploads_of_company) {
    if (of_tenant == 0) by_tenant_.erase(tenant_id);
    return std::nullopt;
  }
  ++uploads_;
  ++of_tenant;
  return place{*this, tenant_id};
}

void media_desk::leave(const base::uuid& tenant_id) {
  const std::lock_guard lock{mutex_};
  --uploads_;
  const auto found = by_tenant_.find(tenant_id);
  if (found != by_tenant_.end() && --found->second == 0) by_tenant_.erase(found);
}

}  // namespace pulse::http

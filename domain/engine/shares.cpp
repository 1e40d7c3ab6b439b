#include "domain/engine/shares.hpp"

#include <algorithm>
#include <utility>

namespace pulse::domain {

void shares::hear(std::vector<node_share> others) {
  others_ = std::move(others);
  for (auto& known : handed_) {
    --known.renewals_left;
    for (auto& each : others_) {
      if (each.node_id == known.share.node_id) each.tenants = std::max(each.tenants, known.share.tenants);
    }
  }
  std::erase_if(handed_, [](const handed& each) { return each.renewals_left <= 0; });
}

std::optional<base::uuid> shares::receiver(int own) {
  const auto least = std::min_element(others_.begin(), others_.end(), [](const node_share& a, const node_share& b) {
    return std::pair{a.tenants, a.node_id} < std::pair{b.tenants, b.node_id};
  });
  if (least == others_.end()) return std::nullopt;
  int all = own;
  for (const auto& each : others_) all += each.tenants;
  const auto nodes = static_cast<int>(others_.size()) + 1;
  const int fair = (all + nodes - 1) / nodes;
  const int difference = own - least->tenants;
  if (difference >= std::max(least_difference, own / 4)) is_handing_ = true;
  if (difference < least_difference || own <= fair) is_handing_ = false;
  return is_handing_ ? std::optional{least->node_id} : std::nullopt;
}

void shares::handed_to(const base::uuid& node_id) {
  for (auto& each : others_) {
    if (each.node_id != node_id) continue;
    ++each.tenants;
    std::erase_if(handed_, [&](const handed& known) { return known.share.node_id == node_id; });
    handed_.push_back({.share = each});
  }
}

}  // namespace pulse::domain

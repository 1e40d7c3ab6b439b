// An index of texts by similarity, in memory: the counterpart of persistence/campaigns/topics.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/guardrails.hpp"
#include "domain/campaigns/similarity.hpp"

namespace pulse::domain::campaigns {

/// Signatures of texts, found by their bands as persistence/campaigns/topics finds them.
class topic_index {
 public:
  void add(const base::uuid& post_id, base::timestamp at, std::string_view text, std::string name = {}) {
    const auto made = signature_of(text);
    for (const auto band : bands_of(made)) by_band_[band].push_back(entries_.size());
    entries_.push_back({post_id, at, made, std::move(name)});
  }

  std::optional<similar_text> find(std::string_view text, base::timestamp from, base::timestamp to) const {
    const auto wanted = signature_of(text);
    std::optional<similar_text> best;
    for (const auto band : bands_of(wanted)) {
      const auto found = by_band_.find(band);
      if (found == by_band_.end()) continue;
      for (const auto place : found->second) {
        const auto& each = entries_[place];
        if (each.at < from || each.at >= to) continue;
        const auto percent = static_cast<int>(std::lround(similarity_of(wanted, each.made) * 100));
        if (!best || percent > best->percent) best = {.post_id = each.post_id, .percent = percent, .name = each.name};
      }
    }
    return best;
  }

 private:
  struct entry {
    base::uuid post_id;
    base::timestamp at;
    signature made;
    std::string name;
  };
  std::vector<entry> entries_;
  std::unordered_map<std::int64_t, std::vector<std::size_t>> by_band_;
};

}  // namespace pulse::domain::campaigns

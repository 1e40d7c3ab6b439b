// Explores a small world completely, breadth first, visiting each reachable state once. Reports the shortest path that
// breaks a promise, and the number of states from which no undisturbed path leads to an end.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tests/support/sanitized.hpp"

namespace pulse::support {

/// What a step of a world was, and whether it leads on or only disturbs.
template <class World>
struct step_to {
  World after;
  std::string what;
  bool is_progress = true;
};

/// A sanitizer sees in the first states what it sees in millions, for which it would take half an hour. That the
/// promises hold in all of them is what the release's exploration says.
inline constexpr std::size_t sanitized_states_max = 10'000;

struct findings {
  std::size_t states = 0;
  std::size_t steps = 0;
  bool is_too_large = false;  // given up at the most states that were allowed
  bool is_cut_short = false;  // given up at sanitized_states_max: what was not found yet may be behind it
  std::string broken;         // the first promise that was broken, and the story that leads to it
  std::size_t stuck = 0;      // states from which no undisturbed way leads to an end
  std::string stuck_story;
};

/// `key` is the same for worlds that behave alike, and for no others. `next` says in `broken` which promise a step
/// breaks.
template <class World>
struct world_to_explore {
  std::function<std::vector<step_to<World>>(const World& from, std::string& broken)> next;
  std::function<std::string(const World&)> key;
  std::function<bool(const World&)> is_end;
};

/// 128 bits of a key stand for it: among ten million states two would share them once in 10^24 explorations.
struct short_key {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  explicit short_key(std::string_view of) {
    std::array<std::uint64_t, 2> lanes{0x9e3779b97f4a7c15, 0xc2b2ae3d27d4eb4f};
    while (!of.empty()) {
      std::uint64_t piece = of.size();
      const auto size = std::min(of.size(), sizeof piece);
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, of.data(), size);
      lanes[0] = mix(lanes[0] ^ bytes, 0xff51afd7ed558ccd);
      lanes[1] = mix(lanes[1] ^ bytes ^ piece << 56, 0xc4ceb9fe1a85ec53);
      of.remove_prefix(size);
    }
    low = lanes[0];
    high = lanes[1];
  }

  bool operator==(const short_key&) const = default;

 private:
  static std::uint64_t mix(std::uint64_t value, std::uint64_t factor) {
    value *= factor;
    value ^= value >> 32;
    value *= 0x94d049bb133111eb;
    return value ^ value >> 29;
  }
};

template <class World>
class exploration {
 public:
  exploration(std::vector<World> beginnings, world_to_explore<World> by) : by_(std::move(by)) {
    for (auto& each : beginnings) reach(std::move(each), 0, "it begins");
    beginnings_ = stories_.size();
  }

  findings explore(std::size_t most_states) {
    findings found;
    for (std::size_t at = 0; !open_.empty() && found.broken.empty(); ++at) {
      found.is_too_large = index_.size() > most_states;
      found.is_cut_short = tests::is_sanitized && index_.size() > sanitized_states_max;
      if (found.is_too_large || found.is_cut_short) break;
      const auto here = std::move(open_.front());
      open_.pop_front();
      is_end_.push_back(by_.is_end(here));
      std::string broken;
      auto steps = by_.next(here, broken);
      if (!broken.empty()) found.broken = broken + story_of(at);
      for (auto& each : steps) {
        const auto to = reach(std::move(each.after), at, each.what);
        if (each.is_progress && to != at)
          ways_.emplace_back(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(to));
        ++found.steps;
      }
    }
    found.states = index_.size();
    if (found.broken.empty() && !found.is_too_large && !found.is_cut_short) find_stuck(found);
    return found;
  }

 private:
  struct hash {
    std::size_t operator()(const short_key& key) const { return key.low; }
  };

  std::size_t reach(World to, std::size_t from, const std::string& what) {
    const auto [known, is_new] = index_.try_emplace(short_key{by_.key(to)}, static_cast<std::uint32_t>(index_.size()));
    if (is_new) {
      open_.push_back(std::move(to));
      const auto word = words_.try_emplace(what, static_cast<std::uint32_t>(words_.size())).first->second;
      stories_.emplace_back(static_cast<std::uint32_t>(from), word);
    }
    return known->second;
  }

  std::string story_of(std::size_t at) const {
    std::vector<std::string_view> word_of(words_.size());
    for (const auto& [word, number] : words_) word_of[number] = word;
    std::vector<std::string_view> lines;
    for (; at >= beginnings_; at = stories_[at].first) lines.push_back(word_of[stories_[at].second]);
    std::string text;
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) text += "\n  " + std::string{*line};
    return text;
  }

  /// Backwards from the ends over the steps that nobody has to hope for.
  void find_stuck(findings& found) const {
    std::vector<std::uint32_t> first(index_.size() + 1);
    for (const auto& [from, to] : ways_) ++first[to + 1];
    for (std::size_t at = 1; at < first.size(); ++at) first[at] += first[at - 1];
    std::vector<std::uint32_t> back(ways_.size());
    auto free = first;
    for (const auto& [from, to] : ways_) back[free[to]++] = from;
    std::vector<bool> leads = is_end_;
    std::vector<std::uint32_t> open;
    for (std::uint32_t at = 0; at < leads.size(); ++at) {
      if (leads[at]) open.push_back(at);
    }
    while (!open.empty()) {
      const auto at = open.back();
      open.pop_back();
      for (auto each = first[at]; each < first[at + 1]; ++each) {
        if (leads[back[each]]) continue;
        leads[back[each]] = true;
        open.push_back(back[each]);
      }
    }
    for (std::size_t at = 0; at < leads.size(); ++at) {
      if (leads[at]) continue;
      if (found.stuck++ == 0) found.stuck_story = story_of(at);
    }
  }

  world_to_explore<World> by_;
  std::unordered_map<short_key, std::uint32_t, hash> index_;
  std::deque<World> open_;  // reached, and not looked at yet
  std::unordered_map<std::string, std::uint32_t> words_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> stories_;  // from which state, by which words
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ways_;
  std::vector<bool> is_end_;
  std::size_t beginnings_ = 0;
};

}  // namespace pulse::support

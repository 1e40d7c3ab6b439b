#include "domain/engagement/choreography.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <numeric>
#include <unordered_map>

#include "domain/calendar/local_time.hpp"

namespace pulse::domain {

namespace {

using base::timestamp;
using std::chrono::days;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// How many days ahead working hours are searched.
constexpr int most_days_ahead = 10;
/// Slots that are tried for one act before it is given up: each step passes a whole day or a taken slot.
constexpr int most_tries = 64;

/// SplitMix64: a number that depends on the post and on `of` alone.
std::uint64_t mix(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15ULL;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31);
}

std::uint64_t number_of(const base::uuid& id) {
  std::uint64_t halves[2];
  std::memcpy(halves, id.bytes.data(), sizeof halves);
  return mix(halves[0]) ^ halves[1];
}

bool is_workday(const working_hours& hours, date::local_days day) {
  const auto weekday = date::weekday{day}.iso_encoding() - 1;
  return (hours.weekdays >> weekday & 1) != 0;
}

/// The hours of one day: [open, close).
struct open_time {
  timestamp open;
  timestamp close;
};

/// Working hours as moments, each day worked out once, because many members share them.
class open_days {
 public:
  explicit open_days(const working_hours& hours) : hours_(hours), clock_(hours.time_zone) {}

  date::local_days day_of(timestamp at) const { return clock_.day_at(at); }

  std::optional<timestamp> next_open(timestamp from) {
    auto day = day_of(from);
    for (int i = 0; i < most_days_ahead; ++i, day += days{1}) {
      const auto& found = of(day);
      if (from < found.close && found.open < found.close) return std::max(from, found.open);
    }
    return std::nullopt;
  }

  /// The first moment of the day after the one that `at` is in.
  timestamp end_of_day(timestamp at) const { return clock_.moment_of(wall_time{day_of(at) + days{1}}); }

 private:
  const open_time& of(date::local_days day) {
    const auto found = known_.find(day);
    if (found != known_.end()) return found->second;
    open_time made{};
    if (is_workday(hours_, day)) {
      made = {clock_.moment_of(wall_time{day} + minutes{hours_.from_minute}),
              clock_.moment_of(wall_time{day} + minutes{hours_.to_minute})};
    }
    return known_.emplace(day, made).first->second;
  }

  working_hours hours_;
  zone_clock clock_;
  std::map<date::local_days, open_time> known_;
};

std::string key_of(const working_hours& hours) {
  return hours.time_zone + '/' + std::to_string(hours.from_minute) + '/' + std::to_string(hours.to_minute) + '/' +
         std::to_string(hours.weekdays);
}

/// The places of acts under one post: slots of one width, each with its moment inside, so that two neighbours keep the
/// gap. Taken slots are skipped in constant time.
class slots {
 public:
  slots(timestamp start, timestamp end, seconds gap, seconds spread, std::size_t acts, std::uint64_t seed)
      : start_(start), gap_(std::max(gap, seconds{1})), seed_(seed) {
    const auto even = acts == 0 ? seconds{0} : spread / static_cast<std::int64_t>(acts);
    width_ = std::max<microseconds>(even, gap_ * 3 / 2);
    const auto room = end > start ? (end - start) / width_ : 0;
    count_ = static_cast<std::size_t>(std::clamp<std::int64_t>(room, 0, 1'000'000));
    next_.resize(count_ + 1);
    std::iota(next_.begin(), next_.end(), std::size_t{0});
  }

  /// The first free slot whose moment is at or after `from`; `size()` when there is none.
  std::size_t first_free(timestamp from) {
    std::size_t at = from <= start_ ? 0 : static_cast<std::size_t>((from - start_) / width_);
    at = free_at(std::min(at, count_));
    if (at < count_ && moment(at) < from) at = free_at(at + 1);
    return at;
  }

  void take(std::size_t slot) { next_[slot] = slot + 1; }
  std::size_t size() const { return count_; }

  timestamp moment(std::size_t slot) const {
    const auto room = (width_ - gap_).count();
    const auto jitter = room <= 0 ? 0 : static_cast<std::int64_t>(mix(seed_ ^ slot) % static_cast<std::uint64_t>(room));
    return start_ + width_ * static_cast<std::int64_t>(slot) + microseconds{jitter};
  }

 private:
  std::size_t free_at(std::size_t slot) {
    std::size_t root = slot;
    while (next_[root] != root) root = next_[root];
    while (next_[slot] != root) slot = std::exchange(next_[slot], root);
    return root;
  }

  timestamp start_;
  microseconds gap_;
  microseconds width_{};
  std::uint64_t seed_;
  std::size_t count_ = 0;
  std::vector<std::size_t> next_;  // the next free slot at or after this one
};

/// The first moment at or after `from` that is `apart` from all of `times`, which are in order.
timestamp apart_from(const std::vector<timestamp>& times, seconds apart, timestamp from) {
  auto it = std::upper_bound(times.begin(), times.end(), from - apart);
  for (; it != times.end() && *it < from + apart; ++it) from = *it + apart;
  return from;
}

class planning {
 public:
  planning(const discovered_post& post, std::span<const subscriber> of, const page_limits& limits,
           const page_history& history, timestamp now)
      : limits_(limits),
        subscribers_(of),
        seed_(number_of(post.id)),
        expires_at_(post.published_at + limits.expires_after),
        start_(std::max(post.found_at, now) + limits.first_delay),
        places_(start_, expires_at_, limits.gap, limits.spread, wanted_acts(of), seed_) {
    for (const auto at : history.acts) ++page_days_[std::chrono::floor<days>(at)];
    made_.expires_at = expires_at_;
    order(history.last_first);
  }

  engagement_plan make() {
    // Everybody's like before anybody's comment is placed would show a pattern; so each member is placed whole, in
    // random order.
    for (const auto index : order_) place_member(subscribers_[index]);
    std::sort(made_.acts.begin(), made_.acts.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    return std::move(made_);
  }

 private:
  static std::size_t wanted_acts(std::span<const subscriber> of) {
    std::size_t acts = 0;
    for (const auto& each : of) acts += (each.likes ? 1U : 0U) + (each.comments ? 1U : 0U);
    return acts;
  }

  void order(const std::optional<base::uuid>& last_first) {
    std::vector<std::pair<std::uint64_t, std::size_t>> keyed;
    for (std::size_t i = 0; i < subscribers_.size(); ++i) {
      auto key = mix(seed_ ^ number_of(subscribers_[i].member_id));
      // Who was first last time comes behind the first half.
      if (last_first == subscribers_[i].member_id) key |= std::uint64_t{1} << 63;
      keyed.emplace_back(key, i);
    }
    std::sort(keyed.begin(), keyed.end());
    for (const auto& [key, index] : keyed) order_.push_back(index);
    if (order_.size() > 1 && last_first == subscribers_[order_.front()].member_id)
      std::swap(order_.front(), order_.back());
  }

  void place_member(const subscriber& who) {
    auto& open = days_of(who.limits.hours);
    auto acts = who.acts;
    std::sort(acts.begin(), acts.end());
    if (who.likes) place(who, engagement_kind::like, open, acts);
    if (who.comments) place(who, engagement_kind::comment, open, acts);
  }

  void place(const subscriber& who, engagement_kind kind, open_days& open, std::vector<timestamp>& acts) {
    auto why = left_out_reason::too_old;
    if (const auto slot = find(who, open, acts, why)) {
      const auto at = places_.moment(*slot);
      places_.take(*slot);
      acts.insert(std::upper_bound(acts.begin(), acts.end(), at), at);
      ++page_days_[std::chrono::floor<days>(at)];
      made_.acts.push_back(
          {who.member_id, kind, kind == engagement_kind::like ? who.reaction : reaction_kind::like, at});
    } else {
      made_.without.push_back({who.member_id, kind, why});
    }
  }

  std::optional<std::size_t> find(const subscriber& who, open_days& open, const std::vector<timestamp>& acts,
                                  left_out_reason& why) {
    if (start_ >= expires_at_) return std::nullopt;
    auto from = start_;
    why = left_out_reason::no_room;
    for (int i = 0; i < most_tries; ++i) {
      const auto opens = open.next_open(from);
      if (!opens || *opens >= expires_at_) {
        if (i == 0) why = left_out_reason::no_hours;
        return std::nullopt;
      }
      from = apart_from(acts, who.limits.stagger, *opens);
      const auto slot = places_.first_free(from);
      if (slot >= places_.size()) return std::nullopt;
      const auto at = places_.moment(slot);
      // The slot's moment may be later than the one that was searched for, so it is judged again.
      if (open.next_open(at) != at || apart_from(acts, who.limits.stagger, at) != at) {
        from = at;
        continue;
      }
      if (acts_on(open, acts, at) >= who.limits.acts_a_day) {
        why = left_out_reason::member_cap;
        from = open.end_of_day(at);
      } else if (const auto page_day = std::chrono::floor<days>(at); page_days_[page_day] >= limits_.acts_a_day) {
        why = left_out_reason::page_cap;
        from = page_day + days{1};
      } else {
        return slot;
      }
    }
    return std::nullopt;
  }

  static int acts_on(const open_days& open, const std::vector<timestamp>& acts, timestamp at) {
    const auto day = open.day_of(at);
    return static_cast<int>(
        std::count_if(acts.begin(), acts.end(), [&](auto each) { return open.day_of(each) == day; }));
  }

  open_days& days_of(const working_hours& hours) { return open_.try_emplace(key_of(hours), hours).first->second; }

  const page_limits& limits_;
  std::span<const subscriber> subscribers_;
  std::uint64_t seed_;
  timestamp expires_at_;
  timestamp start_;
  slots places_;
  std::vector<std::size_t> order_;
  std::map<std::chrono::sys_days, int> page_days_;
  std::unordered_map<std::string, open_days> open_;
  engagement_plan made_;
};

timestamp latest(const std::vector<timestamp>& times) {
  return times.empty() ? timestamp{} : *std::max_element(times.begin(), times.end());
}

}  // namespace

engagement_plan plan_engagement(const discovered_post& post, std::span<const subscriber> subscribers,
                                const page_limits& limits, const page_history& history, base::timestamp now) {
  return planning{post, subscribers.first(std::min(subscribers.size(), most_subscribers)), limits, history, now}.make();
}

std::optional<base::timestamp> next_open(const working_hours& hours, base::timestamp from) {
  return open_days{hours}.next_open(from);
}

send_check when_to_send(const member_limits& member, const page_limits& page, const begun_acts& begun,
                        base::timestamp now) {
  open_days open{member.hours};
  const auto opens = open.next_open(now);
  if (opens != now) return {opens.value_or(now + days{most_days_ahead}), hold_reason::hours};
  const auto today = open.day_of(now);
  const auto done_today =
      std::count_if(begun.of_member.begin(), begun.of_member.end(), [&](auto at) { return open.day_of(at) == today; });
  if (done_today >= member.acts_a_day) return {open.end_of_day(now), hold_reason::member_cap};
  const auto page_day = std::chrono::floor<days>(now);
  const auto on_page = std::count_if(begun.of_page.begin(), begun.of_page.end(),
                                     [&](auto at) { return std::chrono::floor<days>(at) == page_day; });
  if (on_page >= page.acts_a_day) return {page_day + days{1}, hold_reason::page_cap};
  if (const auto free = latest(begun.of_member) + member.stagger; free > now) return {free, hold_reason::stagger};
  if (const auto free = latest(begun.of_post) + page.gap; free > now) return {free, hold_reason::post_gap};
  return {now, std::nullopt};
}

}  // namespace pulse::domain

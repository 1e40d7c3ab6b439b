#include "domain/campaigns/guardrails.hpp"

#include <algorithm>
#include <sstream>

#include <date/date.h>
#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/calendar/time_words.hpp"
#include "domain/campaigns/similarity.hpp"

namespace pulse::domain::campaigns {

std::optional<date::local_days> day_of(const std::string& text) {
  std::istringstream from{text};
  date::local_days day;
  from >> date::parse("%F", day);
  if (from.fail() || text.size() != 10) return std::nullopt;
  return day;
}

namespace {

using std::chrono::minutes;

constexpr int minutes_a_day = 24 * 60;

bool is_quiet(const quiet_hours& hours, wall_time at) {
  const auto minute = static_cast<int>(date::floor<minutes>(at - date::floor<date::days>(at)).count());
  if (hours.from_minute <= hours.to_minute) return minute >= hours.from_minute && minute < hours.to_minute;
  return minute >= hours.from_minute || minute < hours.to_minute;
}

/// When the quiet hours that `at` lies in are over.
wall_time end_of(const quiet_hours& hours, wall_time at) {
  const auto day = date::floor<date::days>(at);
  const auto minute = static_cast<int>(date::floor<minutes>(at - day).count());
  const bool is_tomorrow = hours.from_minute > hours.to_minute && minute >= hours.from_minute;
  return day + (is_tomorrow ? date::days{1} : date::days{0}) + minutes{hours.to_minute};
}

const blackout* blackout_on(const guardrails& settings, date::local_days day) {
  for (const auto& each : settings.blackouts) {
    const auto first = day_of(each.first_day);
    const auto last = day_of(each.last_day);
    if (first && last && *first <= day && day <= *last) return &each;
  }
  return nullptr;
}

/// One limit of posts a day.
struct day_limit {
  guardrail by;
  std::optional<int> limit;
  int found = 0;
};

/// The limits of the day at `at`, with what counts against them.
std::vector<day_limit> limits_on(const guardrails& settings, const guardrail_question& question, const zone_clock& zone,
                                 date::local_days day) {
  day_limit project{guardrail::project_posts_a_day, settings.most_posts_a_day};
  day_limit campaign{guardrail::campaign_posts_a_day,
                     question.campaign_id ? settings.most_campaign_posts_a_day : std::nullopt};
  std::vector<int> on_channel(question.channel_ids.size(), 0);
  // Comparing moments instead of asking the zone for each: thousands are counted for every question.
  const auto begins = zone.moment_of(day);
  const auto ends = zone.moment_of(day + date::days{1});
  const auto count = [&](const counted_post& each) {
    ++project.found;
    if (question.campaign_id && each.campaign_id == question.campaign_id) ++campaign.found;
    for (std::size_t i = 0; i < on_channel.size(); ++i) {
      on_channel[i] +=
          std::find(each.channel_ids.begin(), each.channel_ids.end(), question.channel_ids[i]) != each.channel_ids.end()
              ? 1
              : 0;
    }
  };
  for (const auto& each : question.others) {
    if (each.at >= begins && each.at < ends) count(each);
  }
  const auto before = [](const counted_post& each, base::timestamp at) { return each.at < at; };
  auto each = std::lower_bound(question.planned.begin(), question.planned.end(), begins, before);
  for (; each != question.planned.end() && each->at < ends; ++each) count(*each);
  day_limit channel{guardrail::channel_posts_a_day, settings.most_channel_posts_a_day};
  if (!on_channel.empty()) channel.found = *std::max_element(on_channel.begin(), on_channel.end());
  return {project, channel, campaign};
}

std::string_view what_is_full(guardrail by) {
  switch (by) {
    case guardrail::project_posts_a_day: return "The project";
    case guardrail::channel_posts_a_day: return "A channel of it";
    case guardrail::campaign_posts_a_day: return "The campaign";
    case guardrail::quiet_hours:
    case guardrail::blackout:
    case guardrail::duplicate_topic:
    case guardrail::forbidden_phrase:
    case guardrail::approval: return "";
  }
  return "";
}

/// "on Thu 24 Dec 2026", "from Thu 24 Dec 2026 to Sat 26 Dec 2026".
std::string tell_days(const blackout& of) {
  const auto first = day_of(of.first_day);
  const auto last = day_of(of.last_day);
  if (!first || !last) return fmt::format("from {} to {}", of.first_day, of.last_day);
  if (*first == *last) return "on " + format_day(*first);
  return fmt::format("from {} to {}", format_day(*first), format_day(*last));
}

/// Moves the wanted time forward until every guardrail about time allows it, and notes each that did not.
class time_search {
 public:
  time_search(const guardrails& settings, const guardrail_question& question, const zone_clock& zone)
      : settings_{settings}, question_{question}, zone_{zone}, at_{question.at} {}

  judgement search() {
    const auto last = zone_.day_at(question_.at) + date::days{most_days_moved};
    while (zone_.day_at(at_) <= last) {
      if (!step()) return finish();
    }
    judgement made{.kind = verdict_kind::block, .at = question_.at, .verdicts = std::move(noted_)};
    for (auto& each : made.verdicts) {
      each.kind = verdict_kind::block;
      each.at.reset();
      each.sentence += fmt::format(" No time within {} days is free.", most_days_moved);
    }
    return made;
  }

 private:
  /// Moves on when something forbids the time; false when nothing does.
  bool step() {
    const auto shown = zone_.wall_time_at(at_);
    const auto day = date::floor<date::days>(shown);
    if (const auto* dates = blackout_on(settings_, day)) {
      note({.by = guardrail::blackout,
            .what = dates->reason,
            .sentence = fmt::format("Nothing goes out {}{}", tell_days(*dates),
                                    dates->reason.empty() ? "." : fmt::format(" ({}).", dates->reason))});
      return move_to(day + date::days{1});
    }
    if (settings_.quiet_hours && is_quiet(*settings_.quiet_hours, shown)) {
      note({.by = guardrail::quiet_hours, .sentence = "The time lies in the quiet hours."});
      return move_to(end_of(*settings_.quiet_hours, shown));
    }
    for (const auto& each : limits_on(settings_, question_, zone_, day)) {
      if (!each.limit || each.found < *each.limit) continue;
      note({.by = each.by,
            .limit = each.limit,
            .found = each.found,
            .sentence = fmt::format("{} has {} of {} posts on {}.", what_is_full(each.by), each.found, *each.limit,
                                    format_day(zone_.day_at(at_)))});
      return move_to(day + date::days{1});
    }
    return false;
  }

  bool move_to(wall_time to) {
    // A time that comes twice may be shown again after it: a minute is enough to get past it.
    at_ = std::max(zone_.moment_of(to), at_ + minutes{1});
    return true;
  }

  /// Each guardrail is reported once, as it was first met.
  void note(verdict what) {
    const auto told = [&](const verdict& each) { return each.by == what.by; };
    if (std::none_of(noted_.begin(), noted_.end(), told)) noted_.push_back(std::move(what));
  }

  judgement finish() {
    judgement made{
        .kind = noted_.empty() ? verdict_kind::allow : verdict_kind::move_to, .at = at_, .verdicts = std::move(noted_)};
    for (auto& each : made.verdicts) {
      each.kind = verdict_kind::move_to;
      each.at = at_;
      each.sentence += fmt::format(" It goes out {}.", time_formatter{zone_}.format(at_));
    }
    return made;
  }

  const guardrails& settings_;
  const guardrail_question& question_;
  const zone_clock& zone_;
  base::timestamp at_;
  std::vector<verdict> noted_;
};

std::optional<verdict> judge_words(const guardrails& settings, const std::string& text) {
  const auto padded = fmt::format(" {} ", normalized(text));
  for (const auto& phrase : settings.forbidden_phrases) {
    const auto wanted = normalized(phrase);
    if (wanted.empty() || padded.find(fmt::format(" {} ", wanted)) == std::string::npos) continue;
    return verdict{.by = guardrail::forbidden_phrase,
                   .kind = verdict_kind::block,
                   .what = phrase,
                   .sentence = fmt::format("The text says \"{}\", which this project does not say.", phrase)};
  }
  return std::nullopt;
}

std::optional<verdict> judge_topic(const guardrails& settings, const guardrail_question& question) {
  if (!settings.duplicate_topic_days || !question.most_similar) return std::nullopt;
  if (question.most_similar->percent < settings.duplicate_percent) return std::nullopt;
  return verdict{
      .by = guardrail::duplicate_topic,
      .kind = verdict_kind::block,
      .limit = settings.duplicate_percent,
      .found = question.most_similar->percent,
      .similar_post_id = question.most_similar->post_id,
      .sentence = fmt::format(
          "It is {} % alike to {} within {} of it; {} % count as the same topic.", question.most_similar->percent,
          question.most_similar->name.empty() ? "a post" : fmt::format("“{}”", question.most_similar->name),
          format_length(date::days{*settings.duplicate_topic_days}), settings.duplicate_percent)};
}

std::optional<guardrail_mistake> check_limit(const std::optional<int>& limit, std::string_view pointer) {
  if (!limit || (*limit >= 1 && *limit <= 1000)) return std::nullopt;
  return guardrail_mistake{std::string{pointer}, "must be 1 to 1000"};
}

std::optional<guardrail_mistake> check_blackouts(const std::vector<blackout>& all) {
  if (all.size() > most_blackouts) return guardrail_mistake{"/blackouts", "must name at most 100 spans of days"};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto place = "/blackouts/" + std::to_string(i);
    const auto first = day_of(all[i].first_day);
    const auto last = day_of(all[i].last_day);
    if (!first) return guardrail_mistake{place + "/first_day", "must be a day such as 2026-12-24"};
    if (!last) return guardrail_mistake{place + "/last_day", "must be a day such as 2026-12-26"};
    if (*last < *first) return guardrail_mistake{place + "/last_day", "must not be before first_day"};
    if (base::count_code_points(all[i].reason) > 200) {
      return guardrail_mistake{place + "/reason", "must have at most 200 characters"};
    }
  }
  return std::nullopt;
}

std::optional<guardrail_mistake> check_phrases(const std::vector<std::string>& phrases) {
  if (phrases.size() > most_forbidden_phrases) {
    return guardrail_mistake{"/forbidden_phrases", "must name at most 500 phrases"};
  }
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    if (phrases[i].size() <= 200 && !normalized(phrases[i]).empty()) continue;
    return guardrail_mistake{"/forbidden_phrases/" + std::to_string(i), "must have a letter and at most 200 bytes"};
  }
  return std::nullopt;
}

}  // namespace

std::optional<guardrail_mistake> check(const guardrails& settings) {
  if (auto wrong = check_limit(settings.most_posts_a_day, "/most_posts_a_day")) return wrong;
  if (auto wrong = check_limit(settings.most_channel_posts_a_day, "/most_channel_posts_a_day")) return wrong;
  if (auto wrong = check_limit(settings.most_campaign_posts_a_day, "/most_campaign_posts_a_day")) return wrong;
  if (const auto& hours = settings.quiet_hours) {
    const auto is_minute = [](int minute) { return minute >= 0 && minute < minutes_a_day; };
    if (!is_minute(hours->from_minute)) return guardrail_mistake{"/quiet_hours/from_minute", "must be 0 to 1439"};
    if (!is_minute(hours->to_minute)) return guardrail_mistake{"/quiet_hours/to_minute", "must be 0 to 1439"};
  }
  if (settings.duplicate_topic_days &&
      (*settings.duplicate_topic_days < 1 || *settings.duplicate_topic_days > most_duplicate_days)) {
    return guardrail_mistake{"/duplicate_topic_days", "must be 1 to 365"};
  }
  if (settings.duplicate_percent < 30 || settings.duplicate_percent > 100) {
    return guardrail_mistake{"/duplicate_percent", "must be 30 to 100"};
  }
  if (auto wrong = check_blackouts(settings.blackouts)) return wrong;
  return check_phrases(settings.forbidden_phrases);
}

std::string name_of_post(std::string_view title, std::string_view text) {
  constexpr std::size_t most_characters = 80;
  std::string_view name = title.empty() ? text : title;
  bool is_cut = false;
  std::size_t end = 0;
  for (std::size_t characters = 0; end < name.size(); ++end) {
    const bool is_first_byte = (static_cast<unsigned char>(name[end]) & 0xc0U) != 0x80U;
    if (is_first_byte && ++characters > most_characters) {
      is_cut = true;
      break;
    }
  }
  std::string made{name.substr(0, end)};
  std::replace_if(
      made.begin(), made.end(), [](unsigned char each) { return each < 0x20 || each == 0x7f; }, ' ');
  return is_cut ? made + "…" : made;
}

judgement judge(const guardrails& settings, const guardrail_question& question, const zone_clock& zone) {
  auto made = time_search{settings, question, zone}.search();
  const auto add = [&made](std::optional<verdict> what) {
    if (!what) return;
    made.kind = std::max(made.kind, what->kind);
    made.verdicts.push_back(std::move(*what));
  };
  if (settings.needs_approval && !question.is_approved) {
    add(verdict{.by = guardrail::approval,
                .kind = verdict_kind::needs_approval,
                .sentence = "Somebody must approve it first."});
  }
  add(judge_topic(settings, question));
  add(judge_words(settings, question.text));
  return made;
}

judgement about_words(judgement from) {
  const auto is_about_time = [](const verdict& each) {
    switch (each.by) {
      case guardrail::project_posts_a_day:
      case guardrail::channel_posts_a_day:
      case guardrail::campaign_posts_a_day:
      case guardrail::quiet_hours:
      case guardrail::blackout: return true;
      case guardrail::duplicate_topic:
      case guardrail::forbidden_phrase:
      case guardrail::approval: return false;
    }
    return false;
  };
  std::erase_if(from.verdicts, is_about_time);
  from.kind = verdict_kind::allow;
  for (const auto& each : from.verdicts) from.kind = std::max(from.kind, each.kind);
  return from;
}

std::string sentences_of(const judgement& from) {
  std::string made;
  for (const auto& each : from.verdicts) {
    if (each.kind == from.kind && !each.sentence.empty()) made += (made.empty() ? "" : " ") + each.sentence;
  }
  return made;
}

}  // namespace pulse::domain::campaigns

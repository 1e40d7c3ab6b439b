#include "http/routes/calendar/icalendar.hpp"

#include <fmt/core.h>
#include <libical/ical.h>

#include <chrono>
#include <memory>

#include "base/describe.hpp"
#include "base/freeing.hpp"

namespace pulse::http::routes {

namespace {

using domain::post_state;
using persistence::calendar::post_entry;

/// How often a program should fetch the calendar again.
constexpr const char* refresh_interval = "PT15M";
/// A post takes no time, but an entry needs a length to be seen and clicked.
constexpr std::chrono::minutes shown_for{15};

using component = std::unique_ptr<icalcomponent, base::freeing<icalcomponent_free>>;

icaltimetype to_time(base::timestamp at) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
  return icaltime_from_timet_with_zone(static_cast<time_t>(seconds), 0, icaltimezone_get_utc_timezone());
}

void add(icalcomponent* to, icalproperty* what) { icalcomponent_add_property(to, what); }

/// A property that libical has no name for.
void add_x(icalcomponent* to, const char* name, const std::string& value) {
  auto* property = icalproperty_new_x(value.c_str());
  icalproperty_set_x_name(property, name);
  add(to, property);
}

icalproperty_status status_of(post_state state) {
  switch (state) {
    case post_state::draft:
    case post_state::scheduled:
    case post_state::publishing:
    case post_state::needs_attention: return ICAL_STATUS_TENTATIVE;
    case post_state::published:
    case post_state::published_partial: return ICAL_STATUS_CONFIRMED;
    case post_state::failed:
    case post_state::missed:
    case post_state::cancelled: return ICAL_STATUS_CANCELLED;
  }
  return ICAL_STATUS_TENTATIVE;
}

std::string_view words_of(post_state state) {
  switch (state) {
    case post_state::draft: return "Draft";
    case post_state::scheduled: return "Planned";
    case post_state::publishing: return "Going out";
    case post_state::published: return "Out";
    case post_state::published_partial: return "Out in part";
    case post_state::failed: return "Failed";
    case post_state::needs_attention: return "A person must look";
    case post_state::missed: return "Missed";
    case post_state::cancelled: return "Cancelled";
  }
  return "";
}

std::string channels_of(const post_entry& post) {
  std::string names;
  for (const auto& each : post.channels) names += (names.empty() ? "" : ", ") + each.name;
  return names;
}

std::string description_of(const post_entry& post) {
  std::string told{words_of(post.state)};
  if (!post.channels.empty()) told += ": " + channels_of(post);
  for (const auto& each : post.channels) {
    if (each.external_url) told += "\n" + *each.external_url;
  }
  return told;
}

component to_event(const icalendar_content& content, const post_entry& post) {
  component made{icalcomponent_new(ICAL_VEVENT_COMPONENT)};
  auto* event = made.get();
  add(event, icalproperty_new_uid((base::to_string(post.id) + "@pulse").c_str()));
  add(event, icalproperty_new_dtstamp(to_time(post.updated_at)));
  add(event, icalproperty_new_lastmodified(to_time(post.updated_at)));
  add(event, icalproperty_new_dtstart(to_time(post.at)));
  add(event, icalproperty_new_dtend(to_time(post.at + shown_for)));
  add(event, icalproperty_new_summary(post.title.c_str()));
  add(event, icalproperty_new_description(description_of(post).c_str()));
  add(event, icalproperty_new_status(status_of(post.state)));
  add(event, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
  add(event, icalproperty_new_categories(std::string{words_of(post.state)}.c_str()));
  add(event, icalproperty_new_url(fmt::format("{}/app/posts/{}", content.app_url, base::to_string(post.id)).c_str()));
  return made;
}

}  // namespace

std::string to_icalendar(const icalendar_content& content) {
  component made{icalcomponent_new(ICAL_VCALENDAR_COMPONENT)};
  auto* whole = made.get();
  add(whole, icalproperty_new_version("2.0"));
  add(whole, icalproperty_new_prodid("-//Pulse//Calendar//EN"));
  add(whole, icalproperty_new_calscale("GREGORIAN"));
  add(whole, icalproperty_new_method(ICAL_METHOD_PUBLISH));
  add(whole, icalproperty_new_name(content.name.c_str()));
  add_x(whole, "X-WR-CALNAME", content.name);
  add_x(whole, "X-WR-TIMEZONE", content.time_zone);
  add_x(whole, "X-PUBLISHED-TTL", refresh_interval);
  for (const auto& post : content.posts) icalcomponent_add_component(whole, to_event(content, post).release());
  char* text = icalcomponent_as_ical_string_r(whole);
  std::string written{text};
  icalmemory_free_buffer(text);
  return written;
}

}  // namespace pulse::http::routes

// /calendar/feeds: secret addresses of a project's calendar; /calendar/ics: the calendar itself, for calendar programs.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_calendar_feeds(route_table& routes);

}  // namespace pulse::http::routes

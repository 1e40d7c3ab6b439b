// The page with the mails that Pulse would have sent.
#pragma once

#include <deque>
#include <string>

#include <boost/json.hpp>

namespace pulse::sandbox {

/// HTML; the content of mails is escaped. Addresses of pages become links.
std::string mails_page(const std::deque<boost::json::object>& mails);

}  // namespace pulse::sandbox

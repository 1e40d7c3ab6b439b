// The page that shows the mails which the product would have sent.
#pragma once

#include <deque>
#include <string>

#include <boost/json.hpp>

namespace pulse::sandbox {

/// HTML; whatever a mail holds is text in it. Addresses of pages become links.
std::string mails_page(const std::deque<boost::json::object>& mails);

}  // namespace pulse::sandbox

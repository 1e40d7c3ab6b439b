// Posts of an Instagram Business account: the company's own by its list of media, another's by "business discovery",
// which Instagram answers about business and creator accounts alone.
#pragma once

#include <functional>

#include "connectors/instagram/options.hpp"
#include "connectors/roles/read_pages.hpp"

namespace pulse::connectors::instagram {

/// See `reads_pages`. `what.account` is any account of the company; with a handle of the page's name its own media are
/// listed.
void read_page(const instagram_options& options, egress& client, const base::clock& clock, page_look what,
               std::function<void(page_reading)> done);

/// The media of a business discovery; nothing when the body is none.
std::optional<std::vector<page_post>> read_discovery(const std::string& body);

}  // namespace pulse::connectors::instagram

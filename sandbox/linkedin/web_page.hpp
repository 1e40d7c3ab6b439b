// Pages of LinkedIn's site, and what browsers bring along.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/core/platform.hpp"

namespace pulse::sandbox::linkedin {

/// The value of a cookie; empty when it was not sent.
std::string cookie_of(const http::server::request& asked, std::string_view name);

/// A page with this title and this body, which nobody keeps.
verdict page(std::string_view title, const std::string& body);

verdict redirect(std::string to);

/// As it stands in a page.
std::string as_html(std::string_view text);

}  // namespace pulse::sandbox::linkedin

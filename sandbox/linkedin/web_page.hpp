// Pages of LinkedIn's site, and the cookies of browsers.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/core/platform.hpp"

namespace pulse::sandbox::linkedin {

/// The value of a cookie; empty if it was not sent.
std::string cookie_of(const http::server::request& request, std::string_view name);

/// An uncached page with this title and this body.
verdict page(std::string_view title, const std::string& body);

verdict redirect(std::string to);

/// Escapes text for a page.
std::string as_html(std::string_view text);

}  // namespace pulse::sandbox::linkedin

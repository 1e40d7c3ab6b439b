// Whether what is chosen with a post is what its platforms offer, and all that they demand.
#pragma once

#include <string>
#include <vector>

#include "domain/platforms/post_option.hpp"
#include "domain/publishing/post_fit.hpp"

namespace pulse::domain {

/// Checks the choices by themselves: an unknown platform or option, or a value that the option does not accept.
std::vector<misfit> option_misfits(const options_by_platform& chosen);

/// What channels of `types` demand and was not chosen. There are no defaults for these: nobody but a person knows.
std::vector<misfit> missing_options(const options_by_platform& chosen, const std::vector<channel_type>& types);

/// The labels of what channels of `type` demand and was not chosen.
std::vector<std::string> unchosen(const options_by_platform& chosen, channel_type type);

}  // namespace pulse::domain

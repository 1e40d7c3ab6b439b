// The top-level domains under which a bare domain ("example.com") counts as a link.
#pragma once

#include <cstddef>
#include <string_view>

namespace pulse::domain {

/// Whether `name` (ASCII, any case) is a top-level domain of the IANA root zone. The list is long but not complete: the
/// root zone changes, and a domain that is missing here is merely counted letter by letter.
bool is_top_level_domain(std::string_view name);

/// The length of the longest internationalised top-level domain with which `text` begins; 0 when none does.
std::size_t international_domain_size(std::u32string_view text);

}  // namespace pulse::domain

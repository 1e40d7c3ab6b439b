// Links in what a rule has written: only those that the company has given or that name the rule's trigger are allowed.
// Neither a feed nor an address that a model has invented may lead the company's readers elsewhere.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pulse::domain::campaigns {

enum class link_care {
  same_host,  // a link may lead anywhere at a host that was given: what a template is filled in with completes addresses
  same_address,  // it must be one that was given: a model makes up the rest of an address
};

/// The first link of `text`, as it stands there, that is not given by any of `given`; nothing when there is none. A
/// bare domain is a link, too, because platforms make one of it (domain/platforms/links).
std::optional<std::string> foreign_link(std::string_view text, const std::vector<std::string>& given, link_care care);

/// Of what has happened the values that may name links: all but the words of a feed (its item's own address is one).
std::vector<std::string> given_by(const std::map<std::string, std::string>& happened);

/// Why content with this link is not made, as a sentence.
std::string tell_foreign(std::string_view link, link_care care);

}  // namespace pulse::domain::campaigns

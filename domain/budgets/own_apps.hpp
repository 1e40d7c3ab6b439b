// Apps that a company has of its own at a platform: what goes through one of them counts against that app's budget, and
// never against the installation's.
#pragma once

#include <map>
#include <string>

#include "base/uuid.hpp"

namespace pulse::domain {

/// Which accounts of a company are called through an app of its own: those that were connected with it.
struct own_apps {
  std::map<base::uuid, std::string> by_account;  // the app's client id; bounded by the company's accounts

  /// The client id of the app behind this budget (an account's id, or a channel's without account); empty: the
  /// installation's app.
  const std::string& of(const base::uuid& budget) const {
    static const std::string installation;
    const auto found = by_account.find(budget);
    return found == by_account.end() ? installation : found->second;
  }

  friend bool operator==(const own_apps&, const own_apps&) = default;
};

}  // namespace pulse::domain

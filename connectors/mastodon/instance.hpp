// Which instance an account lives on, and requests to it. Ids of Mastodon are unique on their instance only, so an
// account is named by both: "109302436954721982@mastodon.social".
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/roles/authorize.hpp"

namespace pulse::connectors::mastodon {

/// Where instances are reached.
struct instances {
  /// Setting MASTODON_API_BASE_URL: in place of every instance's own address. Empty: each at its own, as an address
  /// that a user gave.
  std::string base_url{};
};

struct account_place {
  std::string id;        // on its instance
  std::string instance;  // "mastodon.social"; empty when the account names none
};

/// The parts of `external_user_id`; the instance may stand in the handle instead ("acme@mastodon.social").
account_place place_of(const credentials& account);

/// The name of an account for everybody: "109302436954721982@mastodon.social".
std::string external_id_of(std::string_view id, std::string_view instance);

/// The instance that a person means by "mastodon.social", "https://Mastodon.Social/", "@acme@mastodon.social". This
/// machine is one only where `is_loopback_allowed`.
base::result<instance_name, instance_problem> read_instance(std::string_view given, bool is_loopback_allowed = false);

/// "https://mastodon.social", or what stands for it.
std::string address_of(const instances& all, const std::string& instance);

/// A request to an instance; with a token unless it is empty. An address that a user gave is guarded as such.
egress_request request_to(const instances& all, const std::string& instance, std::string method,
                          const std::string& path, const std::string& token);

/// Of an id in an address: Mastodon's are numbers, others' letters and digits.
bool is_id(std::string_view text);

}  // namespace pulse::connectors::mastodon

// What a person may decide about a delivery that the engine does not decide about.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "domain/publishing/delivery.hpp"

namespace pulse::domain {

enum class delivery_decision {
  is_live,     // unconfirmed: it is at the platform, at this address
  send_again,  // unconfirmed: it is not there; it is sent once more
  drop,        // unconfirmed: it is not to be sent
  send,        // late, and a person was asked: it goes out now
  skip,        // late, and a person was asked: it is missed
};
BOOST_DESCRIBE_ENUM(delivery_decision, is_live, send_again, drop, send, skip)

/// What may be decided about a delivery in this state; `is_asked`: it is late, and waits for an answer.
std::vector<delivery_decision> possible_decisions(delivery_state state, bool is_asked);

/// The platform's id of a post, from the address at which a person saw it: the last part of its path, or else all of
/// it.
std::string external_id_of(std::string_view url);

}  // namespace pulse::domain

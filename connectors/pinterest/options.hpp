// The options of the connector for Pinterest, and its requests.
#pragma once

#include <chrono>
#include <string>

#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"

namespace pulse::connectors::pinterest {

struct pinterest_options {
  std::string base_url = "https://api.pinterest.com/v5";  // setting PINTEREST_API_BASE_URL
  std::chrono::seconds clock_skew{120};
  std::chrono::seconds absent_after{30};  // how long the list of a board may lag behind
  std::chrono::milliseconds lookup_timeout{10'000};
};

/// `path` is below the version: "pins/1".
egress_request request_to(const pinterest_options& options, std::string method, const std::string& path,
                          const credentials& account);

/// The body of `POST /pins`: the board of the channel, the image by its address, and where the pin leads. With a film's
/// id the pin shows that, and the image, or the film's beginning, before it is played.
std::string pin_body(const publication& what, const std::string& film_id = {});

/// Where the pin leads: the option `link`, else the first web address of the text; empty when there is none.
std::string link_of(const publication& what);

}  // namespace pulse::connectors::pinterest

// The options of the connector for Instagram, and its requests.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"

namespace pulse::connectors::instagram {

struct instagram_options {
  /// Setting INSTAGRAM_API_BASE_URL: graph.facebook.com for accounts connected through Facebook, graph.instagram.com
  /// for those connected at Instagram; the sandbox in development.
  std::string base_url = "https://graph.facebook.com";
  std::string version = "v26.0";  // setting META_GRAPH_VERSION
  /// How far Instagram's clock and ours may differ: a post listed as made up to this long before the container may be
  /// ours.
  std::chrono::seconds clock_skew{120};
  /// `absent` is not said earlier than this after the attempt began: a request may still be on its way, and the list
  /// lags.
  std::chrono::seconds absent_after{5};
  std::chrono::milliseconds lookup_timeout{10'000};  // of each request of a reconciliation
  std::chrono::milliseconds first_pause{250};        // between two looks at a container; doubled each time
  std::chrono::milliseconds longest_pause{4'000};    // of them
  std::chrono::milliseconds least_time_to_publish{
      2'000};                                       // with less left of the call, the publishing step is not begun
  std::chrono::seconds retry_unfinished_after{20};  // a container that was still processed at the end of an attempt
};

using form_fields = std::vector<std::pair<std::string, std::string>>;

/// `GET /{version}/{path}?{query}` with the account's token in its header, never in the address.
egress_request get_request(const instagram_options& options, const credentials& account, const std::string& path,
                           const form_fields& query);

/// `POST /{version}/{path}` with a form as its body.
egress_request post_request(const instagram_options& options, const credentials& account, const std::string& path,
                            const form_fields& form);

/// `GET /{container}?fields=status_code,status`
egress_request status_request(const instagram_options& options, const credentials& account,
                              const std::string& container);

/// Whether `id` can be an id at Instagram: 1 to 20 digits.
bool is_id(std::string_view id);

}  // namespace pulse::connectors::instagram

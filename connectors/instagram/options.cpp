#include "connectors/instagram/options.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "connectors/egress/url_encoding.hpp"

namespace pulse::connectors::instagram {

namespace {

egress_request request_to(const instagram_options& options, std::string method, const credentials& account,
                          const std::string& path) {
  egress_request request;
  request.method = std::move(method);
  request.url = fmt::format("{}/{}/{}", options.base_url, options.version, path);
  request.headers = {{"authorization", "Bearer " + account.access_token.reveal()}, {"accept", "application/json"}};
  request.timeout = options.lookup_timeout;
  request.address = trust::platform;
  return request;
}

}  // namespace

egress_request get_request(const instagram_options& options, const credentials& account, const std::string& path,
                           const form_fields& query) {
  return request_to(options, "GET", account, fmt::format("{}?{}", path, form_encoded(query)));
}

egress_request post_request(const instagram_options& options, const credentials& account, const std::string& path,
                            const form_fields& form) {
  auto request = request_to(options, "POST", account, path);
  request.headers.push_back({"content-type", "application/x-www-form-urlencoded"});
  request.body = form_encoded(form);
  return request;
}

egress_request status_request(const instagram_options& options, const credentials& account,
                              const std::string& container) {
  return get_request(options, account, container, {{"fields", "status_code,status"}});
}

bool is_id(std::string_view id) {
  constexpr std::size_t max_digits = 20;
  return !id.empty() && id.size() <= max_digits &&
         std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace pulse::connectors::instagram

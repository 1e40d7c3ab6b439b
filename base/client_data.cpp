#include "base/client_data.hpp"

#include <boost/json.hpp>

namespace pulse::base {

namespace {

std::string text_at(const boost::json::object& from, std::string_view name) {
  const auto* found = from.if_contains(name);
  return found != nullptr && found->is_string() ? std::string{found->get_string()} : std::string{};
}

}  // namespace

std::optional<client_data> read_client_data(std::string_view json) {
  if (json.size() > client_data_bytes_max) return std::nullopt;
  boost::json::error_code failure;
  const auto read = boost::json::parse(json, failure);
  const auto* data = failure ? nullptr : read.if_object();
  if (data == nullptr) return std::nullopt;
  const auto* crossed = data->if_contains("crossOrigin");
  const bool is_alone = crossed == nullptr || (crossed->is_bool() && !crossed->get_bool());
  return client_data{text_at(*data, "type"), text_at(*data, "challenge"), text_at(*data, "origin"),
                     !is_alone || data->contains("topOrigin")};
}

}  // namespace pulse::base

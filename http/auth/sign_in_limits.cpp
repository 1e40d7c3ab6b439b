#include "http/auth/sign_in_limits.hpp"

#include <boost/asio/ip/address.hpp>

namespace pulse::http {

std::string network_of(std::string_view remote_address) {
  boost::system::error_code failure;
  const auto parsed = boost::asio::ip::make_address(std::string{remote_address}, failure);
  if (failure || !parsed.is_v6() || parsed.to_v6().is_v4_mapped()) return std::string{remote_address};
  const auto bytes = parsed.to_v6().to_bytes();
  return std::string{reinterpret_cast<const char*>(bytes.data()), 8};
}

}  // namespace pulse::http

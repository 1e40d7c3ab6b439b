#include "http/auth/sign_in_limits.hpp"

#include "base/ip_address.hpp"

namespace pulse::http {

std::string network_of(std::string_view remote_address) {
  const auto parsed = base::ip_address::parse(remote_address);
  return parsed ? parsed->network() : std::string{remote_address};
}

}  // namespace pulse::http

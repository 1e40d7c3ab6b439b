#include "domain/publishing/delivery_decision.hpp"

namespace pulse::domain {

std::vector<delivery_decision> possible_decisions(delivery_state state, bool is_asked) {
  switch (state) {
    case delivery_state::unconfirmed:
      return {delivery_decision::is_live, delivery_decision::send_again, delivery_decision::drop};
    case delivery_state::waiting:
      if (is_asked) return {delivery_decision::send, delivery_decision::skip};
      return {};
    case delivery_state::sending:
    case delivery_state::published:
    case delivery_state::failed:
    case delivery_state::unknown:
    case delivery_state::cancelled:
    case delivery_state::missed: return {};
  }
  return {};
}

std::string external_id_of(std::string_view url) {
  auto path = url.substr(0, url.find_first_of("?#"));
  while (path.ends_with('/')) path.remove_suffix(1);
  const auto scheme_end = path.find("://");
  const auto host = scheme_end == path.npos ? 0 : scheme_end + 3;
  const auto slash = path.rfind('/');
  if (slash == path.npos || slash < host) return std::string{url};
  return std::string{path.substr(slash + 1)};
}

}  // namespace pulse::domain

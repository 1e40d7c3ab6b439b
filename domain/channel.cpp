#include "domain/channel.hpp"

namespace pulse::domain {

capabilities capabilities_of(channel_type type) {
  switch (type) {
    case channel_type::website: return {.text = true, .image = false, .video = false, .max_length = 20'000};
    case channel_type::x: return {.text = true, .image = false, .video = false, .max_length = 280};
  }
  return {};
}

bool needs_account(channel_type type) {
  switch (type) {
    case channel_type::website: return false;
    case channel_type::x: return true;
  }
  return true;
}

std::string_view display_name(channel_type type) {
  switch (type) {
    case channel_type::website: return "Website";
    case channel_type::x: return "X";
  }
  return "";
}

}  // namespace pulse::domain

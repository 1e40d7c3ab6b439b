#include "domain/publishing/channel.hpp"

namespace pulse::domain {

capabilities capabilities_of(channel_type type) {
  switch (type) {
    case channel_type::website: return {.text = true, .image = false, .video = false, .max_length = 20'000};
    case channel_type::x: return {.text = true, .image = true, .video = false, .max_length = 280};
    case channel_type::instagram: return {.text = true, .image = true, .video = false, .max_length = 2'200};
    case channel_type::linkedin: return {.text = true, .image = true, .video = false, .max_length = 3'000};
  }
  return {};
}

bool needs_account(channel_type type) {
  switch (type) {
    case channel_type::website: return false;
    case channel_type::x:
    case channel_type::instagram:
    case channel_type::linkedin: return true;
  }
  return true;
}

bool needs_image(channel_type type) {
  switch (type) {
    case channel_type::instagram: return true;
    case channel_type::website:
    case channel_type::x:
    case channel_type::linkedin: return false;
  }
  return false;
}

std::string_view display_name(channel_type type) {
  switch (type) {
    case channel_type::website: return "Website";
    case channel_type::x: return "X";
    case channel_type::instagram: return "Instagram";
    case channel_type::linkedin: return "LinkedIn";
  }
  return "";
}

}  // namespace pulse::domain

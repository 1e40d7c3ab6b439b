// Escapes text for the sandbox's HTML pages, and for the XML of its buckets.
#pragma once

#include <string>
#include <string_view>

namespace pulse::sandbox {

/// Safe in an element and in a quoted attribute.
inline std::string escaped(std::string_view text) {
  std::string made;
  for (const char c : text) {
    switch (c) {
      case '&': made += "&amp;"; break;
      case '<': made += "&lt;"; break;
      case '>': made += "&gt;"; break;
      case '"': made += "&quot;"; break;
      default: made += c;
    }
  }
  return made;
}

}  // namespace pulse::sandbox

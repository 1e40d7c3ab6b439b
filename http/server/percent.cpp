#include "http/server/percent.hpp"

namespace pulse::http::server {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

bool percent_decode(std::string_view raw, plus_sign plus, std::string& out) {
  out.clear();
  out.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size(); ++at) {
    const char c = raw[at];
    if (c == '+' && plus == plus_sign::space) {
      out += ' ';
    } else if (c != '%') {
      out += c;
    } else {
      if (raw.size() - at < 3) return false;
      const int high = hex_value(raw[at + 1]);
      const int low = hex_value(raw[at + 2]);
      if (high < 0 || low < 0) return false;
      out += static_cast<char>(high << 4 | low);
      at += 2;
    }
  }
  return true;
}

}  // namespace pulse::http::server

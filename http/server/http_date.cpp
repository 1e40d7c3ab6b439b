#include "http/server/http_date.hpp"

#include <array>
#include <string_view>

namespace pulse::http::server {

namespace {

constexpr std::array<std::string_view, 7> day_names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

void append_two_digits(std::string& out, unsigned value) {
  out += static_cast<char>('0' + value / 10 % 10);
  out += static_cast<char>('0' + value % 10);
}

}  // namespace

std::string to_http_date(base::timestamp at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const auto seconds = static_cast<unsigned>(std::chrono::floor<std::chrono::seconds>(at - day).count());
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));

  std::string text;
  text.reserve(29);
  text += day_names[std::chrono::weekday{day}.c_encoding()];
  text += ", ";
  append_two_digits(text, static_cast<unsigned>(date.day()));
  text += ' ';
  text += month_names[static_cast<unsigned>(date.month()) - 1];
  text += ' ';
  append_two_digits(text, year / 100);
  append_two_digits(text, year % 100);
  text += ' ';
  append_two_digits(text, seconds / 3600);
  text += ':';
  append_two_digits(text, seconds / 60 % 60);
  text += ':';
  append_two_digits(text, seconds % 60);
  text += " GMT";
  return text;
}

}  // namespace pulse::http::server

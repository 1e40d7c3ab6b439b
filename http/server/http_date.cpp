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

/// Reads from the front of a text; once something was not as it should be, `is_good` stays false.
class reader {
 public:
  explicit reader(std::string_view text) : rest_(text) {}

  void literal(std::string_view expected) {
    is_good_ = is_good_ && rest_.starts_with(expected);
    if (is_good_) rest_.remove_prefix(expected.size());
  }

  /// Exactly so many digits; the first may be a space where it says so.
  unsigned number(std::size_t digits, bool may_be_padded = false) {
    unsigned value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const char c = rest_.empty() ? '\0' : rest_.front();
      const bool is_pad = c == ' ' && i == 0 && may_be_padded;
      is_good_ = is_good_ && (is_pad || (c >= '0' && c <= '9'));
      if (!is_good_) return 0;
      value = value * 10 + (is_pad ? 0U : static_cast<unsigned>(c - '0'));
      rest_.remove_prefix(1);
    }
    return value;
  }

  /// One of the names; its place among them.
  template <std::size_t N>
  unsigned name(const std::array<std::string_view, N>& names) {
    for (unsigned i = 0; i < N && is_good_; ++i) {
      if (!rest_.starts_with(names[i])) continue;
      rest_.remove_prefix(names[i].size());
      return i;
    }
    is_good_ = false;
    return 0;
  }

  std::chrono::seconds time_of_day() {
    const auto hour = number(2);
    literal(":");
    const auto minute = number(2);
    literal(":");
    const auto second = number(2);
    is_good_ = is_good_ && hour < 24 && minute < 60 && second <= 60;  // a leap second is one
    return std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{second};
  }

  bool is_at_end() const { return is_good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool is_good_ = true;
};

constexpr std::array<std::string_view, 7> long_day_names{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                         "Thursday", "Friday", "Saturday"};

constexpr int years_ahead_max = 50;

/// RFC 9110 §5.6.7: more than 50 years in the future means the past.
int full_year(unsigned two_digits, base::timestamp now) {
  const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
  const int this_year = static_cast<int>(today.year());
  const int year = this_year - this_year % 100 + static_cast<int>(two_digits);
  return year > this_year + years_ahead_max ? year - 100 : year;
}

struct date_parts {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  std::chrono::seconds time{};
};

date_parts read_preferred(reader& from) {
  date_parts read;
  from.name(day_names);
  from.literal(", ");
  read.day = from.number(2);
  from.literal(" ");
  read.month = from.name(month_names) + 1;
  from.literal(" ");
  read.year = static_cast<int>(from.number(4));
  from.literal(" ");
  read.time = from.time_of_day();
  from.literal(" GMT");
  return read;
}

date_parts read_rfc_850(reader& from, base::timestamp now) {
  date_parts read;
  from.name(long_day_names);
  from.literal(", ");
  read.day = from.number(2);
  from.literal("-");
  read.month = from.name(month_names) + 1;
  from.literal("-");
  read.year = full_year(from.number(2), now);
  from.literal(" ");
  read.time = from.time_of_day();
  from.literal(" GMT");
  return read;
}

date_parts read_asctime(reader& from) {
  date_parts read;
  from.name(day_names);
  from.literal(" ");
  read.month = from.name(month_names) + 1;
  from.literal(" ");
  read.day = from.number(2, true);
  from.literal(" ");
  read.time = from.time_of_day();
  from.literal(" ");
  read.year = static_cast<int>(from.number(4));
  return read;
}

}  // namespace

std::optional<base::timestamp> parse_http_date(std::string_view text, base::timestamp now) {
  reader from{text};
  date_parts read;
  const auto comma = text.find(',');
  if (comma == std::string_view::npos) {
    read = read_asctime(from);
  } else if (comma == day_names[0].size()) {
    read = read_preferred(from);
  } else {
    read = read_rfc_850(from, now);
  }
  const std::chrono::year_month_day date{std::chrono::year{read.year}, std::chrono::month{read.month},
                                         std::chrono::day{read.day}};
  if (!from.is_at_end() || !date.ok()) return std::nullopt;
  return std::chrono::sys_days{date} + read.time;
}

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

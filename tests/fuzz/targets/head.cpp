#include <algorithm>

#include "base/text.hpp"
#include "http/server/head_parser.hpp"
#include "tests/fuzz/targets.hpp"

namespace pulse::fuzz {

namespace {

using namespace http::server;

constexpr std::size_t header_bytes_max = 16 * 1024;

bool lies_in(std::string_view part, std::string_view whole) {
  return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

std::size_t count(const accepted_head& head, std::string_view name) {
  return static_cast<std::size_t>(std::count_if(head.fields.begin(), head.fields.end(), [name](const field& each) {
    return std::equal(each.name.begin(), each.name.end(), name.begin(), name.end(),
                      [](unsigned char a, char b) { return std::tolower(a) == b; });
  }));
}

void check_accepted(std::string_view block, const accepted_head& head) {
  must(lies_in(head.target, block) || head.target == "/", "the target is a part of the block");
  must(head.path == "*" || head.path.starts_with('/'), "a path begins with a slash");
  must(base::is_clean_utf8(head.path), "a path is text");
  must(!has_control_character(head.path), "a path has no control character");
  must(head.path.find('\\') == head.path.npos, "a path has no backslash");
  for (const auto* dots : {"/../", "/./"})
    must((head.path + '/').find(dots) == head.path.npos, "a path has no dot segments");
  must(head.fields.size() <= header_count_max, "the number of headers has a limit");
  for (const auto& each : head.fields) {
    must(lies_in(each.name, block) && lies_in(each.value, block), "headers are parts of the block");
    must(!each.name.empty() && !has_control_character(each.name), "a header has a name");
    must(each.value.find_first_of(std::string_view{"\r\n\0", 3}) == each.value.npos, "a value is of one line");
  }
  must(count(head, "host") <= 1, "there is one host");
  must(count(head, "content-length") <= 1, "a length is said once");
  must(count(head, "transfer-encoding") <= 1, "a coding is said once");
  must(count(head, "authorization") <= 1, "there is one authorization");
  must(count(head, "transfer-encoding") == (head.is_chunked ? 1 : 0), "any coding but chunked is refused");
  must(!head.is_chunked || (!head.http_1_0 && count(head, "content-length") == 0), "a body's length is said once");
}

}  // namespace

void head(std::string_view input) {
  std::size_t scanned = 0;
  const auto whole = find_head(input, scanned, header_bytes_max);
  // A byte at a time it must end at the same place.
  std::size_t scanned_slowly = 0;
  base::result<std::size_t, parse_refusal> slowly = std::size_t{0};
  for (std::size_t size = 1; size <= std::min(input.size(), header_bytes_max + 1); ++size) {
    slowly = find_head(input.substr(0, size), scanned_slowly, header_bytes_max);
    if (slowly.has_error() || *slowly != 0) break;
  }
  must(whole.has_value() == slowly.has_value(), "the end of a head does not depend on how it comes");
  if (whole.has_value()) must(*whole == *slowly, "the end of a head does not depend on how it comes");
  if (whole.has_error() || *whole == 0) return;
  must(*whole <= input.size() && *whole <= header_bytes_max, "a head ends within its limit");
  const auto block = input.substr(0, *whole);
  accepted_head made;
  if (!parse_head(block, made)) check_accepted(block, made);
}

}  // namespace pulse::fuzz

#include "base/percent.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/pct_string_view.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

namespace pulse::base {

namespace urls = boost::urls;

std::string percent_encoded(std::string_view text, std::string_view kept) {
  const auto stays = [kept](char c) noexcept {
    return urls::unreserved_chars(c) || kept.find(c) != std::string_view::npos;
  };
  return urls::encode(text, urls::grammar::lut_chars{stays});
}

bool percent_decode(std::string_view raw, plus_sign plus, std::string& out) {
  const auto checked = urls::make_pct_string_view(raw);
  if (!checked) return false;
  urls::encoding_opts options;
  options.space_as_plus = plus == plus_sign::space;
  checked->decode(options, urls::string_token::assign_to(out));
  return true;
}

std::string percent_decoded(std::string_view typed) {
  std::string decoded;
  return percent_decode(typed, plus_sign::literal, decoded) ? decoded : std::string{typed};
}

}  // namespace pulse::base

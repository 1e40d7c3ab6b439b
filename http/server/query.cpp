#include "http/server/query.hpp"

#include "base/percent.hpp"
#include "base/text.hpp"

namespace pulse::http::server {

std::string_view to_sentence(query_problem problem) {
  switch (problem) {
    case query_problem::bad_escape: return "The query has a '%' that is not followed by two hexadecimal digits.";
    case query_problem::not_text: return "The query is not valid UTF-8 without NUL.";
    case query_problem::too_many: return "The query has more than 100 parameters.";
  }
  return "The query is malformed.";
}

base::result<query_parameters, query_problem> parse_query(std::string_view raw) {
  query_parameters parameters;
  while (!raw.empty()) {
    const auto end = raw.find('&');
    const auto piece = raw.substr(0, end);
    raw = end == std::string_view::npos ? std::string_view{} : raw.substr(end + 1);
    if (piece.empty()) continue;
    if (parameters.size() == query_parameters_max) return query_problem::too_many;

    const auto equals = piece.find('=');
    const auto value = equals == std::string_view::npos ? std::string_view{} : piece.substr(equals + 1);
    auto& [decoded_name, decoded_value] = parameters.emplace_back();
    if (!base::percent_decode(piece.substr(0, equals), base::plus_sign::space, decoded_name) ||
        !base::percent_decode(value, base::plus_sign::space, decoded_value)) {
      return query_problem::bad_escape;
    }
    if (!base::is_clean_utf8(decoded_name) || !base::is_clean_utf8(decoded_value)) return query_problem::not_text;
  }
  return parameters;
}

}  // namespace pulse::http::server

#include "base/ip_address.hpp"
#include "base/text.hpp"
#include "http/server/client_address.hpp"
#include "http/server/query.hpp"
#include "tests/fuzz/targets.hpp"

namespace pulse::fuzz {

namespace {

void read_query(std::string_view input) {
  const auto read = http::server::parse_query(input);
  if (read.has_error()) return;
  must(read->size() <= http::server::query_parameters_max, "the number of parameters has a limit");
  for (const auto& [name, value] : *read)
    must(base::is_clean_utf8(name) && base::is_clean_utf8(value), "names and values are text");
}

}  // namespace

void client(std::string_view input) {
  read_query(input);
  const auto proxy = base::ip_address::parse("10.0.0.1");
  const std::vector<base::ip_network> trusted{*base::ip_network::parse("10.0.0.0/8")};
  const auto line = input.find('\n');
  http::server::request asked;
  asked.headers.push_back({"x-forwarded-for", std::string{input.substr(0, line)}});
  if (line != input.npos) asked.headers.push_back({"forwarded", std::string{input.substr(line + 1)}});
  const auto found = http::server::client_address(asked, proxy, trusted);
  must(base::ip_address::parse(found).has_value(), "a client has an address, whatever its headers say");
  const auto stranger = base::ip_address::parse("192.0.2.7");
  must(http::server::client_address(asked, stranger, trusted) == "192.0.2.7", "nobody but a trusted proxy is believed");
}

}  // namespace pulse::fuzz

// The cookies that bind what somebody has begun to their browser.
#include "http/auth/host_cookies.hpp"

#include <catch2/catch.hpp>

using namespace pulse;
using http::addresses;
using http::host_cookie;
using http::same_site;

namespace {

constexpr host_cookie state{"pulse_state", same_site::lax};
constexpr host_cookie challenge{"pulse_challenge", same_site::strict};

std::string found(const addresses& seen_at, std::string sent) {
  http::server::request asked;
  asked.headers.push_back({"cookie", std::move(sent)});
  return state.find(asked, seen_at).value_or("none");
}

}  // namespace

TEST_CASE("over https a cookie is of this host alone by its name, and one that a neighbour has planted is none") {
  const addresses secure{"https://pulse.example.org/below", "https://pulse.example.org"};  // asvs: 3.3.1 3.3.3
  const auto kept = state.keep(secure, "abc", std::chrono::minutes{10});
  CHECK(kept.name == "set-cookie");
  CHECK(kept.value == "__Host-pulse_state=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=600; Secure");
  CHECK(challenge.forget(secure).value ==
        "__Host-pulse_challenge=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0; Secure");
  CHECK(found(secure, "other=1; __Host-pulse_state=abc") == "abc");
  // Without the prefix it may come from whoever sets cookies for example.org, or from a page by http.
  CHECK(found(secure, "pulse_state=planted") == "none");
  CHECK(found(secure, "__Secure-pulse_state=planted") == "none");
}

TEST_CASE("without https, where no browser takes the prefix, the name has none") {
  const addresses plain{"http://localhost:8000", "http://localhost:8000"};
  CHECK(state.keep(plain, "abc", std::chrono::minutes{10}).value ==
        "pulse_state=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=600");
  CHECK(found(plain, "pulse_state=abc") == "abc");
  CHECK(found(plain, "__Host-pulse_state=abc") == "none");
}

#include "domain/publishing/delivery_decision.hpp"

#include <catch2/catch.hpp>

using namespace pulse::domain;

TEST_CASE("a person decides about what is unconfirmed, and about what is late and asked about, and nothing else") {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<delivery_state>>([](auto entry) {
    INFO(entry.name);
    const delivery_state state = entry.value;
    CHECK(possible_decisions(state, false).size() == (state == delivery_state::unconfirmed ? 3 : 0));
  });
  CHECK(possible_decisions(delivery_state::waiting, true) ==
        std::vector<delivery_decision>{delivery_decision::send, delivery_decision::skip});
}

TEST_CASE("a post's id at the platform is the end of its address") {
  CHECK(external_id_of("https://x.com/acme/status/1790000000000000001") == "1790000000000000001");
  CHECK(external_id_of("https://x.com/acme/status/179?s=20#top") == "179");
  CHECK(external_id_of("https://www.instagram.com/p/DAbc123/") == "DAbc123");
  CHECK(external_id_of("https://www.linkedin.com/feed/update/urn:li:share:7000000000000000000/") ==
        "urn:li:share:7000000000000000000");
  CHECK(external_id_of("https://example.org") == "https://example.org");
  CHECK(external_id_of("https://example.org/") == "https://example.org/");
  CHECK(external_id_of("https://example.org/?p=5") == "https://example.org/?p=5");
}

#include "domain/people/guessing.hpp"

#include <catch2/catch.hpp>

using namespace pulse::domain;
using std::chrono::seconds;

TEST_CASE("mistyping costs nothing, and guessing on takes ever longer, up to a limit") {
  CHECK(delay_after(0) == seconds{0});
  CHECK(delay_after(free_guesses - 1) == seconds{0});
  CHECK(delay_after(free_guesses) == seconds{1});
  CHECK(delay_after(free_guesses + 3) == seconds{8});
  CHECK(delay_after(1'000'000) == guess_delay_max);
  for (int i = 0; i < 100; ++i) CHECK(delay_after(i) <= delay_after(i + 1));
}

TEST_CASE("one network makes fewer than seventy guesses at one account in a day") {  // asvs: 6.3.1
  seconds passed{0};
  int guesses = 0;
  while (passed < std::chrono::hours{24}) passed += delay_after(++guesses);
  CHECK(guesses < 70);
}

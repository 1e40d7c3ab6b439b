#include "domain/text/similarity.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "tests/support/random_case.hpp"

namespace pulse::domain {

namespace {

/// The exact share of common pieces, by another way than the signature.
double exact(const std::string& a, const std::string& b) {
  const auto pieces = [](const std::string& text) {
    std::set<std::string> made;
    const auto padded = " " + normalized(text) + " ";
    for (std::size_t i = 0; i + 3 <= padded.size(); ++i) made.insert(padded.substr(i, 3));
    return made;
  };
  const auto of_a = pieces(a);
  const auto of_b = pieces(b);
  std::size_t both = 0;
  for (const auto& each : of_a) both += of_b.count(each);
  return static_cast<double>(both) / static_cast<double>(of_a.size() + of_b.size() - both);
}

}  // namespace

TEST_CASE("case, accents, punctuation and links make no other text") {
  CHECK(normalized("Café  au LAIT!!! https://example.com/x?y=1 …") == "cafe au lait");
  CHECK(normalized("ＡＢＣ") == "abc");
  CHECK(normalized(" \n ").empty());
  CHECK(similarity_of(signature_of("Winter tyres are here."), signature_of("WINTER TYRES — are here!")) == 1.0);
}

TEST_CASE("a signature estimates the exact similarity") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  double off = 0;
  for (int round = 0; round < 200; ++round) {
    std::string a;
    for (int i = 0; i < 40; ++i) a += static_cast<char>('a' + random.between(0, 25)), a += i % 6 == 5 ? " " : "";
    auto b = a;
    for (auto n = random.between(0, 20); n > 0; --n) b[random.between<std::size_t>(0, b.size() - 1)] = 'z';
    const auto estimate = similarity_of(signature_of(a), signature_of(b));
    off += std::abs(estimate - exact(a, b));
  }
  CHECK(off / 200 < 0.06);
}

TEST_CASE("alike texts share a band and unlike ones hardly ever do") {
  const auto share = [](const std::string& a, const std::string& b) {
    const auto of_a = bands_of(signature_of(a));
    const auto of_b = bands_of(signature_of(b));
    return std::any_of(of_a.begin(), of_a.end(),
                       [&](auto band) { return std::find(of_b.begin(), of_b.end(), band) != of_b.end(); });
  };
  CHECK(share("Our winter tyre guide is out: ten tips for wet leaves and black ice.",
              "Our winter tyre guide is out! Ten tips for wet leaves and for black ice"));
  CHECK_FALSE(share("Our winter tyre guide is out: ten tips for wet leaves and black ice.",
                    "Meet the team behind the annual dealer day in Rotterdam."));
}

}  // namespace pulse::domain

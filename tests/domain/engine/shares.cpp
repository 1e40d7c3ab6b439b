#include "domain/engine/shares.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/support/random_case.hpp"

namespace pulse::domain {
namespace {

base::uuid node(int number) { return base::uuid_from_name("node" + std::to_string(number)); }

/// Nodes that hand tenants over until none wants to; what each has then.
class cluster {
 public:
  explicit cluster(std::vector<int> tenants) : tenants_(std::move(tenants)), of_(tenants_.size()) {}

  std::vector<int> settle() {
    for (int round = 0; round < 100; ++round) {
      renew();
      bool any = false;
      for (std::size_t each = 0; each < tenants_.size(); ++each) any = hand_over(each) || any;
      if (!any) return tenants_;
    }
    FAIL("the nodes never come to rest");
    return {};
  }
  int handed() const { return handed_; }

 private:
  void renew() {
    for (std::size_t me = 0; me < tenants_.size(); ++me) {
      std::vector<node_share> others;
      for (std::size_t each = 0; each < tenants_.size(); ++each) {
        if (each != me) others.push_back({node(static_cast<int>(each)), tenants_[each]});
      }
      of_[me].hear(std::move(others));
    }
  }

  bool hand_over(std::size_t from) {
    bool any = false;
    while (const auto to = of_[from].receiver(tenants_[from])) {
      for (std::size_t each = 0; each < tenants_.size(); ++each)
        tenants_[each] += node(static_cast<int>(each)) == *to ? 1 : 0;
      --tenants_[from];
      of_[from].handed_to(*to);
      ++handed_;
      any = true;
    }
    return any;
  }

  std::vector<int> tenants_;
  std::vector<shares> of_;
  int handed_ = 0;
};

}  // namespace

TEST_CASE("a node that joins is given its share, and nothing is handed over twice") {
  cluster two{{9, 0}};
  CHECK(two.settle() == std::vector{5, 4});
  CHECK(two.handed() == 4);
  cluster three{{100, 100, 0}};
  const auto after = three.settle();
  for (const int each : after) CHECK((each >= 66 && each <= 68));
  CHECK(three.handed() <= 68);
}

TEST_CASE("small differences stay as they are, and one tenant is never handed around") {
  CHECK(cluster{{1, 0}}.settle() == std::vector{1, 0});
  CHECK(cluster{{100, 80}}.settle() == std::vector{100, 80});
  CHECK(cluster{{5, 4, 4}}.settle() == std::vector{5, 4, 4});
  CHECK(cluster{{7}}.settle() == std::vector{7});
}

TEST_CASE("whatever the shares, the nodes come to rest, none is left far behind, and no tenant gets lost") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 500; ++round) {
    std::vector<int> tenants;
    int all = 0;
    for (int nodes = random.between(1, 6); nodes > 0; --nodes) all += tenants.emplace_back(random.between(0, 60));
    const auto after = cluster{tenants}.settle();
    int left = 0;
    for (const int each : after) left += each;
    CHECK(left == all);
    const auto [least, most] = std::minmax_element(after.begin(), after.end());
    // Who has no more than its share hands nothing over: of 15, 15, 15, 15, 15 and 10 each share is 15 (rounded up),
    // and all stays.
    const auto nodes = static_cast<int>(after.size());
    const int share = (all + nodes - 1) / nodes;
    CHECK((*most <= share || *most - *least <= std::max(shares::least_difference, *most / 4 + 1)));
  }
}

TEST_CASE("what a node said before it was handed something hands nothing more over") {
  shares of;
  of.hear({{node(1), 0}});
  int own = 8;
  while (const auto to = of.receiver(own)) {
    of.handed_to(*to);
    --own;
  }
  CHECK(own == 4);
  for (int i = 0; i < shares::renewals_heard; ++i) {
    of.hear({{node(1), 0}});  // it may not have renewed since
    CHECK_FALSE(of.receiver(own));
  }
  of.hear({{node(1), 0}});  // by now it has, and runs none
  CHECK(of.receiver(own));
}

}  // namespace pulse::domain

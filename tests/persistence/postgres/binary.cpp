#include <functional>

#include <catch2/catch.hpp>

#include "tests/persistence/postgres/connection_fixture.hpp"
#include "tests/support/catch_result.hpp"

namespace pulse::persistence {

enum class mood { calm, cross };
BOOST_DESCRIBE_ENUM(mood, calm, cross)

/// One row of a batch, with every type that a column of one may have.
struct sample {
  base::uuid id;
  base::timestamp at;
  std::optional<base::timestamp> until;
  std::int64_t large = 0;
  int small = 0;
  std::string text;
  std::optional<std::string> perhaps;
  std::optional<mood> how;
  boost::json::object written;

  friend bool operator==(const sample&, const sample&) = default;
};
BOOST_DESCRIBE_STRUCT(sample, (), (id, at, until, large, small, text, perhaps, how, written))

namespace {

using namespace std::chrono_literals;

constexpr statement unnest_samples{
    "unnest_samples",
    "SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::bigint[], $5::integer[], $6::text[], "
    "$7::text[], $8::text[], $9::json[]) AS i (id, at, until, large, small, text, perhaps, how, written)"};

struct open_database : open_connection {
  rows echo(const std::vector<sample>& all) {
    return run(unnest_samples, binary_column{all, &sample::id}, binary_column{all, &sample::at},
               binary_column{all, &sample::until}, binary_column{all, &sample::large},
               binary_column{all, &sample::small}, binary_column{all, &sample::text},
               binary_column{all, &sample::perhaps}, binary_column{all, &sample::how},
               binary_column{all, [](const sample& each) { return json_text{boost::json::serialize(each.written)}; }});
  }
};

std::vector<sample> two_samples() {
  const base::timestamp now{1'795'564'800'123'456us};
  return {
      {base::new_uuid(now), now, now + 1us, -9'000'000'000, -7, "größer, \"so\" {a}\\", "", mood::cross, {{"a", 1}}},
      {base::uuid{}, base::timestamp{-1us}, std::nullopt, 0, 2'000'000'000, "", std::nullopt, std::nullopt, {}}};
}

}  // namespace

TEST_CASE("a batch in binary columns arrives as it was") {
  open_database its;
  const auto sent = two_samples();
  CHECK(its.echo(sent).all<sample>() == sent);
  CHECK(its.echo({}).all<sample>().empty());
}

TEST_CASE("jsonb travels in a binary column") {
  open_database its;
  constexpr statement pick{"pick_of_jsonb", "SELECT d ->> 'k' FROM unnest($1::jsonb[]) AS i (d) ORDER BY 1 NULLS LAST"};
  const std::vector<std::optional<jsonb_text>> sent{jsonb_text{R"({"k": "v"})"}, std::nullopt};
  const auto got = its.run(pick, binary_column{sent, std::identity{}});
  REQUIRE(got.size() == 2);
  CHECK(got.get<std::string>(0, 0) == "v");
  CHECK_FALSE(got.get<std::optional<std::string>>(1, 0));
}

TEST_CASE("SQL that names another type than the binary column has is a bug") {
  open_database its;
  const std::vector<int> numbers{1};
  constexpr statement wider{"wider", "SELECT * FROM unnest($1::bigint[])"};
  CHECK(failure_of_action([&] { its.run(wider, binary_column{numbers, std::identity{}}); }).kind == failure_kind::bug);
}

TEST_CASE("NUL in the text of a binary column is refused before it is sent") {
  const std::vector<std::string> texts{std::string{"a\0b", 3}};
  CHECK(failure_of_action([&] { binary_column{texts, std::identity{}}; }).kind == failure_kind::bug);
}

}  // namespace pulse::persistence

// Every SQL type that statements give, from a real server, read into every C++ type that takes it, and into none that
// does not.
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "domain/people/credentials.hpp"
#include "tests/persistence/postgres/connection_fixture.hpp"
#include "tests/support/catch_result.hpp"

namespace pulse::persistence {

enum class tide { low, high };
BOOST_DESCRIBE_ENUM(tide, low, high)

struct buoy {
  std::string name;
  std::optional<int> depth;

  friend bool operator==(const buoy&, const buoy&) = default;
};
BOOST_DESCRIBE_STRUCT(buoy, (), (name, depth))

namespace {

/// A statement for each expression, whose only column is called "it".
struct asking : open_connection {
  rows ask(const std::string& expression) {
    const auto made = std::to_string(made_++);
    const auto& name = texts_.emplace_back("asking_" + made);
    const auto& sql = texts_.emplace_back("SELECT " + expression + " AS it");
    return run(statement{name, sql});
  }

  template <class T>
  T value(const std::string& expression) {
    INFO(expression);
    return ask(expression).get<T>(0, 0);
  }

  /// The sentence that a reader of another type gets.
  template <class T>
  std::string refusal(const std::string& expression) {
    INFO(expression);
    const auto found = ask(expression);
    const auto why = failure_of_action([&] { found.get<T>(0, 0); });
    CHECK(why.kind == failure_kind::bug);
    return why.detail;
  }

 private:
  std::deque<std::string> texts_;  // a statement's name and text outlive its use
  int made_ = 0;
};

std::string refused(std::string_view sql_type, std::string_view cpp_type) {
  return "the column \"it\" (" + std::string{sql_type} + ") cannot be read as " + std::string{cpp_type};
}

}  // namespace

TEST_CASE("booleans are read as bool, and nothing else is") {
  asking its;
  CHECK(its.value<bool>("true"));
  CHECK_FALSE(its.value<bool>("false"));
  CHECK(its.refusal<bool>("1") == refused("integer", "bool"));
  CHECK(its.refusal<bool>("'t'::text") == refused("text", "bool"));
  CHECK(its.refusal<int>("true") == refused("boolean", "int"));
}

TEST_CASE("integers of every width are read as any integer that holds their value") {
  asking its;
  CHECK(its.value<std::int16_t>("(-32768)::smallint") == std::numeric_limits<std::int16_t>::min());
  CHECK(its.value<int>("(-32768)::smallint") == -32768);
  CHECK(its.value<int>("2147483647") == std::numeric_limits<int>::max());
  CHECK(its.value<int>("(-2147483648)::integer") == std::numeric_limits<int>::min());
  CHECK(its.value<std::int64_t>("(-1)::integer") == -1);
  CHECK(its.value<std::int64_t>("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
  CHECK(its.value<std::int64_t>("(-9223372036854775808)::bigint") == std::numeric_limits<std::int64_t>::min());
  CHECK(its.value<int>("count(*)") == 1);
  CHECK(its.refusal<int>("2147483648") == refused("bigint", "int"));
  CHECK(its.refusal<std::uint32_t>("-1") == refused("integer", "unsigned int"));
  CHECK(its.refusal<int>("1::numeric") == refused("numeric", "int"));
  CHECK(its.refusal<int>("sum(1::bigint)") == refused("numeric", "int"));
  // As the compiler spells it: "long int", or "long".
  CHECK(its.refusal<std::int64_t>("'1'::text") == refused("text", base::type_name<std::int64_t>()));
  CHECK(its.refusal<int>("1::float8") == refused("double precision", "int"));
}

TEST_CASE("floating numbers are read as double to the last bit") {
  asking its;
  CHECK(its.value<double>("0.1::float8") == 0.1);
  CHECK(its.value<double>("1.5::float4") == 1.5);
  CHECK(its.value<double>("'-Infinity'::float8") == -std::numeric_limits<double>::infinity());
  CHECK(std::isnan(its.value<double>("'NaN'::float4")));
  CHECK(its.value<double>("1.7976931348623157e308::float8") == std::numeric_limits<double>::max());
  CHECK(its.refusal<double>("1.5") == refused("numeric", "double"));
  CHECK(its.refusal<double>("1") == refused("integer", "double"));
}

TEST_CASE("text is read from every type that is text, and from no other") {
  asking its;
  for (const auto* text : {"''::text", "''::varchar(3)", "''::varchar"}) CHECK(its.value<std::string>(text).empty());
  CHECK(its.value<std::string>("'größer {\"a\\'") == "größer {\"a\\");
  CHECK(its.value<std::string>("'ab'::character(3)") == "ab ");
  CHECK(its.value<std::string>("'a name'::name") == "a name");
  CHECK(its.value<base::text<1, 5>>("'abc'::varchar").value == "abc");
  CHECK(its.value<domain::email_address>("'ada@example.com'::text").value == "ada@example.com");
  CHECK(its.value<tide>("'high'::text") == tide::high);
  CHECK(its.refusal<tide>("'ebb'::text") == refused("text", "tide"));
  CHECK(its.refusal<std::string>("1") == refused("integer", "basic_string"));
  CHECK(its.refusal<std::string>("now()") == refused("timestamptz", "basic_string"));
  CHECK(its.refusal<std::string>("gen_random_uuid()") == refused("uuid", "basic_string"));
  CHECK(its.refusal<std::string>("'2026-12-01'::date") == refused("date", "basic_string"));
  CHECK(its.refusal<std::string>("'10.0.0.1'::inet") == refused("inet", "basic_string"));
  CHECK(its.refusal<std::string>("'a'::bytea") == refused("bytea", "basic_string"));
  CHECK(its.refusal<std::string>("'a'::tsvector") == refused("type 3614", "basic_string"));
  CHECK(its.value<std::string>("'2026-12-01'::date::text") == "2026-12-01");
  CHECK(its.value<std::string>("host('10.0.0.1'::inet)") == "10.0.0.1");
}

TEST_CASE("UUIDs are read from uuid only") {
  asking its;
  const auto id = *base::parse_uuid("01890a5d-ac96-774b-bcce-b302099a8057");
  CHECK(its.value<base::uuid>("'01890a5d-ac96-774b-bcce-b302099a8057'::uuid") == id);
  CHECK(its.refusal<base::uuid>("'01890a5d-ac96-774b-bcce-b302099a8057'::text") == refused("text", "uuid"));
}

TEST_CASE("times are read from timestamptz only, of the years that can be written down") {
  asking its;
  const auto at = [](std::string_view text) { return *base::parse_timestamp(text); };
  CHECK(its.value<base::timestamp>("'2026-11-22 09:30:00.123456+01'::timestamptz") ==
        at("2026-11-22T08:30:00.123456Z"));
  CHECK(its.value<base::timestamp>("'1999-12-31 23:59:59.999999+00'::timestamptz") ==
        at("1999-12-31T23:59:59.999999Z"));
  CHECK(its.value<base::timestamp>("'0001-01-01 00:00:00+00'::timestamptz") == at("0001-01-01T00:00:00Z"));
  CHECK(its.value<base::timestamp>("'9999-12-31 23:59:59.999999+00'::timestamptz") ==
        at("9999-12-31T23:59:59.999999Z"));
  for (const auto* beyond : {"'infinity'", "'-infinity'", "'10000-01-01 00:00:00+00'", "'0001-12-31 23:59:59+00 BC'",
                             "'294276-12-31 23:59:59+00'", "'4713-01-01 00:00:00+00 BC'"}) {
    CHECK(its.refusal<base::timestamp>(std::string{beyond} + "::timestamptz") == refused("timestamptz", "time_point"));
  }
  CHECK(its.refusal<base::timestamp>("now()::timestamp") == refused("timestamp", "time_point"));
  CHECK(its.refusal<base::timestamp>("now()::date") == refused("date", "time_point"));
  CHECK(its.refusal<base::timestamp>("now()::text") == refused("text", "time_point"));
}

TEST_CASE("bytes are read from bytea only") {
  asking its;
  CHECK(its.value<bytes>("''::bytea").value.empty());
  CHECK(its.value<bytes>("'\\x00ff5c78'::bytea").value == std::string{"\0\xff\\x", 4});
  CHECK(its.refusal<bytes>("'\\x00ff'::text") == refused("text", "bytes"));
}

TEST_CASE("documents are read from json and jsonb only") {
  asking its;
  const boost::json::value list{1, "zwei", nullptr};
  for (const std::string type : {"::json", "::jsonb"}) {
    CHECK(its.value<boost::json::value>("'[1, \"zwei\", null]'" + type) == list);
    CHECK(its.value<boost::json::value>("'null'" + type).is_null());
    CHECK(its.value<boost::json::object>("'{\"a\": {}}'" + type) == boost::json::object{{"a", boost::json::object{}}});
    CHECK(its.value<buoy>("'{\"name\": \"b\", \"depth\": 3}'" + type) == buoy{"b", 3});
    CHECK(its.value<std::vector<buoy>>("'[{\"name\": \"c\", \"depth\": null}]'" + type) == std::vector{buoy{"c", {}}});
    CHECK(its.value<std::map<std::string, std::string>>("'{\"a\": \"b\"}'" + type).at("a") == "b");
    CHECK(its.value<std::string>("'{\"a\": 1}'" + type) == "{\"a\": 1}");
    CHECK(its.refusal<boost::json::object>("'[]'" + type).ends_with("cannot be read as object"));
    CHECK(its.refusal<buoy>("'{\"depth\": 3}'" + type).ends_with("cannot be read as buoy"));
  }
  CHECK(its.refusal<boost::json::value>("'{}'::text") == refused("text", "value"));
  CHECK(its.refusal<buoy>("'{\"name\": \"b\"}'::text") == refused("text", "buoy"));
}

TEST_CASE("lists are read from one-dimensional arrays, with NULL where an optional takes it") {
  asking its;
  CHECK(its.value<std::vector<int>>("ARRAY[3, -1]") == std::vector{3, -1});
  CHECK(its.value<std::vector<std::int64_t>>("ARRAY[3, -1]::smallint[]") == std::vector<std::int64_t>{3, -1});
  CHECK(its.value<std::vector<int>>("ARRAY[]::bigint[]").empty());
  CHECK(its.value<std::vector<bool>>("ARRAY[true, false]") == std::vector{true, false});
  CHECK(its.value<std::vector<double>>("ARRAY[0.1]::float8[]") == std::vector{0.1});
  CHECK(its.value<std::vector<std::string>>("ARRAY['', 'NULL', 'x,\"y\"\\{}']") ==
        std::vector<std::string>{"", "NULL", "x,\"y\"\\{}"});
  CHECK(its.value<std::vector<std::string>>("ARRAY['a']::varchar[]") == std::vector<std::string>{"a"});
  CHECK(its.value<std::vector<tide>>("ARRAY['low', 'high']") == std::vector{tide::low, tide::high});
  CHECK(its.value<std::vector<base::uuid>>("ARRAY['00000000-0000-0000-0000-000000000000']::uuid[]") ==
        std::vector{base::uuid{}});
  CHECK(its.value<std::vector<base::timestamp>>("ARRAY['2000-01-01 00:00:00+00']::timestamptz[]") ==
        std::vector{*base::parse_timestamp("2000-01-01T00:00:00Z")});
  CHECK(its.value<std::vector<bytes>>("ARRAY['\\x00']::bytea[]") == std::vector{bytes{std::string(1, '\0')}});
  CHECK(its.value<std::vector<boost::json::value>>("ARRAY['1', 'null']::jsonb[]") ==
        std::vector<boost::json::value>{1, nullptr});
  using perhaps = std::vector<std::optional<int>>;
  CHECK(its.value<perhaps>("ARRAY[1, NULL]") == perhaps{1, std::nullopt});
  CHECK(its.value<std::vector<int>>("'[5:6]={7,8}'::integer[]") == std::vector{7, 8});
  CHECK_FALSE(its.value<std::optional<std::vector<int>>>("NULL::integer[]"));

  CHECK(its.refusal<std::vector<int>>("ARRAY[1, NULL]") == refused("integer[]", "vector"));
  CHECK(its.refusal<std::vector<int>>("ARRAY[[1], [2]]") == refused("integer[]", "vector"));
  CHECK(its.refusal<std::vector<int>>("ARRAY['1']") == refused("text[]", "vector"));
  CHECK(its.refusal<std::vector<int>>("ARRAY[1.5]") == refused("numeric[]", "vector"));
  CHECK(its.refusal<std::vector<int>>("1") == refused("integer", "vector"));
  CHECK(its.refusal<int>("ARRAY[1]") == refused("integer[]", "int"));
  CHECK(its.refusal<std::vector<tide>>("ARRAY['ebb']") == refused("text[]", "vector"));
  CHECK(its.refusal<std::vector<std::string>>("'[\"a\"]'::jsonb") == refused("jsonb", "vector"));
  // The bytes of integer[], as a column of another type.
  CHECK(its.refusal<std::vector<int>>("array_send(ARRAY[1])") == refused("bytea", "vector"));
}

TEST_CASE("NULL is read as an optional only, whatever its type") {
  asking its;
  CHECK_FALSE(its.value<std::optional<int>>("NULL::integer"));
  CHECK_FALSE(its.value<std::optional<std::string>>("NULL"));
  CHECK_FALSE(its.value<std::optional<base::timestamp>>("NULL::timestamptz"));
  CHECK(its.value<std::optional<int>>("7") == 7);
  CHECK(its.refusal<int>("NULL::integer") == "the column \"it\" (integer) is NULL and cannot be read as int");
  CHECK(its.refusal<std::string>("NULL") == "the column \"it\" (text) is NULL and cannot be read as basic_string");
  CHECK(its.refusal<std::optional<int>>("'a'::text") == refused("text", "int"));
}

// What no server sends: whoever speaks in its place must not be believed.

namespace {

template <class T>
bool reads(binary_form::sql_type type, std::string_view cell_bytes) {
  T value{};
  return detail::read_cell(detail::cell{type, cell_bytes}, value);
}

std::string big_endian(std::initializer_list<std::uint32_t> numbers) {
  std::string out;
  for (const auto each : numbers) binary_form::write(out, each);
  return out;
}

}  // namespace

TEST_CASE("a cell of another size than its type has is refused") {
  using enum binary_form::sql_type;
  const std::string zeros(17, '\0');
  const auto fitting = [&zeros](auto read) {
    std::vector<std::size_t> sizes;
    for (std::size_t size = 0; size <= zeros.size(); ++size) {
      if (read(std::string_view{zeros}.substr(0, size))) sizes.push_back(size);
    }
    return sizes;
  };
  using sizes = std::vector<std::size_t>;
  CHECK(fitting([](auto cell) { return reads<bool>(boolean, cell); }) == sizes{1});
  CHECK(fitting([](auto cell) { return reads<int>(smallint, cell); }) == sizes{2});
  CHECK(fitting([](auto cell) { return reads<int>(integer, cell); }) == sizes{4});
  CHECK(fitting([](auto cell) { return reads<int>(bigint, cell); }) == sizes{8});
  CHECK(fitting([](auto cell) { return reads<double>(real, cell); }) == sizes{4});
  CHECK(fitting([](auto cell) { return reads<double>(double_precision, cell); }) == sizes{8});
  CHECK(fitting([](auto cell) { return reads<base::timestamp>(timestamptz, cell); }) == sizes{8});
  CHECK(fitting([](auto cell) { return reads<base::uuid>(uuid, cell); }) == sizes{16});
  CHECK_FALSE(reads<std::string>(jsonb, ""));
  CHECK_FALSE(reads<std::string>(jsonb, "\2{}"));
}

TEST_CASE("an array that is cut off, goes on, or counts wrong is refused") {
  constexpr binary_form::sql_type integers{1007};
  constexpr std::uint32_t integer = 23;
  const auto good = big_endian({1, 1, integer, 2, 1, 4, 7, binary_form::null_length});
  using perhaps = std::vector<std::optional<int>>;
  perhaps value;
  REQUIRE(detail::read_cell(detail::cell{integers, good}, value));
  CHECK(value == perhaps{7, std::nullopt});
  for (std::size_t size = 0; size < good.size(); ++size) {
    INFO(size);
    CHECK_FALSE(reads<perhaps>(integers, std::string_view{good}.substr(0, size)));
  }
  CHECK_FALSE(reads<perhaps>(integers, good + '\0'));
  CHECK_FALSE(reads<perhaps>(integers, big_endian({1, 0, integer, 0x7fffffff, 1, 4, 7})));
  CHECK_FALSE(reads<perhaps>(integers, big_endian({1, 0, integer, 1, 1, 5, 7})));
  CHECK_FALSE(reads<perhaps>(integers, big_endian({1, 0, integer + 1, 1, 1, 4, 7})));
  CHECK_FALSE(reads<perhaps>(integers, big_endian({2, 0, integer, 1, 1, 1, 1, 4, 7})));
  CHECK_FALSE(reads<perhaps>(integers, big_endian({0, 0, integer, 0})));
  CHECK(reads<perhaps>(integers, big_endian({0, 0, integer})));
}

}  // namespace pulse::persistence

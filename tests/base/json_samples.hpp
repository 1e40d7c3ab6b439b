// Described structs of every shape, and a list of the problems of a text that is read as one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>
#include <catch2/catch.hpp>

#include "base/json.hpp"

namespace pulse::tests {

using namespace pulse::base;

namespace sample {

enum class mood { calm, delete_ };
BOOST_DESCRIBE_ENUM(mood, calm, delete_)

struct part {
  text<1, 5> name;
  std::int16_t count = 0;
  friend bool operator==(const part&, const part&) = default;
};
BOOST_DESCRIBE_STRUCT(part, (), (name, count))

struct whole_thing {
  std::string title;
  std::optional<std::string> note;
  std::optional<part> extra;
  std::vector<part> parts;
  std::map<std::string, int> counts;
  mood feeling = mood::calm;
  bool open = false;
  double ratio = 0;
  std::uint64_t large = 0;
  uuid id;
  timestamp at;
  friend bool operator==(const whole_thing&, const whole_thing&) = default;
};
BOOST_DESCRIBE_STRUCT(whole_thing, (), (title, note, extra, parts, counts, feeling, open, ratio, large, id, at))

struct told {
  std::optional<int> always;
  pulse::base::omittable<std::string> reason;
  pulse::base::omittable<int> count;
};
BOOST_DESCRIBE_STRUCT(told, (), (always, reason, count))

struct base_part {
  int first = 0;
};
BOOST_DESCRIBE_STRUCT(base_part, (), (first))
struct derived_part : base_part {
  int second = 0;
};
BOOST_DESCRIBE_STRUCT(derived_part, (base_part), (second))

template <class T>
struct one {
  T v{};
};
BOOST_DESCRIBE_STRUCT(one<int>, (), (v))
BOOST_DESCRIBE_STRUCT(one<std::int8_t>, (), (v))
BOOST_DESCRIBE_STRUCT(one<std::uint64_t>, (), (v))
BOOST_DESCRIBE_STRUCT(one<double>, (), (v))
BOOST_DESCRIBE_STRUCT(one<float>, (), (v))
BOOST_DESCRIBE_STRUCT(one<std::string>, (), (v))
BOOST_DESCRIBE_STRUCT(one<boost::json::value>, (), (v))
using counted = std::map<std::string, int>;
using list = std::vector<int>;
using bounded = bounded_int<1, 10>;
using emptied = nullable<int>;
BOOST_DESCRIBE_STRUCT(one<counted>, (), (v))
BOOST_DESCRIBE_STRUCT(one<list>, (), (v))
BOOST_DESCRIBE_STRUCT(one<bounded>, (), (v))
BOOST_DESCRIBE_STRUCT(one<emptied>, (), (v))

}  // namespace sample

using sample::one;
using sample::told;
using sample::whole_thing;

/// What is wrong with `text` as a `T`: "path message" each; nothing when it can be read.
template <class T>
std::vector<std::string> problems(std::string_view text) {
  std::vector<std::string> found;
  const auto value = json::read<T>(text);
  if (value) return found;
  const auto all = value.error();
  for (const auto& problem : all) found.push_back(problem.path + " " + problem.message);
  return found;
}

using lines = std::vector<std::string>;

inline constexpr std::string_view good =
    R"({"title":"T","note":null,"extra":{"name":"x","count":-1},"parts":[{"name":"a","count":1}],
  "counts":{"k":2},"feeling":"delete","open":true,"ratio":0.5,"large":18446744073709551615,
  "id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f","at":"2026-11-22T08:30:00Z"})";

/// `good` with the first `from` replaced.
inline std::string changed(std::string_view from, std::string_view to) {
  std::string text{good};
  const auto at = text.find(from);
  REQUIRE(at != text.npos);
  return text.replace(at, from.size(), to);
}

}  // namespace pulse::tests

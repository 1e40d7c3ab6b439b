#include "base/json.hpp"

#include "tests/fuzz/targets.hpp"

namespace pulse::fuzz {

namespace sample {

enum class mood { calm, cross };
BOOST_DESCRIBE_ENUM(mood, calm, cross)

struct part {
  base::text<1, 5> name;
  std::int16_t count = 0;
};
BOOST_DESCRIBE_STRUCT(part, (), (name, count))

struct everything {
  std::string title;
  std::optional<std::string> note;
  base::omittable<int> rank;
  std::optional<part> extra;
  std::vector<part> parts;
  std::map<std::string, int> counts;
  mood feeling = mood::calm;
  bool open = false;
  double ratio = 0;
  std::uint64_t large = 0;
  std::optional<base::bounded_int<1, 100>> some;
  std::optional<base::uuid> id;
  std::optional<base::timestamp> at;
  std::optional<boost::json::value> any;
};
BOOST_DESCRIBE_STRUCT(everything, (),
                      (title, note, rank, extra, parts, counts, feeling, open, ratio, large, some, id, at, any))

}  // namespace sample

void json(std::string_view input) {
  auto read = base::json::read<sample::everything>(input);
  if (read.has_error()) {
    must(!read.error().empty(), "a refusal says why");
    must(read.error().size() <= base::json::max_problems, "the number of problems has a limit");
    for (const auto& each : read.error()) {
      must(base::is_clean_utf8(each.path) && base::is_clean_utf8(each.message), "a problem is told in text");
    }
    return;
  }
  for (const auto& each : read->parts)
    must(!each.name.value.empty() && base::count_code_points(each.name.value) <= 5, "bounds of texts are kept");
  if (read->some) must(read->some->value >= 1 && read->some->value <= 100, "bounds of numbers are kept");
  // Boost.JSON 1.81 reads some fractions as the double beside the nearest, so these need not come back.
  read->ratio = 0;
  read->any.reset();
  const auto written = base::json::to_json(*read);
  must(base::is_clean_utf8(written), "what is written is text");
  const auto again = base::json::read<sample::everything>(written);
  must(again.has_value(), "what is written is read again");
  must(base::json::to_json(*again) == written, "what is read again is the same");
}

}  // namespace pulse::fuzz

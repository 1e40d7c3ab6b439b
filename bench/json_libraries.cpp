// Boost.JSON beside nlohmann_json: reading and writing one post as the API gives it, in turns. Prints microseconds as
// JSON.
#include <chrono>
#include <iostream>
#include <string>

#include <boost/json.hpp>
#include <nlohmann/json.hpp>

namespace {

constexpr int repetitions = 20'000;

const std::string& post_document() {
  static const std::string text = [] {
    std::string made =
        R"({"id":"01890a5d-ac96-774b-bcce-b302099a8057","project_id":"01890a5d-ac96-774b-bcce-b302099a8058","title":"Hello",)"
        R"("text":"A post of the usual length, with a \"quotation\", a line\nbreak and a caf\u00e9.","variants":[{"platform":"x",)"
        R"("text":"Shorter"},{"platform":"linkedin","text":"A little longer, for LinkedIn"}],"status":"scheduled",)"
        R"("scheduled_at":"2026-11-22T12:00:00Z","created_at":"2026-11-21T12:00:00.123456Z","deliveries":[)";
    for (int i = 0; i < 3; ++i) {
      if (i > 0) made += ',';
      made += R"({"id":"01890a5d-ac96-774b-bcce-b302099a8059","channel_type":"x","state":"waiting","attempt":0,)"
              R"("due_at":"2026-11-22T12:00:00Z","external_url":null,"reason":null})";
    }
    return made + "]}";
  }();
  return text;
}

template <class Action>
double microseconds_each(Action action) {
  const auto begun = std::chrono::steady_clock::now();
  for (int i = 0; i < repetitions; ++i) action();
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begun;
  return took.count() / repetitions;
}

/// What the compiler must not leave out.
volatile std::size_t seen = 0;

}  // namespace

int main() {
  const auto& text = post_document();
  const auto boost_value = boost::json::parse(text);
  const auto other_value = nlohmann::json::parse(text);
  const auto boost_reads = microseconds_each([&] { seen = boost::json::parse(text).as_object().size(); });
  const auto other_reads = microseconds_each([&] { seen = nlohmann::json::parse(text).size(); });
  const auto boost_writes = microseconds_each([&] { seen = boost::json::serialize(boost_value).size(); });
  const auto other_writes = microseconds_each([&] { seen = other_value.dump().size(); });
  std::cout << boost::json::serialize(boost::json::value{{"bytes", text.size()},
                                                         {"boost_json_reads", boost_reads},
                                                         {"nlohmann_json_reads", other_reads},
                                                         {"boost_json_writes", boost_writes},
                                                         {"nlohmann_json_writes", other_writes}})
            << '\n';
}

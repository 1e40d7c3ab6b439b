#include "http/api/openapi.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <set>

#include "tests/http/front_door_fixture.hpp"

using namespace pulse;
using boost::json::object;
using boost::json::value;

namespace {

/// Calls `visit(object)` for every object of the document.
template <class Visitor>
void walk(const value& at, const Visitor& visit) {
  if (const auto* members = at.if_object()) {
    visit(*members);
    for (const auto& member : *members) walk(member.value(), visit);
  } else if (const auto* items = at.if_array()) {
    for (const auto& item : *items) walk(item, visit);
  }
}

enum class colour { red, green_ };
BOOST_DESCRIBE_ENUM(colour, red, green_)

struct inner {
  base::text<1, 10> name;
  std::optional<int> count;
};
BOOST_DESCRIBE_STRUCT(inner, (), (name, count))

struct sample {
  base::uuid id;
  base::timestamp at;
  std::optional<std::string> note;
  std::optional<inner> maybe;
  std::vector<inner> many;
  colour tint = colour::red;
  base::bounded_int<1, 100> size;
  std::map<std::string, bool> flags;
};
BOOST_DESCRIBE_STRUCT(sample, (), (id, at, note, maybe, many, tint, size, flags))

object component(const object& all, std::string_view name) { return all.at(name).as_object(); }

}  // namespace

TEST_CASE("the document of the real table is sound") {  // asvs: 2.1.1
  tests::front_door_fixture front;
  const auto& table = front.door.table();
  CHECK(table.mistakes() == std::vector<std::string>{});
  const auto made = http::make_openapi(table, "1.2.3");
  CHECK(made.clashes == std::vector<std::string>{});
  const value document = made.content;
  CHECK(document.at("openapi") == "3.1.0");
  CHECK(document.at("info").at("version") == "1.2.3");

  SECTION("every reference leads somewhere") {
    walk(document, [&](const object& at) {
      const auto* reference = at.if_contains("$ref");
      if (reference == nullptr) return;
      const std::string target{reference->as_string()};
      INFO(target);
      boost::json::error_code failure;
      CHECK(document.find_pointer(target.substr(1), failure) != nullptr);
    });
  }

  SECTION("every route that is not hidden is there, with an id of its own and its path's parameters") {
    std::set<std::string> ids;
    for (const auto& one : table.routes()) {
      if (one.options.hidden) continue;
      INFO(one.path);
      auto verb = std::string{http::server::to_string(one.method)};
      std::transform(verb.begin(), verb.end(), verb.begin(), [](char c) { return static_cast<char>(c - 'A' + 'a'); });
      const auto& operation = document.at("paths").at(one.path).at(verb).as_object();
      CHECK(ids.insert(std::string{operation.at("operationId").as_string()}).second);
      CHECK_FALSE(operation.at("summary").as_string().empty());
      CHECK(std::string{operation.at("x-permission").as_string()} == base::to_name(one.needs));
      CHECK(operation.at("security").as_array().empty() == (one.needs == domain::permission::public_));
      std::vector<std::string> named;
      if (const auto* parameters = operation.if_contains("parameters")) {
        for (const auto& parameter : parameters->as_array()) {
          const auto* place = parameter.as_object().if_contains("in");
          if (place != nullptr && *place == "path") named.emplace_back(parameter.at("name").as_string());
        }
      }
      CHECK(named == one.path_parameters);
      CHECK(operation.at("responses").as_object().contains(std::to_string(one.options.success)));
    }
  }

  SECTION("what is read refuses unknown fields") {
    CHECK(document.at_pointer("/components/schemas/signup/additionalProperties") == value(false));
    CHECK(document.at_pointer("/components/schemas/signup/properties/password/minLength") == 8);
    CHECK(document.at_pointer("/components/schemas/signup/properties/password/maxLength") == 128);
    CHECK(document.at_pointer("/components/schemas/signup/properties/email/format") == "email");
    CHECK(document.at_pointer("/components/schemas/signup/required") ==
          boost::json::parse(R"(["company_name","email","password"])"));
  }
}

TEST_CASE("the document is served") {
  tests::front_door_fixture front;
  const auto served = front.get("/openapi.json");
  CHECK(served.status() == 200);
  CHECK(served.raw.content_type == "application/json");
  CHECK(served.raw.find("etag").has_value());
  CHECK(served.text("/openapi") == "3.1.0");
  CHECK(front.get("/api/openapi.json").raw.bytes() == served.raw.bytes());
  // For a linter: PULSE_WRITE_OPENAPI=file test_http "the document is served"
  if (const char* file = std::getenv("PULSE_WRITE_OPENAPI")) std::ofstream(file) << served.raw.bytes();
}

TEST_CASE("a schema is made of a described struct") {  // asvs: 15.3.1
  http::schemas all;
  const auto written = all.of<sample>(http::direction::writing);
  CHECK(written == boost::json::parse(R"({"$ref":"#/components/schemas/sample"})"));
  const auto read = all.of<sample>(http::direction::reading);
  CHECK(read == boost::json::parse(R"({"$ref":"#/components/schemas/sample_input"})"));
  CHECK(all.clashes().empty());
  const auto components = all.take();

  const auto output = component(components, "sample");
  CHECK(output.at("required").as_array().size() == 8);
  CHECK_FALSE(output.contains("additionalProperties"));
  const auto& properties = output.at("properties").as_object();
  CHECK(properties.at("id") == boost::json::parse(R"({"type":"string","format":"uuid"})"));
  CHECK(properties.at("at") == boost::json::parse(R"({"type":"string","format":"date-time"})"));
  CHECK(properties.at("note") == boost::json::parse(R"({"type":["string","null"]})"));
  CHECK(properties.at("maybe") ==
        boost::json::parse(R"({"anyOf":[{"$ref":"#/components/schemas/inner"},{"type":"null"}]})"));
  CHECK(properties.at("many") ==
        boost::json::parse(R"({"type":"array","items":{"$ref":"#/components/schemas/inner"}})"));
  CHECK(properties.at("size") == boost::json::parse(R"({"type":"integer","minimum":1,"maximum":100})"));
  CHECK(properties.at("flags") == boost::json::parse(R"({"type":"object","additionalProperties":{"type":"boolean"}})"));
  CHECK(component(components, "colour") ==
        boost::json::parse(R"({"type":"string","enum":["red","green"]})").as_object());

  const auto input = component(components, "sample_input");
  CHECK(input.at("additionalProperties") == value(false));
  CHECK(input.at("required") == boost::json::parse(R"(["id","at","many","tint","size","flags"])"));
  CHECK(component(components, "inner_input").at("required") == boost::json::parse(R"(["name"])"));
}

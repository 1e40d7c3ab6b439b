#include "config/documents.hpp"

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "config/env_file.hpp"
#include "config/names.hpp"
#include "tests/support/temporary_directory.hpp"

using namespace pulse::config;

namespace {

std::string read_source(const std::string& name) {
  const char* root = std::getenv("PULSE_SOURCE_DIR");
  std::ifstream file{std::string{root == nullptr ? "." : root} + "/" + name};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("every setting is declared in full, once") {
  std::set<std::string> names;
  std::set<std::string_view> earlier;
  std::set<std::string_view> groups;
  std::string_view group;
  for (const auto& setting : declarations()) {
    INFO(setting.name);
    CHECK(setting.sentence.ends_with('.'));
    CHECK_FALSE(setting.value.allowed.empty());
    CHECK(setting.value.read);
    for (const auto& name : names_of(setting)) CHECK(names.insert(name.text).second);
    // Groups are not scattered.
    if (setting.group != group) CHECK(groups.insert(setting.group).second);
    group = setting.group;
    // A default is allowed, and refers to settings above it only.
    const auto open = setting.default_text.find('{');
    if (open != std::string_view::npos) {
      CHECK(earlier.contains(setting.default_text.substr(open + 1, setting.default_text.find('}') - open - 1)));
    } else if (setting.absent == when_absent::takes_default) {
      settings into;
      CHECK(setting.value.read(setting.default_text, into));
    }
    if (setting.absent == when_absent::generated) CHECK(setting.visible == shown::never);
    if (!setting.example.empty()) {
      settings into;
      CHECK(setting.value.read(setting.example, into));
    }
    earlier.insert(setting.name);
  }
  for (const auto name : names_not_used_yet()) CHECK(names.insert(std::string{name}).second);
}

TEST_CASE("every setting is in the help, the example and the tables") {  // asvs: 13.1.1
  const auto help = settings_help();
  const auto example = env_example();
  const auto tables = settings_tables();
  for (const auto& setting : declarations()) {
    INFO(setting.name);
    CHECK(help.find("\n  " + std::string{setting.name}) != help.npos);
    CHECK(example.find("\n# " + std::string{setting.name} + "=") != example.npos);
    CHECK(tables.find("| `" + std::string{setting.name} + "`") != tables.npos);
    if (setting.other_name.empty()) continue;
    for (const auto* text : {&help, &example, &tables}) CHECK(text->find(setting.other_name) != text->npos);
  }
}

TEST_CASE("lines of the help fit a terminal, unless one word alone does not") {
  constexpr std::size_t terminal_columns = 100;
  constexpr std::size_t long_word = 60;  // a list of permissions has no place to break
  std::istringstream text{settings_help()};
  for (std::string line; std::getline(text, line);) {
    INFO(line);
    const auto last_word = line.size() - (line.rfind(' ') + 1);
    CHECK((line.size() <= terminal_columns || last_word > long_word));
  }
}

TEST_CASE("the example is a valid .env, as it is and with its marks taken off") {
  const auto example = env_example();
  REQUIRE(parse_env(example));
  CHECK(parse_env(example)->empty());
  std::string without_marks;
  std::istringstream stream{example};
  for (std::string line; std::getline(stream, line);) {
    const auto equals = line.find('=');
    const bool is_setting =
        line.starts_with("# ") && equals != line.npos && find_declaration(line.substr(2, equals - 2));
    without_marks += (is_setting ? line.substr(2) : line) + '\n';
  }
  const pulse::support::temporary_directory directory;
  sources from;
  from.environment = {{"PULSE_STATE_DIR", directory.path().string()}};
  from.env_file = directory.write(".env", without_marks);
  const auto loaded = load(from);
  INFO((loaded ? "" : loaded.error().message()));
  REQUIRE(loaded);
  CHECK(loaded->warnings.empty());
}

TEST_CASE("the documents in the tree are the generated ones") {
  INFO("pulse config --example > .env.example, and put `pulse config --tables` into config/README.md");
  CHECK(read_source(".env.example") == env_example());
  CHECK(read_source("config/README.md").find(settings_tables()) != std::string::npos);
}

#include "config/generated_secrets.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

#include "tests/support/temporary_directory.hpp"

using namespace pulse::config;
using pulse::support::temporary_directory;

namespace {

constexpr std::string_view both[] = {"JWT_SECRET_KEY", "TOKEN_ENCRYPTION_KEY"};
constexpr std::string_view one[] = {"JWT_SECRET_KEY"};

}  // namespace

TEST_CASE("secrets are made once and kept for their owner only") {  // asvs: 13.3.2
  const temporary_directory directory;
  const auto state = directory.path() / "deep" / "state";
  const auto first = ensure_generated_secrets(state, both);
  REQUIRE(first);
  CHECK(first->at("JWT_SECRET_KEY").size() == 64);
  CHECK(first->at("JWT_SECRET_KEY") != first->at("TOKEN_ENCRYPTION_KEY"));
  struct stat status {};
  REQUIRE(::stat(generated_secrets_file(state).c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK(*ensure_generated_secrets(state, both) == *first);
  CHECK(*read_generated_secrets(state) == *first);
}

TEST_CASE("a secret that is missing later is added and the others stay") {
  const temporary_directory directory;
  const auto first = ensure_generated_secrets(directory.path(), one);
  const auto second = ensure_generated_secrets(directory.path(), both);
  REQUIRE(second);
  CHECK(second->size() == 2);
  CHECK(second->at("JWT_SECRET_KEY") == first->at("JWT_SECRET_KEY"));
}

TEST_CASE("a half-written file of a process that died is replaced") {
  const temporary_directory directory;
  directory.write("secrets.env.new", "JWT_SECRET_KEY=half");
  const auto made = ensure_generated_secrets(directory.path(), both);
  REQUIRE(made);
  CHECK(made->at("JWT_SECRET_KEY") != "half");
}

TEST_CASE("a damaged file of secrets is reported and not replaced") {
  const temporary_directory directory;
  const auto file = directory.write("secrets.env", "JWT_SECRET_KEY='hunter2\n");
  const auto made = ensure_generated_secrets(directory.path(), both);
  REQUIRE_FALSE(made);
  CHECK(made.error().find(file.string() + " is damaged in line 1") == 0);
  CHECK(made.error().find("hunter2") == std::string::npos);
}

TEST_CASE("a state directory that cannot be made is reported") {
  const temporary_directory directory;
  const auto file = directory.write("taken", "");
  const auto made = ensure_generated_secrets(file / "state", both);
  REQUIRE_FALSE(made);
  CHECK(made.error().find("state") != std::string::npos);
}

TEST_CASE("processes that start at once agree on the secrets") {
  constexpr int processes = 12;
  const temporary_directory directory;
  int start[2];
  int answers[2];
  REQUIRE(::pipe(start) == 0);
  REQUIRE(::pipe(answers) == 0);
  for (int i = 0; i < processes; ++i) {
    if (::fork() != 0) continue;
    ::close(start[1]);
    char ignored = 0;
    (void)!::read(start[0], &ignored, 1);  // returns for all of them at once, when the parent closes its end
    const auto made = ensure_generated_secrets(directory.path(), both);
    const auto line = made ? made->at("JWT_SECRET_KEY") + made->at("TOKEN_ENCRYPTION_KEY") + "\n" : made.error() + "\n";
    (void)!::write(answers[1], line.data(), line.size());
    ::_exit(0);
  }
  ::close(start[0]);
  ::close(start[1]);
  ::close(answers[1]);
  std::string text;
  char part[4096];
  for (auto size = ::read(answers[0], part, sizeof part); size > 0; size = ::read(answers[0], part, sizeof part)) {
    text.append(part, static_cast<std::size_t>(size));
  }
  ::close(answers[0]);
  for (int i = 0; i < processes; ++i) ::wait(nullptr);
  std::multiset<std::string> lines;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);) lines.insert(line);
  REQUIRE(lines.size() == processes);
  CHECK(lines.count(*lines.begin()) == processes);
  CHECK(lines.begin()->size() == 128);
}

#include "tests/support/private_servers.hpp"

#include <libpq-fe.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <utility>

#include "tests/support/folders.hpp"

namespace pulse::tests {

namespace {

std::string shell_word(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return out + "'";
}

/// Runs a shell command and returns its status and what it wrote. The servers it starts must not keep the pipe open, so
/// the script gives them files of their own.
std::pair<int, std::string> shell(const std::string& command) {
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("no process could be made for: " + command);
  std::string output;
  std::array<char, 4096> piece{};
  for (std::size_t n = 0; (n = std::fread(piece.data(), 1, piece.size(), pipe)) > 0;) output.append(piece.data(), n);
  const int status = ::pclose(pipe);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, output};
}

std::string value_of(const std::string& lines, const std::string& name) {
  const auto begin = lines.find(name + "=");
  if (begin == std::string::npos) throw std::runtime_error("private_servers env does not name " + name + ": " + lines);
  const auto start = begin + name.size() + 1;
  return lines.substr(start, lines.find('\n', start) - start);
}

std::filesystem::path new_folder() {
  std::string name = std::filesystem::temp_directory_path() / "pulse-test-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder could be made like " + name);
  // As root the server runs as another user, who must be able to pass through.
  std::filesystem::permissions(name, std::filesystem::perms::others_exec, std::filesystem::perm_options::add);
  return name;
}

const std::string script = source_folder() + "/scripts/private_servers";

/// Where the name of the database stands in one of our URLs: between the last '/' before the '?', and that.
std::pair<std::size_t, std::size_t> name_in(std::string_view url) {
  const auto end = url.find('?');
  const auto begin = url.rfind('/', end) + 1;
  return {begin, end - begin};
}

void execute(const std::string& url, const std::string& sql) {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> connection{PQconnectdb(url.c_str()), &PQfinish};
  const std::unique_ptr<PGresult, decltype(&PQclear)> result{PQexec(connection.get(), sql.c_str()), &PQclear};
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
    throw std::runtime_error(sql + ": " + PQerrorMessage(connection.get()));
  }
}

}  // namespace

private_servers::private_servers() : folder_{new_folder()} {
  run_script("start", "--not-durable --template " + shell_word(build_folder() + "/tests/postgres_template") +
                          " --while " + std::to_string(::getpid()));
  const auto [status, lines] = shell(shell_word(script) + " env " + shell_word(folder_.string()));
  if (status != 0) throw std::runtime_error("private_servers env failed");
  database_url_ = value_of(lines, "DATABASE_URL");
  redis_url_ = value_of(lines, "REDIS_URL");
}

private_servers::~private_servers() {
  shell(shell_word(script) + " stop " + shell_word(folder_.string()) + " --remove 2>&1");
  std::error_code ignored;  // the watcher removes it too
  std::filesystem::remove_all(folder_, ignored);
}

std::string private_servers::new_database(std::string_view like_url) {
  const std::string name = "test_" + std::to_string(++databases_made_);
  std::string pattern = "template0";
  if (!like_url.empty()) {
    const auto [begin, size] = name_in(like_url);
    pattern = like_url.substr(begin, size);
  }
  std::string url = database_url_;
  const auto [begin, size] = name_in(url);
  url.replace(begin, size, "postgres");
  execute(url, "CREATE DATABASE " + name + " TEMPLATE " + pattern);
  url.replace(begin, std::string_view{"postgres"}.size(), name);
  return url;
}

void private_servers::stop(server which) {
  run_script("stop", which == server::postgres ? "--only postgres" : "--only redis");
}

void private_servers::start(server which) {
  run_script("start", which == server::postgres ? "--not-durable --only postgres" : "--only redis");
}

void private_servers::kill(server which) {
  run_script("kill", which == server::postgres ? "--only postgres" : "--only redis");
}

void private_servers::run_script(const std::string& verb, const std::string& options) const {
  const auto [status, output] =
      shell(shell_word(script) + " " + verb + " " + shell_word(folder_.string()) + " " + options + " 2>&1");
  if (status != 0) throw std::runtime_error("private_servers " + verb + ": " + output);
}

private_servers& shared_servers() {
  static private_servers servers;
  return servers;
}

}  // namespace pulse::tests

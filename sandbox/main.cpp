// pulse-sandbox: stand-ins of the platforms, for development and tests. See sandbox/README.md.
#include <pthread.h>
#include <signal.h>

#include <cstdio>
#include <string>
#include <utility>

#include <CLI/CLI.hpp>
#include <spdlog/spdlog.h>

#include "base/time.hpp"
#include "http/server/server.hpp"
#include "sandbox/all.hpp"
#include "sandbox/core/sandbox.hpp"

namespace {

struct arguments {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;
  std::string journal;
};

int serve(const arguments& given) {
  // Blocked before any thread begins, so that only sigwait below receives them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  const pulse::base::system_clock clock;
  pulse::sandbox::sandbox box{clock};
  for (auto& each : pulse::sandbox::all_platforms()) box.add(std::move(each));
  if (const auto problem = box.open(given.journal); !problem.empty()) {
    spdlog::error("{}", problem);
    return 1;
  }
  pulse::http::server::options options;
  options.address = given.host;
  options.port = given.port;
  options.threads = 1;  // the sandbox has no locks
  options.limits.body_bytes = pulse::sandbox::max_body_bytes;
  options.server_name = "pulse-sandbox";
  pulse::http::server::server server{options, [&box](const auto& request) { return box.answer(request); },
                                     &pulse::sandbox::refusal};
  if (const auto problem = server.start(); !problem.empty()) {
    spdlog::error("{}", problem);
    return 1;
  }
  // Scripts wait for this line and read the port from it.
  std::printf("pulse-sandbox listens on http://%s:%u\n", given.host.c_str(), static_cast<unsigned>(server.port()));
  std::fflush(stdout);
  int received = 0;
  sigwait(&signals, &received);
  server.stop();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  arguments given;
  CLI::App app{
      "Stand-ins of the social platforms. They speak the real protocols, keep a journal of all requests, and fail on "
      "demand."};
  app.add_option("--host", given.host, "Address to listen on")->capture_default_str();
  app.add_option("--port", given.port, "Port to listen on; 0 takes any free one")->required();
  app.add_option("--journal", given.journal, "File to append to; the state of earlier runs is rebuilt from it")
      ->required();
  CLI11_PARSE(app, argc, argv);
  return serve(given);
}

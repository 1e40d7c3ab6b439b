// A front door without a server: requests are made by hand and answered on the test's own thread.
#pragma once

#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>

#include "http/front_door.hpp"
#include "http/media_desk.hpp"
#include "tests/support/migrated_database.hpp"
#include "tests/support/temporary_directory.hpp"

namespace pulse::tests {

/// An engine that has heard everything at once.
class deaf_engine final : public actors::engine {
 public:
  void notify(const base::uuid&, std::function<void()> heard) override { heard(); }
};

inline const base::timestamp test_start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};
inline const base::secret test_secret{"a secret of at least thirty-two bytes"};

/// Limits that no test reaches by accident.
inline http::sign_in_limits::options wide_limits() {
  using std::chrono::seconds;
  return {{"login_by_address", 100'000, seconds{60}},  {"guesses_by_account", 100'000, seconds{60}},
          {"signup_by_address", 100'000, seconds{60}}, {"refresh_by_address", 100'000, seconds{60}},
          {"mails_by_address", 100'000, seconds{60}},  {"mails_to_one", 100'000, seconds{60}}};
}

/// An answer, with its body read.
struct answered {
  http::server::response raw;
  boost::json::value body;  // null when it is not JSON

  int status() const { return raw.status; }
  std::string code() const {
    const auto* object = body.if_object();
    const auto* found = object == nullptr ? nullptr : object->if_contains("code");
    return found == nullptr ? std::string{} : std::string{found->as_string()};
  }
  std::string text(std::string_view pointer) const { return std::string{body.at_pointer(pointer).as_string()}; }
};

/// With real servers when it is given their addresses; without, the database and Redis are unreachable.
class front_door_fixture {
 public:
  explicit front_door_fixture(const std::string& database_url = "postgresql://nobody@/none?host=/nonexistent",
                              const std::string& redis_url = "unix:///nonexistent/redis.sock",
                              http::sign_in_limits::options limits = wide_limits(),
                              std::function<void(http::route_table&)> more_routes = {},
                              const std::string& api_url = "http://pulse.test")
      : clock(test_start),
        tokens(test_secret),
        stamps(test_secret),
        measures("test"),
        database({.url = database_url, .connections = 2}),
        redis({.url = redis_url}),
        passwords({.threads = 1, .queue_limit = 64, .memory_kib = 64, .passes = 1, .lanes = 1}),
        secrets(*persistence::secret_box::make({base::secret{"a key for tests"}})),
        media(std::move(*persistence::media::make_folder_store(media_folder.path())),
              persistence::media::find_media_worker(), persistence::media::link_signer{test_secret},
              {.file_bytes_max = 1024 * 1024, .free_bytes_min = 0}),
        services{.database = database,
                 .redis = redis,
                 .passwords = passwords,
                 .clock = clock,
                 .tokens = tokens,
                 .stamps = stamps,
                 .measures = measures,
                 .engine = engine,
                 .secrets = secrets,
                 .version = "0.0.0",
                 .addresses = http::addresses{api_url},
                 .audit_key = &audit_key,
                 .media = &media,
                 .stopping = {}},
        door(services, {.docs_assets = "",
                        .limits = std::move(limits),
                        .pages = [this](const http::server::request& asked,
                                        std::string_view path) -> std::optional<http::server::response> {
                          return pages ? pages(asked, path) : std::nullopt;
                        },
                        .more_routes = std::move(more_routes),
                        .confirming = persistence::standing_confirmer::options{.url = database_url}}) {}

  ~front_door_fixture() { database.stop(); }

  static http::server::request request(http::server::verb method, std::string target, std::string body = {}) {
    http::server::request made;
    made.method = method;
    made.target = std::move(target);
    const auto mark = made.target.find('?');
    made.path = made.target.substr(0, mark);
    if (mark != std::string::npos) made.query = made.target.substr(mark + 1);
    made.body = std::move(body);
    if (!made.body.empty()) made.headers.push_back({"content-type", "application/json"});
    made.id = "test-request";
    made.remote_address = "192.0.2.1";
    made.received_at = std::chrono::steady_clock::now();
    return made;
  }

  answered answer(const http::server::request& asked) {
    std::optional<http::server::response> given;
    auto busy = boost::asio::make_work_guard(io_);
    boost::asio::co_spawn(io_, door.answer(asked), [&](std::exception_ptr thrown, http::server::response response) {
      busy.reset();
      if (thrown) std::rethrow_exception(thrown);
      given = std::move(response);
    });
    io_.restart();
    io_.run();
    return read(std::move(*given));
  }

  static answered read(http::server::response given) {
    answered made{std::move(given), nullptr};
    boost::json::error_code failure;
    auto parsed = boost::json::parse(made.raw.bytes(), failure);
    if (!failure) made.body = std::move(parsed);
    return made;
  }

  /// All parts of an answer that is made while it is sent.
  std::string whole_of(const http::server::response& given) {
    std::string all;
    auto busy = std::make_optional(boost::asio::make_work_guard(io_));
    auto reading = [&]() -> boost::asio::awaitable<void> {
      for (auto part = co_await given.parts(); !part.empty(); part = co_await given.parts()) all += part;
    };
    boost::asio::co_spawn(io_, reading, [&](std::exception_ptr thrown) {
      busy.reset();
      if (thrown) std::rethrow_exception(thrown);
    });
    io_.restart();
    io_.run();
    return all;
  }

  /// All of them at once, on one thread that goes from one to the other while they wait.
  std::vector<answered> answer_together(const std::vector<http::server::request>& asked) {
    std::vector<http::server::response> given(asked.size());
    auto busy = std::make_optional(boost::asio::make_work_guard(io_));
    std::size_t left = asked.size();
    for (std::size_t i = 0; i < asked.size(); ++i) {
      boost::asio::co_spawn(io_, door.answer(asked[i]),
                            [&, i](std::exception_ptr thrown, http::server::response response) {
                              if (--left == 0) busy.reset();
                              if (thrown) std::rethrow_exception(thrown);
                              given[i] = std::move(response);
                            });
    }
    io_.restart();
    io_.run();
    std::vector<answered> made;
    for (auto& each : given) made.push_back(read(std::move(each)));
    return made;
  }

  answered get(std::string target, const std::string& token = {}) {
    return answer(with_token(request(http::server::verb::get, std::move(target)), token));
  }
  answered post(std::string target, std::string body, const std::string& token = {}) {
    return answer(with_token(request(http::server::verb::post, std::move(target), std::move(body)), token));
  }

  static http::server::request with_token(http::server::request asked, const std::string& token) {
    if (!token.empty()) asked.headers.push_back({"authorization", "Bearer " + token});
    return asked;
  }

  /// An access token for someone of this role, in a tenant that exists nowhere. The front door believes for some
  /// seconds that it does.
  std::string token_of(domain::role role) {
    const http::principal who{base::uuid_from_name("tenant"), base::uuid_from_name("member"),
                              base::uuid_from_name("session of " + std::string{base::to_name(role)})};
    door.known().keep(who, {.role = role, .is_active = true, .is_session_live = true}, door.known().changes(),
                      std::chrono::steady_clock::now());
    return tokens.sign(who, clock.now());
  }

  base::manual_clock clock;

 private:
  boost::asio::io_context io_;  // before whose threads wake it, so that it outlives them

 public:
  http::token_signer tokens;
  http::stamp_signer stamps;
  base::signing_key audit_key{test_secret, "tests"};
  http::metrics measures;
  persistence::database database;
  persistence::redis redis;
  persistence::password_hasher passwords;
  deaf_engine engine;
  persistence::secret_box secrets;
  support::temporary_directory media_folder;
  http::media_desk media;
  http::services services;
  /// What is asked where no route is; may be empty.
  std::function<std::optional<http::server::response>(const http::server::request&, std::string_view)> pages;
  http::front_door door;
};

}  // namespace pulse::tests

// Companies and their people on a real PostgreSQL, through the front door.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "persistence/people/mail_outbox.hpp"
#include "tests/http/front_door_fixture.hpp"
#include "tests/http/server/fixture.hpp"

namespace pulse::tests {

struct people_fixture : front_door_fixture {
  static constexpr const char* password = "correct horse battery";
  using verb = http::server::verb;

  quiet_log quiet;
  std::string database_url;
  persistence::database as_engine;

  explicit people_fixture(http::sign_in_limits::options limits = wide_limits())
      : people_fixture(migrated_database(), std::move(limits)) {}
  people_fixture(const std::string& url, http::sign_in_limits::options limits)
      : front_door_fixture(url, shared_servers().redis_url(), std::move(limits)),
        database_url(url),
        as_engine({.url = url, .connections = 1, .as = persistence::role::engine}) {}
  ~people_fixture() { as_engine.stop(); }

  answered sign_up(const std::string& email, const std::string& company = "Acme", const std::string& with = password) {
    return post("/signup",
                R"({"company_name":")" + company + R"(","email":")" + email + R"(","password":")" + with + R"("})");
  }
  static http::server::request log_in_request(const std::string& email, const std::string& with,
                                              const std::string& tenant_id = {}) {
    auto asked = request(verb::post, "/auth/login", R"({"email":")" + email + R"(","password":")" + with + R"("})");
    if (!tenant_id.empty()) asked.headers.push_back({"x-tenant-id", tenant_id});
    return asked;
  }
  answered log_in(const std::string& email, const std::string& with = password, const std::string& tenant_id = {}) {
    return answer(log_in_request(email, with, tenant_id));
  }
  answered log_in_from(const std::string& address, const std::string& email, const std::string& with = password) {
    auto asked = log_in_request(email, with);
    asked.remote_address = address;
    return answer(asked);
  }
  answered refresh(const std::string& token) { return post("/auth/refresh", refresh_body(token)); }
  static std::string refresh_body(const std::string& token) { return R"({"refresh_token":")" + token + R"("})"; }
  answered put(std::string target, std::string body, const std::string& token = {}) {
    return answer(with_token(request(verb::put, std::move(target), std::move(body)), token));
  }
  answered remove(std::string target, const std::string& token = {}) {
    return answer(with_token(request(verb::delete_, std::move(target)), token));
  }

  /// Takes the mails that wait: to whom, and the text.
  std::vector<std::pair<std::string, std::string>> take_mails() {
    namespace outbox = persistence::mail_outbox;
    const auto now = clock.now();
    const auto taken = as_engine.transact_now(std::nullopt, [now](persistence::transaction& tx) {
      auto mails = outbox::take(tx, now, now);
      for (const auto& each : mails) outbox::remove(tx, each);
      return mails;
    });
    std::vector<std::pair<std::string, std::string>> made;
    for (const auto& each : *taken) made.emplace_back(each.recipient, *outbox::open_text(each, secrets));
    return made;
  }
  /// The token of the link in the one mail that waits.
  std::string token_of_mail() {
    const auto mails = take_mails();
    if (mails.size() != 1) return {};
    const auto& text = mails.front().second;
    const auto begin = text.find("#token=") + 7;
    return text.substr(begin, text.find_first_of(" \n", begin) - begin);
  }
  answered verify(const std::string& token, const std::string& with = password) {
    return post("/auth/verify-email", R"({"token":")" + token + R"(","password":")" + with + R"("})");
  }
  /// A second company of the same address, whose owner has confirmed it.
  answered sign_up_again(const std::string& email, const std::string& company, const std::string& with = password) {
    sign_up(email, company, with);
    return verify(token_of_mail(), with);
  }
};

}  // namespace pulse::tests

// Drives the browser of sign-ins at LinkedIn that wait in the database, and says whether this installation does so at
// all. A thread looks, and each sign-in has one: a browser is waited for.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/time.hpp"
#include "connectors/linkedin/browser_login.hpp"
#include "domain/engagement/browser_session.hpp"
#include "persistence/engagement/browser_logins.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::actors {

class browser_login_driver {
 public:
  struct parts {
    persistence::database& database;  // as the engine
    const persistence::secret_box& box;
    const base::clock& clock;
  };
  struct options {
    bool is_on = false;  // the operator's LINKEDIN_BROWSER
    connectors::linkedin::browser_programs programs;
    std::string site;  // LinkedIn's, or the sandbox's
    connectors::linkedin::login_limits limits{};
    int at_once = domain::engagement::logins_at_once;
    std::chrono::milliseconds look_every{2'000};
    std::chrono::milliseconds say_every{60'000};
    std::chrono::milliseconds row_every{400};  // how often a sign-in looks whether a code has come
  };

  /// All parts outlive it. Off, or where a program is missing, it says so and takes nothing.
  browser_login_driver(parts services, options how);
  ~browser_login_driver() { stop(); }
  browser_login_driver(const browser_login_driver&) = delete;
  browser_login_driver& operator=(const browser_login_driver&) = delete;

  /// A sign-in waits. Any thread; never blocks.
  void wake();
  /// Takes nothing new and ends what runs, browsers and all; whoever signs in is told. Blocks until it has.
  void stop();

 private:
  void look_on();
  void say();
  void take();
  void drive(const persistence::browser_logins::taken& one);
  bool is_stopping() const;

  const parts services_;
  const options how_;
  mutable std::mutex mutex_;
  std::condition_variable call_;
  bool stopping_ = false;
  bool is_woken_ = false;
  int next_ = 0;
  std::map<int, std::thread> running_;  // by number
  std::vector<int> over_;               // of those that have ended and are not joined yet
  std::thread looking_;
};

}  // namespace pulse::actors

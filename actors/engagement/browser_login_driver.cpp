#include "actors/engagement/browser_login_driver.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <spdlog/spdlog.h>

#include "base/describe.hpp"

namespace pulse::actors {

namespace {

namespace linkedin = connectors::linkedin;
namespace logins = persistence::browser_logins;
namespace sessions = persistence::browser_sessions;
using domain::engagement::login_failure;
using persistence::transaction;
using steady = std::chrono::steady_clock;

/// The conversation with the member, through their row.
class row_conversation final : public linkedin::login_conversation {
 public:
  row_conversation(const browser_login_driver::parts& services, const logins::taken& of,
                   std::chrono::milliseconds look_every, std::function<bool()> is_stopping)
      : services_{services}, of_{of}, look_every_{look_every}, is_stopping_{std::move(is_stopping)} {}

  void on_code_wanted(bool was_wrong) override {
    auto job = [this, was_wrong](transaction& tx) { return logins::ask_for_code(tx, of_, was_wrong); };
    const auto done = services_.database.transact_now(of_.tenant_id, job);
    if (done.has_value() && !*done) is_wanted_ = false;
  }
  std::optional<std::string> take_code() override { return std::exchange(code_, std::nullopt); }
  bool is_withdrawn() override {
    if (is_stopping_()) return true;
    if (steady::now() < looked_at_ + look_every_) return !is_wanted_;
    looked_at_ = steady::now();
    auto job = [this](transaction& tx) { return logins::look_after(tx, of_, services_.box); };
    // While the database is away the next check tells.
    if (auto found = services_.database.transact_now(of_.tenant_id, job); found.has_value()) {
      if (!found->is_wanted) is_wanted_ = false;
      if (found->code) code_ = std::move(found->code);
    }
    return !is_wanted_;
  }

 private:
  const browser_login_driver::parts& services_;
  const logins::taken& of_;
  const std::chrono::milliseconds look_every_;
  const std::function<bool()> is_stopping_;
  steady::time_point looked_at_ = steady::now();
  bool is_wanted_ = true;
  std::optional<std::string> code_;
};

}  // namespace

browser_login_driver::browser_login_driver(parts services, options how) : services_{services}, how_{std::move(how)} {
  linkedin::clear_leftover_browsers();
  looking_ = std::thread{[this] { look_on(); }};
}

void browser_login_driver::wake() {
  const std::lock_guard lock{mutex_};
  is_woken_ = true;
  call_.notify_all();
}

void browser_login_driver::stop() {
  {
    const std::lock_guard lock{mutex_};
    if (std::exchange(stopping_, true)) return;
    call_.notify_all();
  }
  looking_.join();
  for (auto& [number, each] : running_) each.join();
}

bool browser_login_driver::is_stopping() const {
  const std::lock_guard lock{mutex_};
  return stopping_;
}

void browser_login_driver::look_on() {
  std::optional<steady::time_point> said_at;
  while (!is_stopping()) {
    if (!said_at || steady::now() > *said_at + how_.say_every) {
      say();
      said_at = steady::now();
    }
    if (how_.is_on) take();
    std::unique_lock lock{mutex_};
    call_.wait_for(lock, how_.look_every, [this] { return stopping_ || is_woken_; });
    is_woken_ = false;
  }
}

void browser_login_driver::say() {
  const sessions::adapter word{how_.is_on, how_.is_on ? linkedin::problem_of(how_.programs) : std::string{}};
  if (!word.problem.empty()) spdlog::warn("Nobody can be signed in at LinkedIn by a browser. {}", word.problem);
  services_.database.transact_now(
      std::nullopt, [&word, now = services_.clock.now()](transaction& tx) { sessions::say_adapter(tx, word, now); });
}

void browser_login_driver::take() {
  int free = 0;
  {
    const std::lock_guard lock{mutex_};
    for (const auto number : over_) {
      running_.at(number).join();
      running_.erase(number);
    }
    over_.clear();
    free = how_.at_once - static_cast<int>(running_.size());
  }
  if (free <= 0 || !linkedin::problem_of(how_.programs).empty()) return;
  auto due = services_.database.transact_now(
      std::nullopt, [now = services_.clock.now(), free](transaction& tx) { return logins::take(tx, now, free); });
  if (due.has_error()) return;
  const std::lock_guard lock{mutex_};
  for (auto& each : *due) {
    const int number = next_++;
    running_[number] = std::thread{[this, number, one = std::move(each)] {
      drive(one);
      const std::lock_guard ending{mutex_};
      over_.push_back(number);
    }};
  }
}

void browser_login_driver::drive(const logins::taken& one) {
  row_conversation services{services_, one, how_.row_every, [this] { return is_stopping(); }};
  linkedin::login_end end{login_failure::unexpected};
  if (const auto opened = logins::open(one, services_.box))
    end = linkedin::sign_in(how_.programs, {opened->email, opened->password, how_.site}, how_.limits, services);
  const auto now = services_.clock.now();
  if (end.has_error()) {
    const auto why = end.error();
    spdlog::info("The sign-in {} at LinkedIn failed: {}", base::to_string(one.id), base::to_name(why));
    services_.database.transact_now(one.tenant_id, [&one, why](transaction& tx) { return logins::fail(tx, one, why); });
    return;
  }
  spdlog::info("The sign-in {} at LinkedIn gave a session", base::to_string(one.id));
  const base::timestamp term{now + domain::engagement::session_term};
  const auto expires_at = std::min(end->expires_at.value_or(term), term);
  services_.database.transact_now(one.tenant_id, [&](transaction& tx) {
    return logins::connect(tx, one, {end->li_at, end->jsessionid}, expires_at, services_.box, now);
  });
}

}  // namespace pulse::actors

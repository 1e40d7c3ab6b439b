#include "connectors/linkedin/browser_act.hpp"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include <boost/describe.hpp>

#include "base/describe.hpp"
#include "base/failpoint.hpp"
#include "base/json.hpp"

namespace pulse::connectors::linkedin {

namespace {

using clock = std::chrono::steady_clock;
using domain::outcome;
using domain::outcome_kind;
using domain::reconciliation;
using domain::reconciliation_kind;
using domain::engagement::act_failure;

/// After a stop request, a press that was made may take this long to be answered.
constexpr std::chrono::seconds answer_after_stop{8};

/// The messages to and from browser_worker/.
struct act_message {
  std::string do_ = "act";
  std::string act;  // "make" or "find"
  std::string kind;
  std::string reaction;
  std::string text;
  std::string urn;
  std::string li_at;
  std::string jsessionid;
  std::string base_url;
  std::string browser;
  std::string folder;
  std::int64_t page_ms = 0;
  std::int64_t time_ms = 0;
  bool sandboxed = true;
};
BOOST_DESCRIBE_STRUCT(act_message, (),
                      (do_, act, kind, reaction, text, urn, li_at, jsessionid, base_url, browser, folder, page_ms,
                       time_ms, sandboxed))

struct go_message {
  std::string do_ = "go";
};
BOOST_DESCRIBE_STRUCT(go_message, (), (do_))

enum class word { ready, there, done, found, absent, cannot_know, failed };
BOOST_DESCRIBE_ENUM(word, ready, there, done, found, absent, cannot_know, failed)

struct told {
  word is = word::failed;
  std::optional<act_failure> why;
  std::optional<std::string> id;
};
BOOST_DESCRIBE_STRUCT(told, (), (is, why, id))

/// The worker's last message, or why there is none.
struct act_end {
  told last;
  bool is_pressed = false;

  act_failure why() const { return last.why.value_or(act_failure::unexpected); }
};

/// The conversation with the worker, from its start to its last message.
class conversing {
 public:
  conversing(const act_site& at, const engagement_call& what, const std::function<bool()>& is_stopping)
      : at_{at},
        what_{what},
        is_stopping_{is_stopping},
        time_{std::min(at.limits.time_max, what.timeout)},
        until_{clock::now() + time_} {}

  act_end run(std::string_view act) {
    if (!what_.session || !problem_of(at_.programs).empty()) return ended(act_failure::no_browser);
    const browser_folder folder;
    if (!folder.is_there()) return ended(act_failure::no_browser);
    browser_worker worker{at_.programs};
    if (!worker.limit() || !worker.say(message(act, folder))) return ended(act_failure::no_browser);
    return converse(worker);
  }

 private:
  act_message message(std::string_view act, const browser_folder& folder) const {
    return {.act = std::string{act},
            .kind = std::string{base::to_name(what_.kind)},
            .reaction = std::string{base::to_name(what_.reaction)},
            .text = what_.text,
            .urn = what_.post_urn,
            .li_at = what_.session->li_at.reveal(),
            .jsessionid = what_.session->jsessionid.reveal(),
            .base_url = at_.address,
            .browser = at_.programs.browser.string(),
            .folder = folder.path().string(),
            .page_ms = std::min(at_.limits.page_time, time_).count(),
            .time_ms = time_.count(),
            .sandboxed = ::getuid() != 0};  // Chromium has no sandbox as root
  }

  act_end ended(act_failure why) const { return {{.is = word::failed, .why = why, .id = {}}, is_pressed_}; }

  act_end converse(browser_worker& worker) {
    for (bool is_there = true; is_there;) {
      is_there = worker.hear(at_.limits.look_every);
      while (const auto line = worker.take_line()) {
        auto said = base::json::read<told>(*line);
        if (said.has_error()) return ended(act_failure::unexpected);
        if (said->is != word::ready) return {std::move(*said), is_pressed_};
        if (auto refused = press(worker)) return ended(*refused);
      }
      if (worker.memory() > at_.limits.memory_bytes_max) return ended(act_failure::too_much_memory);
      if (is_stopping_()) {
        if (!is_pressed_) return ended(act_failure::withdrawn);
        until_ = std::min(until_, *(stopped_at_ ? stopped_at_ : stopped_at_ = clock::now()) + answer_after_stop);
      }
      if (clock::now() > until_) return ended(act_failure::timed_out);
    }
    return ended(act_failure::unexpected);
  }

  /// The last moment before anything is sent.
  std::optional<act_failure> press(browser_worker& worker) {
    if (is_pressed_) return act_failure::unexpected;
    if (is_stopping_() || (what_.may_send && !what_.may_send())) return act_failure::withdrawn;
    base::reach(base::failpoint::connected);
    is_pressed_ = true;
    if (!worker.say(go_message{})) return act_failure::unexpected;
    base::reach(base::failpoint::sent);
    return std::nullopt;
  }

  const act_site& at_;
  const engagement_call& what_;
  const std::function<bool()>& is_stopping_;
  const std::chrono::milliseconds time_;
  clock::time_point until_;
  std::optional<clock::time_point> stopped_at_;
  bool is_pressed_ = false;
};

}  // namespace

outcome act(const act_site& at, const engagement_call& what, const std::function<bool()>& is_stopping) {
  const auto end = conversing{at, what, is_stopping}.run("make");
  switch (end.last.is) {
    case word::done: return {.kind = outcome_kind::published};
    case word::there: return {.kind = outcome_kind::duplicate, .reason = "it was there already"};
    case word::ready:
    case word::found:
    case word::absent:
    case word::cannot_know:
    case word::failed: break;
  }
  return domain::engagement::outcome_of(end.why(), what.kind, end.is_pressed);
}

reconciliation look(const act_site& at, const engagement_call& what, const std::function<bool()>& is_stopping) {
  const auto end = conversing{at, what, is_stopping}.run("find");
  switch (end.last.is) {
    case word::found: return {.kind = reconciliation_kind::live, .external_id = end.last.id};
    case word::absent: return {.kind = reconciliation_kind::absent};
    case word::cannot_know: return {.kind = reconciliation_kind::cannot_know};
    case word::ready:
    case word::there:
    case word::done:
    case word::failed: break;
  }
  return domain::engagement::look_of(end.why());
}

void browser_acts::engage(engagement_call what, std::function<void(outcome)> done) {
  const bool is_begun = begin([this, what = std::move(what), done]() -> std::function<void()> {
    return [done, result = act(at_, what, [this] { return is_stopping(); })] { done(result); };
  });
  if (!is_begun) done({.kind = outcome_kind::transient, .reason = "All browsers are busy.", .was_called = false});
}

void browser_acts::find_engagement(engagement_call what, std::function<void(reconciliation)> done) {
  const bool is_begun = begin([this, what = std::move(what), done]() -> std::function<void()> {
    return [done, result = look(at_, what, [this] { return is_stopping(); })] { done(result); };
  });
  if (!is_begun) done({});
}

bool browser_acts::begin(std::function<std::function<void()>()> job) {
  const std::lock_guard lock{mutex_};
  if (stopping_) return false;
  for (const auto number : over_) {
    running_.at(number).join();
    running_.erase(number);
  }
  over_.clear();
  if (busy_ >= at_once_) return false;
  ++busy_;
  const int number = next_++;
  running_[number] = std::thread{[this, number, job = std::move(job)] {
    const auto tell = job();
    {
      // The caller may begin another act as soon as it is told.
      const std::lock_guard ending{mutex_};
      --busy_;
    }
    tell();
    const std::lock_guard ending{mutex_};
    over_.push_back(number);
  }};
  return true;
}

bool browser_acts::is_stopping() const {
  const std::lock_guard lock{mutex_};
  return stopping_;
}

void browser_acts::stop() {
  std::map<int, std::thread> left;
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
    left = std::move(running_);
    running_.clear();
    over_.clear();
  }
  for (auto& [number, each] : left) each.join();
}

}  // namespace pulse::connectors::linkedin

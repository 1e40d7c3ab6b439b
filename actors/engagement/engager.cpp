#include "actors/engagement/engager.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <unordered_set>
#include <utility>

#include <spdlog/spdlog.h>

#include "base/failpoint.hpp"
#include "persistence/engagement/acts.hpp"
#include "persistence/engagement/browser_sessions.hpp"
#include "persistence/publishing/social_accounts.hpp"

namespace pulse::actors {

namespace rows = persistence::acts;
namespace event = domain::engagement_event;
namespace effects = domain::engagement_effect;
using domain::engagement_state;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

struct engager::state : std::enable_shared_from_this<engager::state> {
  state(parts services_, options how_)
      : services(std::move(services_)), how(how_), process(base::new_uuid(services.clock.now())) {}

  const parts services;
  const options how;
  const base::uuid process;  // the fence: what another one wrote is not ours
  std::atomic<bool> stopped{false};
  std::atomic<bool> is_looking{false};
  std::atomic<bool> is_woken{false};
  std::mutex mutex;
  std::unordered_set<base::uuid> in_hand;
  int browsing = 0;

  void go_on();
  void look(std::function<void()> then);
  void take(rows::due_act due);
  void release(const base::uuid& id) {
    const std::lock_guard lock{mutex};
    in_hand.erase(id);
  }
  std::shared_ptr<void> keep_browser();
};

namespace {

/// An act that finds all browsers at work asks again after this.
constexpr std::chrono::seconds browser_pause{2};

/// One act in hand. Each effect that asks somebody has one answer, so its events come one after the other, on whatever
/// thread.
class performing : public std::enable_shared_from_this<performing> {
 public:
  performing(std::shared_ptr<engager::state> of, rows::due_act about)
      : of_(std::move(of)), about_(std::move(about)), act_(rows::to_domain(about_)) {}

  void begin() {
    const bool is_begun = act_.state == engagement_state::sending || act_.state == engagement_state::unknown;
    if (is_begun) return feed(event::adopted{});
    feed(event::due{});
  }

 private:
  void feed(const domain::engagement_input& input) {
    auto rules = of_->how.rules;
    rules.spread = of_->services.random();
    // An intent that is committed has made the row `sending` before the decision says so.
    before_ = act_.step == domain::engagement_step::claiming ? engagement_state::sending : act_.state;
    auto made = domain::decide(act_, input, of_->services.clock.now(), rules);
    act_ = made.next;
    for (const auto& each : made.effects) std::visit([this](const auto& effect) { perform(effect); }, each);
    if (made.effects.empty()) of_->release(about_.id);
  }

  void later(milliseconds delay, std::function<void()> then) {
    of_->services.client.after(delay, [self = shared_from_this(), then = std::move(then)] {
      if (self->of_->stopped) return self->of_->release(self->about_.id);
      then();
    });
  }

  void perform(const effects::commit_intent&) {
    base::reach(base::failpoint::before_intent);
    if (of_->stopped || of_->services.platform == nullptr) return of_->release(about_.id);
    const rows::act_means means{.is_browser_operated = of_->services.browser != nullptr,
                                .has_browser = browser_ != nullptr,
                                .rules = of_->how.rules};
    auto job = [process = of_->process, act = act_, about = about_, means](persistence::transaction& tx) {
      return rows::claim(tx, process, act, about, means);
    };
    of_->services.database.transact(about_.tenant_id, std::move(job),
                                    [self = shared_from_this()](persistence::result<rows::claim_answer> answer) {
                                      self->claimed(std::move(answer));
                                    });
  }

  void claimed(persistence::result<rows::claim_answer> answer) {
    if (answer.has_error()) {
      spdlog::warn("the intent of engagement {} could not be stored: {}", base::to_string(about_.id),
                   answer.error().detail);
      return later(of_->how.again, [this] { feed(event::claim_failed{}); });
    }
    if (std::holds_alternative<rows::browser_wanted>(*answer)) return want_browser();
    if (const auto* held = std::get_if<rows::held_back>(&*answer)) return feed(event::held{held->until});
    if (std::holds_alternative<rows::not_ours>(*answer)) return feed(event::not_claimed{});
    base::reach(base::failpoint::after_intent);
    content_ = std::get<rows::act_content>(std::move(*answer));
    feed(event::claimed{way()});
  }

  /// The limits are judged once more with the browser in hand, so that the intent is as old as it would be without.
  void want_browser() {
    browser_ = of_->keep_browser();
    if (browser_) return perform(effects::commit_intent{});
    feed(event::held{of_->services.clock.now() + browser_pause});
  }

  domain::act_way way() const { return content_.way.value_or(domain::act_way::api); }
  connectors::engages& sender() const {
    return way() == domain::act_way::browser ? *of_->services.browser : *of_->services.platform;
  }

  /// What the platform is told, for so long; nothing when what its member has kept here for it cannot be opened.
  std::optional<connectors::engagement_call> call_for(milliseconds timeout) const {
    connectors::engagement_call made{.kind = about_.kind,
                                     .reaction = content_.reaction,
                                     .text = content_.text,
                                     .post_urn = content_.urn,
                                     .account = {},
                                     .session = {},
                                     .timeout = timeout,
                                     .may_send = [of = of_, until = steady_clock::now() + timeout] {
                                       return !of->stopped && steady_clock::now() < until;
                                     }};
    const bool is_there = way() == domain::act_way::browser ? add_session(made) : add_account(made);
    return is_there ? std::optional{std::move(made)} : std::nullopt;
  }

  bool add_account(connectors::engagement_call& to) const {
    if (!content_.login_id || !content_.access_token) return false;
    const auto place = persistence::social_accounts::token_place(about_.tenant_id, *content_.login_id, "access_token");
    auto token = of_->services.secrets.open(content_.access_token->value, place);
    if (token.has_error()) return false;
    to.account = {content_.external_user_id.value_or(""), "", base::secret{std::move(*token)}};
    return true;
  }

  bool add_session(connectors::engagement_call& to) const {
    if (of_->services.browser == nullptr || !content_.session_id || !content_.session_cookies) return false;
    auto opened = persistence::browser_sessions::open_sealed(about_.tenant_id, *content_.session_id,
                                                             *content_.session_cookies, of_->services.secrets);
    if (!opened) return false;
    to.session = connectors::site_session{std::move(opened->li_at), std::move(opened->jsessionid)};
    return true;
  }

  void perform(const effects::call& what) {
    auto call = call_for(what.timeout);
    if (!call) {
      return feed(
          event::answered{{.kind = domain::outcome_kind::auth_expired,
                           .reason = "The access to the account at LinkedIn cannot be opened. Connect it again."}});
    }
    sender().engage(std::move(*call), [self = shared_from_this()](domain::outcome result) {
      base::reach(base::failpoint::received);
      self->browser_.reset();
      self->feed(event::answered{std::move(result)});
    });
  }

  void perform(const effects::look&) {
    auto job = [tenant_id = about_.tenant_id, id = about_.id, now = of_->services.clock.now()](
                   persistence::transaction& tx) { return rows::find_content(tx, tenant_id, id, now); };
    of_->services.database.transact(
        about_.tenant_id, std::move(job),
        [self = shared_from_this()](persistence::result<std::optional<rows::act_content>> found) {
          if (found.has_error() || !*found || self->of_->services.platform == nullptr)
            return self->of_->release(self->about_.id);
          self->content_ = std::move(**found);
          self->look();
        });
  }

  /// By the way that the attempt went: another account's list tells nothing.
  void look() {
    auto call = call_for(domain::timeout_of(way(), of_->how.rules));
    if (!call) {
      return feed(event::looked{{.kind = domain::reconciliation_kind::try_again, .is_unauthorized = true}, false});
    }
    if (way() == domain::act_way::browser) browser_ = of_->keep_browser();
    if (way() == domain::act_way::browser && !browser_) {
      const auto later = of_->services.clock.now() + browser_pause;
      return feed(event::looked{{.kind = domain::reconciliation_kind::try_again, .retry_at = later}, false});
    }
    sender().find_engagement(std::move(*call), [self = shared_from_this()](domain::reconciliation result) {
      self->browser_.reset();
      self->feed(event::looked{std::move(result)});
    });
  }

  /// What is far off is found in the rows when it is near.
  void perform(const effects::wake& what) {
    browser_.reset();
    const auto wait = std::chrono::ceil<milliseconds>(what.at - of_->services.clock.now());
    if (wait > of_->how.ahead) return of_->release(about_.id);
    later(std::max(wait, milliseconds{0}), [this] { begin(); });
  }

  void perform(const effects::forget&) { of_->release(about_.id); }

  void perform(const effects::commit_change& what) { record({.from = before_, .after = act_, .what = what}); }

  void record(rows::transition made) {
    auto job = [process = of_->process, made, about = about_, now = of_->services.clock.now()](
                   persistence::transaction& tx) { return rows::record(tx, process, made, about, now); };
    of_->services.database.transact(
        about_.tenant_id, std::move(job), [self = shared_from_this(), made](persistence::result<bool> done) {
          if (!done.has_error()) {
            if (*done) return self->feed(event::recorded{});
            return self->feed(event::not_recorded{});
          }
          spdlog::warn("the outcome of engagement {} could not be stored yet: {}", base::to_string(self->about_.id),
                       done.error().detail);
          self->later(self->of_->how.again, [self = self.get(), made] { self->record(made); });
        });
  }

  const std::shared_ptr<engager::state> of_;
  const rows::due_act about_;
  domain::engagement_act act_;
  engagement_state before_ = engagement_state::queued;
  rows::act_content content_;
  std::shared_ptr<void> browser_;  // that is kept free for it
};

}  // namespace

/// Empty: all are at work.
std::shared_ptr<void> engager::state::keep_browser() {
  const std::lock_guard lock{mutex};
  if (browsing >= how.browsers) return nullptr;
  ++browsing;
  return {static_cast<void*>(this), [self = shared_from_this()](void*) {
            const std::lock_guard ending{self->mutex};
            --self->browsing;
          }};
}

void engager::state::go_on() {
  if (stopped) return;
  look([self = shared_from_this()] { self->services.client.after(self->how.look_every, [self] { self->go_on(); }); });
}

void engager::state::look(std::function<void()> then) {
  if (is_looking.exchange(true)) {
    is_woken = true;
    return then();
  }
  const auto now = services.clock.now();
  auto job = [process = process, now, how = how](persistence::transaction& tx) {
    return rows::take_due(tx, process, now, now + how.ahead, how.at_once);
  };
  services.database.transact(
      std::nullopt, std::move(job),
      [self = shared_from_this(), then = std::move(then)](persistence::result<std::vector<rows::due_act>> due) {
        self->is_looking = false;
        if (!due.has_error()) {
          for (auto& each : *due) self->take(std::move(each));
        }
        if (self->is_woken.exchange(false) && !self->stopped) self->look([] {});
        then();
      });
}

void engager::state::take(rows::due_act due) {
  {
    const std::lock_guard lock{mutex};
    if (stopped || !in_hand.insert(due.id).second) return;
  }
  std::make_shared<performing>(shared_from_this(), std::move(due))->begin();
}

engager::engager(parts services, options how) : state_(std::make_shared<state>(std::move(services), how)) {}

void engager::start() { state_->go_on(); }

void engager::wake() {
  if (!state_->stopped) state_->look([] {});
}

void engager::stop() { state_->stopped = true; }

}  // namespace pulse::actors

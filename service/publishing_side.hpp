// What publishes: the connectors, the engine that drives them, and what works beside it.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "actors/accounts/token_refresher.hpp"
#include "actors/accounts/token_revoker.hpp"
#include "actors/activity/database_source.hpp"
#include "actors/ai/budgeted_asking.hpp"
#include "actors/budgets/leased_app_budgets.hpp"
#include "actors/campaigns/approval_reminder.hpp"
#include "actors/campaigns/database_rehearsing.hpp"
#include "actors/campaigns/database_rule_work.hpp"
#include "actors/engagement/browser_login_driver.hpp"
#include "actors/engagement/chat_sender.hpp"
#include "actors/engagement/comment_drafter.hpp"
#include "actors/engagement/comment_writer.hpp"
#include "actors/engagement/confirmation_asker.hpp"
#include "actors/engagement/engager.hpp"
#include "actors/engagement/page_poller.hpp"
#include "actors/engagement/page_sources.hpp"
#include "actors/people/mail_sender.hpp"
#include "actors/publishing/measurer.hpp"
#include "actors/publishing/publication_changer.hpp"
#include "actors/publishing/site_sender.hpp"
#include "actors/publishing/stored_films.hpp"
#include "actors/system/actor_engine.hpp"
#include "actors/system/database_store.hpp"
#include "actors/system/node_identity.hpp"
#include "actors/system/services.hpp"
#include "config/descriptors.hpp"
#include "config/load.hpp"
#include "connectors/ai/choice.hpp"
#include "connectors/all.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/linkedin/browser_act.hpp"
#include "http/operations/metrics.hpp"
#include "persistence/analytics/counter.hpp"
#include "persistence/audit/sealer.hpp"
#include "persistence/engine/wake_ups.hpp"
#include "persistence/housekeeping.hpp"
#include "persistence/media/store.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/redis/fan_out.hpp"
#include "persistence/redis/redis.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::service {

/// Members are built in this order, and taken down in the opposite one after `stop`.
class publishing_side {
 public:
  /// All that it is given outlives it.
  publishing_side(const config::settings& settings, const config::descriptor_plan& plan, const base::clock& clock,
                  const persistence::secret_box& box, persistence::redis& redis, actors::node_identity& identity,
                  const persistence::media::store& files);

  /// Before anybody watches.
  void adopt_events();

  actors::engine& engine() { return engine_; }
  actors::activity& activity() { return *engine_.activity(); }
  actors::asking& asking() { return asking_; }
  actors::commenting& commenting() { return commenting_; }
  actors::rehearsing& rehearsing() { return rehearsing_; }
  const connectors::authorizer_registry& providers() const { return providers_; }
  connectors::egress& client() { return egress_; }

  /// Events were committed: wakes who watches, here and in other processes, and the rules that wait for them. Any
  /// thread.
  void on_events(const base::uuid& tenant_id);
  /// A page is due, an act was confirmed, or a message for a chat or a site, or a sign-in, waits. Any thread; never
  /// blocks.
  void wake_engagement();

  void measure(http::metrics& measures);

  /// What sends the mails that wait; over the engine's connections, so it stops before this does.
  std::unique_ptr<actors::mail_sender> send_mails(const config::settings& settings, const persistence::secret_box& box,
                                                  const base::clock& clock);

  /// What asks members by mail and in their chats for their word; over the engine's connections, as `send_mails`.
  std::unique_ptr<actors::confirmation_asker> ask_members(const config::settings& settings,
                                                          const persistence::secret_box& box, const base::clock& clock,
                                                          std::function<void()> mail_waits);

  /// Takes nothing new, lets end what runs, and gives back what this node holds.
  void stop();

 private:
  void start_workers(const config::settings& settings, const persistence::secret_box& box, const base::clock& clock);
  persistence::database::options watched_options(const config::settings& settings);
  actors::page_budgets budgets_of_pages();
  void say_who_answers() const;

  const base::uuid node_id_;

  std::atomic<actors::activity*> activity_{nullptr};      // once there are hubs
  std::unique_ptr<persistence::fan_out_sender> fan_out_;  // null: without Redis
  persistence::database database_;
  persistence::database live_;
  actors::database_source stream_;
  connectors::egress egress_;
  actors::stored_films films_;
  connectors::connector_registry platforms_;
  connectors::authorizer_registry providers_;
  actors::token_refresher refresher_;
  actors::token_revoker revoker_;
  connectors::ai::chosen_provider ai_;
  actors::budgeted_asking asking_;
  actors::comment_writer commenting_{asking_};
  actors::database_store rows_;
  actors::lease lease_;
  actors::leased_app_budgets app_limits_;
  actors::database_rule_work automation_;
  actors::database_rehearsing rehearsing_;
  actors::part_health health_;
  actors::services services_;
  actors::actor_engine engine_;
  std::optional<persistence::wake_up_listener> wake_ups_;
  std::optional<persistence::fan_out_listener> heard_elsewhere_;
  std::optional<persistence::housekeeping> housekeeping_;
  std::optional<persistence::housekeeping> erasing_;
  std::optional<actors::comment_drafter> drafter_;
  std::optional<actors::approval_reminder> reminder_;
  std::optional<persistence::analytics::counter> counter_;
  std::optional<connectors::linkedin::browser_acts> browser_acts_;
  std::optional<actors::engager> engager_;
  std::optional<actors::page_poller> poller_;
  std::optional<actors::chat_sender> chats_;
  std::optional<actors::site_sender> sites_;
  std::optional<actors::browser_login_driver> browsers_;
  std::optional<actors::publication_changer> changer_;
  std::optional<actors::measurer> measurer_;
  std::optional<persistence::audit::sealer> sealer_;
};

}  // namespace pulse::service

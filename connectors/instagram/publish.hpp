// One publish call to Instagram: prepare a container, wait until it is ready, publish it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connectors/instagram/classify.hpp"
#include "connectors/instagram/options.hpp"
#include "connectors/instagram/quota.hpp"
#include "connectors/instagram/search.hpp"
#include "connectors/shared/publish_steps.hpp"

namespace pulse::connectors::instagram {

/// The steps. Everything before `media_publish` is harmless to repeat: containers are invisible, and one that was kept
/// is used again, so that Instagram itself refuses to publish it twice. The container is kept before it may be
/// published, and `media_publish` alone asks whether this node may still send.
class publish_call final : public publish_steps {
 public:
  /// `client` and `clock` must outlive the call, which may go on for a while after it has replied.
  publish_call(const instagram_options& options, egress& client, const base::clock& clock,
               std::shared_ptr<quota_book> book, publication what, std::function<void(publish_reply)> done);

  void start() override;

 private:
  using milliseconds = std::chrono::milliseconds;

  const std::string& user() const { return what().account.external_user_id; }
  void look_at_quota();

  void read_kept(const egress_reply& reply);
  /// The kept container was published by an earlier attempt after all, or may have been: the list tells.
  void find_published(bool is_surely_live);
  void tell_found(bool is_surely_live, const search_result& result);

  void create();
  void create_child(std::size_t index);
  void keep_children(std::function<void()> then);
  /// A carousel is made of items that are ready: films take a while, over as many attempts as it takes.
  void look_at_children(std::size_t index);
  void read_child(std::size_t index, const egress_reply& reply);
  void forget_children(domain::outcome why);
  void make_carousel();
  void make_container(const form_fields& form);
  void read_created_reply(const egress_reply& reply);
  void look_at_container();
  void read_container(const egress_reply& reply);
  void wait_for_container();

  void send_publish();
  void read_published(const egress_reply& reply);
  void end_refused(const egress_reply& reply, domain::outcome refused);
  void add_permalink(const egress_reply& reply, domain::outcome live);
  void end_published(const egress_reply& reply, domain::outcome live);
  std::vector<budget_report> budgets_of(const egress_reply& reply) const;

  const instagram_options options_;
  egress& client_;
  const base::clock& clock_;
  const std::shared_ptr<quota_book> book_;
  std::string container_;
  std::vector<std::string> children_;  // of a carousel, those that were made
  base::timestamp children_made_at_{};
  bool is_reused_ = false;  // the container is of an earlier attempt
  milliseconds pause_;      // before the next look at it
};

}  // namespace pulse::connectors::instagram

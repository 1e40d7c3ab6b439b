// A publish call that takes several requests: its time, what it keeps between them, and its one reply.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/shared/image_fetch.hpp"

namespace pulse::connectors {

/// What the steps of one publish call share. A connector derives from it and adds the steps; each step's callback holds
/// the object, so that it lives until it has replied. Steps run one after the other, on whatever thread the last one
/// ended.
///
/// Whatever fails before the step that publishes is never `unknown`: nothing can be live yet.
class publish_steps : public std::enable_shared_from_this<publish_steps> {
 public:
  /// Pictures of the library are read from `files`; null: fetched like any other.
  publish_steps(egress& client, const base::clock& clock, publication what, std::function<void(publish_reply)> done,
                media_files* files = nullptr);
  virtual ~publish_steps() = default;
  publish_steps(const publish_steps&) = delete;
  publish_steps& operator=(const publish_steps&) = delete;

  virtual void start() = 0;

 protected:
  /// What is left of the call's time; with nothing left a request is refused before anything of it leaves.
  std::chrono::milliseconds left() const;

  /// Ends the call with an outcome that came before the publishing request.
  void end(domain::outcome result);
  /// Ends the call with the outcome of the publishing request.
  void end(const egress_reply& reply, domain::outcome result, std::vector<budget_report> budgets = {});

  /// Sends a request that publishes nothing to the platform, and goes on with its reply. It may take what is left of
  /// the time, and no longer than `at_most`.
  void ask(egress_request request, std::function<void(const egress_reply&)> then,
           std::chrono::milliseconds at_most = std::chrono::milliseconds::max());
  /// Sends the request that publishes, if this node still may; asked on the thread that sends.
  void send_last(egress_request request, std::function<void(const egress_reply&)> then);

  /// Fetches a picture of the post, of what the platform takes, and goes on; ends the call when it cannot be had.
  void fetch(const std::string& url, domain::channel_type for_platform, std::function<void(fetched_image)> then);

  /// Checks all pictures of the post, which the platform fetches itself, and goes on; ends the call when it is known
  /// not to take one. It takes a third of the time that is left at most, and goes on when it has not got them by then.
  void judge_pictures(domain::channel_type for_platform, std::function<void()> then);

  /// The handle of this name that an earlier step kept for this very image; nothing when it was for another one.
  std::optional<std::string> kept_for_image(const std::string& name) const;
  /// Keeps handles for this image and goes on when they are committed; else ends the call, because the next step may
  /// not be taken.
  void keep_for_image(std::map<std::string, std::string> handles, std::function<void()> then);

  /// Goes on after `delay`. With less than `needed` of the time left after it the call ends, to be continued by the
  /// next attempt with what was kept.
  void wait(std::chrono::milliseconds delay, std::chrono::milliseconds needed, std::function<void()> then);

  /// Ends the call with what was kept: the next attempt goes on with it, after `delay`. Only when this one has brought
  /// it forward.
  void go_on_later(std::string reason, std::chrono::milliseconds delay = {});

  const publication& what() const { return what_; }
  base::timestamp now() const { return clock_.now(); }

 private:
  using steady = std::chrono::steady_clock;

  void judge_picture(std::size_t index, std::chrono::steady_clock::time_point until, domain::channel_type for_platform,
                     std::function<void()> then);
  /// Stands for the image in the handles: an edited post must not go out with the old one.
  std::string image_mark() const;

  egress& client_;
  const base::clock& clock_;
  media_files* const files_;
  const publication what_;
  const std::function<void(publish_reply)> done_;
  const steady::time_point begun_;
  const steady::time_point deadline_;
  std::atomic<bool> is_called_ = false;  // a byte may have reached the platform
};

}  // namespace pulse::connectors

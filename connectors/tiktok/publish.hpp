// One publish call to TikTok, step by step.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "connectors/shared/publish_steps.hpp"
#include "connectors/tiktok/classify.hpp"
#include "connectors/tiktok/options.hpp"

namespace pulse::connectors::tiktok {

/// What earlier steps kept for this very post.
struct kept_post {
  std::string publish_id;  // empty: none was answered
  std::string username;
  int begun_by = 0;  // the attempt that was about to let TikTok fetch it; 0: none
  // Of a film that is uploaded:
  std::string upload_url;
  std::int64_t film_bytes = 0;
  std::int64_t pieces = 0;  // that TikTok has taken
  std::optional<base::timestamp> url_until;
  bool has_begun_last = false;  // the last piece, with which the film is published, may have left

  bool is_upload() const { return film_bytes > 0; }
};
std::optional<kept_post> kept_in(const publication& what);

/// A look at the post of this id.
egress_request status_request(const tiktok_options& options, const credentials& account, const std::string& publish_id);

std::shared_ptr<publish_steps> publishing(const tiktok_options& options, egress& client, const base::clock& clock,
                                          publication what, std::function<void(publish_reply)> done);

/// What both ways share: the creator is asked first, and what becomes of the post is looked at until it is done.
class post_steps : public publish_steps {
 public:
  post_steps(tiktok_options options, egress& client, const base::clock& clock, publication what,
             std::function<void(publish_reply)> done);

  void start() override;

 protected:
  /// With the creator's word at hand: begins the post.
  virtual void begin() = 0;
  /// An earlier attempt has begun it, and TikTok says how far it is.
  virtual void resume(const post_status& status) = 0;

  void ask_creator();
  void look();
  void wait_for_post();
  /// Keeps handles for this very post, and goes on when they are committed; else ends the call.
  void keep(std::map<std::string, std::string> handles, std::function<void()> then);

  const tiktok_options& options() const { return options_; }
  const creator_info& creator() const { return creator_; }
  const kept_post& earlier() const { return earlier_; }
  const std::string& id() const { return publish_id_; }
  void set_post(std::string publish_id, egress_reply reply);

 private:
  void check_privacy();
  void cannot_see(const egress_reply& reply);

  const tiktok_options options_;
  creator_info creator_;
  kept_post earlier_;
  std::string publish_id_;
  egress_reply first_;  // to the call that publishes
  bool is_resumed_ = false;
  std::chrono::milliseconds pause_;
};

/// The names of what is kept.
namespace handles {
inline constexpr const char* mark = "post_mark";
inline constexpr const char* begun_by = "post_begun_by";
inline constexpr const char* publish_id = "publish_id";
inline constexpr const char* creator = "creator";
inline constexpr const char* upload_url = "upload_url";
inline constexpr const char* url_until = "upload_until";
inline constexpr const char* film_bytes = "film_bytes";
inline constexpr const char* pieces = "film_pieces";
inline constexpr const char* last_begun = "film_last_begun";
}  // namespace handles

}  // namespace pulse::connectors::tiktok

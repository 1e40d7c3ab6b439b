#include "connectors/shared/publish_steps.hpp"

#include <algorithm>
#include <utility>

namespace pulse::connectors {

namespace {

using domain::outcome;
using domain::outcome_kind;
using std::chrono::milliseconds;

constexpr const char* mark_name = "image_mark";

}  // namespace

publish_steps::publish_steps(egress& client, const base::clock& clock, publication what,
                             std::function<void(publish_reply)> done, media_files* files)
    : client_(client),
      clock_(clock),
      files_(files),
      what_(std::move(what)),
      done_(std::move(done)),
      begun_(steady::now()),
      deadline_(begun_ + what_.timeout) {}

milliseconds publish_steps::left() const {
  return std::max(milliseconds{0}, std::chrono::floor<milliseconds>(deadline_ - steady::now()));
}

void publish_steps::end(outcome result) {
  result.was_called = is_called_;
  publish_reply reply{.outcome = std::move(result)};
  reply.duration = std::chrono::duration_cast<std::chrono::microseconds>(steady::now() - begun_);
  done_(std::move(reply));
}

void publish_steps::end(const egress_reply& reply, outcome result, std::vector<budget_report> budgets) {
  result.was_called = is_called_;
  publish_reply answer{.outcome = std::move(result), .budgets = std::move(budgets)};
  answer.first_byte_at = reply.first_byte_at;
  answer.duration = std::chrono::duration_cast<std::chrono::microseconds>(steady::now() - begun_);
  done_(std::move(answer));
}

void publish_steps::go_on_later(std::string reason, milliseconds delay) {
  outcome result{.kind = outcome_kind::transient, .reason = std::move(reason)};
  result.goes_on = true;
  if (delay > milliseconds{0}) result.retry_at = now() + delay;
  end(std::move(result));
}

void publish_steps::ask(egress_request request, std::function<void(const egress_reply&)> then, milliseconds at_most) {
  request.timeout = std::min(left(), at_most);
  client_.send(std::move(request), [self = shared_from_this(), then = std::move(then)](const egress_reply& reply) {
    if (reply.how_far != progress::no_byte_sent) self->is_called_ = true;
    then(reply);
  });
}

void publish_steps::send_last(egress_request request, std::function<void(const egress_reply&)> then) {
  request.may_send = what_.may_send;
  ask(std::move(request), std::move(then));
}

void publish_steps::fetch(const std::string& url, domain::channel_type for_platform,
                          std::function<void(fetched_image)> then) {
  const auto read = [self = shared_from_this(), then = std::move(then)](image_result got) {
    if (got.has_error()) return self->end(got.error());
    then(std::move(*got));
  };
  read_or_fetch_image(files_, client_, url, domain::platform_of(for_platform), left(), read);
}

void publish_steps::judge_pictures(domain::channel_type for_platform, std::function<void()> then) {
  constexpr milliseconds longest{5'000};
  judge_picture(0, steady::now() + std::min(left() / 3, longest), for_platform, std::move(then));
}

void publish_steps::judge_picture(std::size_t index, steady::time_point until, domain::channel_type for_platform,
                                  std::function<void()> then) {
  const auto time = std::chrono::floor<milliseconds>(until - steady::now());
  if (index == what_.media.size() || time <= milliseconds{0}) return then();
  const auto& each = what_.media[index];
  if (each.kind != domain::media_kind::image) return judge_picture(index + 1, until, for_platform, std::move(then));
  const auto read = [self = shared_from_this(), index, until, for_platform,
                     then = std::move(then)](std::optional<outcome> wrong) {
    if (wrong) return self->end(std::move(*wrong));
    self->judge_picture(index + 1, until, for_platform, then);
  };
  judge_image(client_, each.url, domain::platform_of(for_platform), time, read);
}

std::string publish_steps::image_mark() const { return domain::mark_of(what_.media); }

std::optional<std::string> publish_steps::kept_for_image(const std::string& name) const {
  const auto mark = what_.handles.find(mark_name);
  const auto found = what_.handles.find(name);
  if (mark == what_.handles.end() || found == what_.handles.end() || mark->second != image_mark()) return std::nullopt;
  return found->second;
}

void publish_steps::keep_for_image(std::map<std::string, std::string> handles, std::function<void()> then) {
  handles[mark_name] = image_mark();
  if (!what_.keep) return then();
  what_.keep(std::move(handles), [self = shared_from_this(), then = std::move(then)](bool kept) {
    if (kept) return then();
    self->end({.kind = outcome_kind::transient,
               .reason = "The uploaded image could not be recorded, so the post was not sent."});
  });
}

void publish_steps::wait(milliseconds delay, milliseconds needed, std::function<void()> then) {
  if (left() < delay + needed) {
    return end({.kind = outcome_kind::transient,
                .reason = "Uploading the image took all the time of the attempt; the next one goes on with the "
                          "uploaded image."});
  }
  client_.after(delay, [self = shared_from_this(), then = std::move(then)] { then(); });
}

}  // namespace pulse::connectors

#include "connectors/shared/parts.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "domain/publishing/first_comment.hpp"
#include "domain/publishing/parts_out.hpp"
#include "domain/publishing/thread.hpp"

namespace pulse::connectors {

namespace {

using domain::outcome;
using domain::outcome_kind;
using domain::reconciliation;
using domain::reconciliation_kind;

constexpr const char* root_name = "thread_root";
constexpr const char* parent_name = "thread_parent";
constexpr const char* comment_name = domain::kept_comment_name;

std::string id_name(std::size_t part) { return domain::kept_part_name(static_cast<int>(part)); }
std::string url_name(std::size_t part) { return domain::kept_address_name(static_cast<int>(part)); }

/// What an outcome says of the part that was called for, behind the words that those before it are out.
std::string follow_words(outcome_kind kind, const std::string& part) {
  switch (kind) {
    case outcome_kind::published: break;
    case outcome_kind::permission:
    case outcome_kind::invalid: return part + " was refused: ";
    case outcome_kind::auth_expired:
    case outcome_kind::rate_limited:
    case outcome_kind::transient: return part + " is not yet: ";
    case outcome_kind::duplicate:
    case outcome_kind::unknown: return fmt::format("whether {} is, is looked up: ", part);
  }
  return {};
}

std::string follow_words(reconciliation_kind kind, const std::string& part) {
  switch (kind) {
    case reconciliation_kind::live: break;
    case reconciliation_kind::absent: return part + " is not: ";
    case reconciliation_kind::repeat_tells:
    case reconciliation_kind::cannot_know: return fmt::format("whether {} is, cannot be looked up: ", part);
    case reconciliation_kind::try_again: return part + " is looked for: ";
  }
  return {};
}

/// One attempt of a thread, or of a post with its first comment. Parts are counted from 1.
class thread_attempt : public std::enable_shared_from_this<thread_attempt> {
 public:
  thread_attempt(publication whole, std::vector<std::string> further)
      : whole_(std::move(whole)), has_comment_(domain::has_first_comment(whole_.options)) {
    texts_.push_back(whole_.text);
    for (auto& each : further) texts_.push_back(std::move(each));
    while (next_ <= texts_.size() && whole_.handles.contains(kept_name(next_))) ++next_;
  }

  bool is_done() const { return next_ > texts_.size(); }

  /// The part that is next, as a publication of its own.
  publication part() {
    auto made = whole_;
    made.options.erase(domain::thread_option);
    made.options.erase(domain::first_comment_option);
    made.handles = handles_of_part();
    if (whole_.keep) {
      made.keep = [self = shared_from_this()](publication::kept_handles handles, std::function<void(bool)> then) {
        self->keep_of_part(std::move(handles), std::move(then));
      };
    }
    if (next_ == 1) return made;
    made.text = texts_[next_ - 1];
    made.media.clear();
    made.handles[root_name] = handle(id_name(1));
    made.handles[parent_name] = handle(kept_name(next_ - 1));
    return made;
  }

  void answered(publish_reply reply, const std::function<void(publish_reply)>& done) {
    auto& result = reply.outcome;
    place(result);
    // After `repeat_tells` the platform names the post of an earlier attempt. Otherwise a reconciliation must tell
    // whose id it names.
    const bool is_found = result.kind == outcome_kind::duplicate && next_ == 1 && may_be_ours();
    if (result.kind == outcome_kind::duplicate && !is_found) result.external_id.reset();
    if ((result.kind != outcome_kind::published && !is_found) || !result.external_id) {
      if (is_comment() || (next_ > 1 && result.kind != outcome_kind::published)) tell_what_is_out(result);
      return done(std::move(reply));
    }
    // Copies: the reply moves into what is called afterwards.
    const auto id = *result.external_id;
    const auto url = result.external_url;
    keep_part(id, url, [self = shared_from_this(), reply = std::move(reply), done](bool is_kept) mutable {
      self->finish(std::move(reply), is_kept, done);
    });
  }

  void looked(reconciliation found, const std::function<void(reconciliation)>& done) {
    place(found);
    if (found.kind != reconciliation_kind::live || !found.external_id) {
      if (next_ > 1 && found.kind != reconciliation_kind::live) tell_what_is_out(found);
      return done(std::move(found));
    }
    const auto id = *found.external_id;
    const auto url = found.external_url;
    keep_part(id, url, [self = shared_from_this(), found = std::move(found), done](bool is_kept) mutable {
      if (!is_kept && !self->is_last()) {
        return done({.kind = reconciliation_kind::try_again,
                     .reason = "What was found of the thread could not be recorded.",
                     .part = found.part,
                     .parts = found.parts});
      }
      self->name_whole(found.external_id, found.external_url);
      found.goes_on = !self->is_last();
      found.reason = self->has_comment_ ? fmt::format("{} {}", self->out_words(), found.reason)
                                        : fmt::format("{}: {}", self->words(), found.reason);
      done(std::move(found));
    });
  }

  /// What is known when no part is left.
  outcome whole_outcome() {
    outcome made{
        .kind = outcome_kind::published,
        .reason = has_comment_ ? "The post and its first comment are out." : "All parts of the thread are out.",
        .was_called = false,
        .part = count(),
        .parts = count()};
    name_whole(made.external_id, made.external_url);
    return made;
  }

 private:
  int count() const { return static_cast<int>(texts_.size()); }
  template <class Told>
  void place(Told& told) const {
    told.part = static_cast<int>(next_);
    told.parts = count();
  }
  bool is_last() const { return next_ == texts_.size(); }
  std::string prefix() const { return next_ == 1 ? std::string{} : std::to_string(next_) + "."; }
  bool is_comment() const { return has_comment_ && next_ == 2; }
  /// As the engine knows it (`domain::may_be_live_since`).
  bool may_be_ours() const { return whole_.since && *whole_.since < whole_.started_at; }

  std::string words() const {
    if (has_comment_) return is_comment() ? "The first comment" : "The post";
    return fmt::format("Part {} of {}", next_, texts_.size());
  }
  std::string out_words() const {
    if (has_comment_) return std::string{is_comment() ? domain::comment_is_out : domain::comment_follows};
    return is_last() ? fmt::format("All {} parts of the thread are out.", texts_.size()) : words() + " is out.";
  }
  std::string kept_name(std::size_t part) const { return has_comment_ && part == 2 ? comment_name : id_name(part); }

  /// Nobody may think that nothing is out because what follows is not. Of a comment's call, the post's id tells the
  /// engine that the delivery has done what it is for; half a thread has not.
  void tell_what_is_out(outcome& told) {
    // Nothing of this attempt is in doubt then, so there is nothing to reconcile.
    if (is_comment() && told.kind == outcome_kind::duplicate && !may_be_ours()) told.kind = outcome_kind::invalid;
    told.reason = out_at() + follow_words(told.kind, next_words()) + told.reason;
    if (is_comment() && told.kind != outcome_kind::duplicate) name_whole(told.external_id, told.external_url);
  }
  void tell_what_is_out(reconciliation& told) {
    told.reason = out_at() + follow_words(told.kind, next_words()) + told.reason;
    if (is_comment()) name_whole(told.external_id, told.external_url);
  }
  std::string out_at() const {
    const auto address = handle(url_name(1));
    const auto where = address.empty() ? std::string{} : " at " + address;
    if (has_comment_) return fmt::format("The post is out{}; ", where);
    return fmt::format("{}{}; ", domain::parts_out_words(static_cast<int>(next_) - 1, count()), where);
  }
  std::string next_words() const { return is_comment() ? "its first comment" : "part " + std::to_string(next_); }

  std::string handle(const std::string& name) const {
    const auto found = whole_.handles.find(name);
    return found == whole_.handles.end() ? std::string{} : found->second;
  }

  publication::kept_handles handles_of_part() const {
    publication::kept_handles own;
    for (const auto& [name, value] : whole_.handles) {
      if (name.starts_with(prefix())) own.emplace(name.substr(prefix().size()), value);
    }
    return own;
  }

  void keep_of_part(publication::kept_handles handles, std::function<void(bool)> then) {
    publication::kept_handles named;
    for (auto& [name, value] : handles) named.emplace(prefix() + name, std::move(value));
    whole_.keep(std::move(named), std::move(then));
  }

  void keep_part(const std::string& id, const std::optional<std::string>& url, std::function<void(bool)> then) {
    publication::kept_handles made{{kept_name(next_), id}};
    if (url && !is_comment()) made.emplace(url_name(next_), *url);
    for (const auto& [name, value] : made) whole_.handles[name] = value;
    if (!whole_.keep) return then(true);
    whole_.keep(std::move(made), std::move(then));
  }

  void finish(publish_reply reply, bool is_kept, const std::function<void(publish_reply)>& done) {
    auto& result = reply.outcome;
    if (!is_kept && !is_last()) {
      result = {.kind = outcome_kind::unknown,
                .reason = words() + " went out, and that could not be recorded; it is looked for.",
                .http_status = result.http_status};
      place(result);
      return done(std::move(reply));
    }
    name_whole(result.external_id, result.external_url);
    result.goes_on = !is_last();
    result.reason = out_words();
    done(std::move(reply));
  }

  void name_whole(std::optional<std::string>& id, std::optional<std::string>& url) const {
    id = handle(id_name(1));
    const auto address = handle(url_name(1));
    url = address.empty() ? std::nullopt : std::optional{address};
  }

  publication whole_;
  const bool has_comment_;
  std::vector<std::string> texts_;
  std::size_t next_ = 1;
};

}  // namespace

std::vector<std::string> further_parts_of(const publication::kept_handles& handles) {
  std::vector<std::string> ids;
  for (std::size_t part = 2;; ++part) {
    const auto found = handles.find(id_name(part));
    if (found == handles.end()) return ids;
    ids.push_back(found->second);
  }
}

thread_place place_in_thread(const publication& part) {
  const auto handle = [&part](const char* name) {
    const auto found = part.handles.find(name);
    return found == part.handles.end() ? std::string{} : found->second;
  };
  return {handle(root_name), handle(parent_name)};
}

void publish_next_part(connector& platform, publication what, std::function<void(publish_reply)> done) {
  auto further = domain::further_parts(what.options);
  if (further.empty()) return platform.publish(std::move(what), std::move(done));
  auto attempt = std::make_shared<thread_attempt>(std::move(what), std::move(further));
  if (attempt->is_done()) return done({.outcome = attempt->whole_outcome()});
  auto part = attempt->part();
  platform.publish(std::move(part), [attempt, done = std::move(done)](publish_reply reply) {
    attempt->answered(std::move(reply), done);
  });
}

void reconcile_next_part(connector& platform, publication what, std::function<void(reconciliation)> done) {
  auto further = domain::further_parts(what.options);
  if (further.empty()) {
    what.keep = {};
    return platform.reconcile(std::move(what), std::move(done));
  }
  auto attempt = std::make_shared<thread_attempt>(std::move(what), std::move(further));
  if (attempt->is_done()) {
    const auto whole = attempt->whole_outcome();
    return done({.kind = reconciliation_kind::live,
                 .external_id = whole.external_id,
                 .external_url = whole.external_url,
                 .reason = whole.reason});
  }
  auto part = attempt->part();
  part.keep = {};  // looking changes nothing at the platform, and nothing of what a part has kept
  platform.reconcile(std::move(part), [attempt, done = std::move(done)](reconciliation found) {
    attempt->looked(std::move(found), done);
  });
}

}  // namespace pulse::connectors

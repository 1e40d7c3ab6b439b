#include "connectors/shared/parts.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/publishing/thread.hpp"

namespace pulse::connectors {

namespace {

using domain::outcome;
using domain::outcome_kind;
using domain::reconciliation;
using domain::reconciliation_kind;

constexpr const char* root_name = "thread_root";
constexpr const char* parent_name = "thread_parent";

std::string id_name(std::size_t part) { return "part_" + std::to_string(part); }
std::string url_name(std::size_t part) { return id_name(part) + "_url"; }

/// One attempt of a thread. Parts are counted from 1.
class thread_attempt : public std::enable_shared_from_this<thread_attempt> {
 public:
  thread_attempt(publication whole, std::vector<std::string> further) : whole_(std::move(whole)) {
    texts_.push_back(whole_.text);
    for (auto& each : further) texts_.push_back(std::move(each));
    while (next_ <= texts_.size() && whole_.handles.contains(id_name(next_))) ++next_;
  }

  bool is_done() const { return next_ > texts_.size(); }

  /// The part that is next, as a publication of its own.
  publication part() {
    auto made = whole_;
    made.options.erase(domain::thread_option);
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
    made.handles[parent_name] = handle(id_name(next_ - 1));
    return made;
  }

  void answered(publish_reply reply, const std::function<void(publish_reply)>& done) {
    auto& result = reply.outcome;
    // Whose id the platform names, a look tells: the delivery's own is that of the first part.
    if (result.kind == outcome_kind::duplicate) result.external_id.reset();
    if (result.kind != outcome_kind::published || !result.external_id) return done(std::move(reply));
    // Copies: the reply moves into what is called afterwards.
    const auto id = *result.external_id;
    const auto url = result.external_url;
    keep_part(id, url, [self = shared_from_this(), reply = std::move(reply), done](bool is_kept) mutable {
      self->finish(std::move(reply), is_kept, done);
    });
  }

  void looked(reconciliation found, const std::function<void(reconciliation)>& done) {
    if (found.kind != reconciliation_kind::live || !found.external_id) return done(std::move(found));
    const auto id = *found.external_id;
    const auto url = found.external_url;
    keep_part(id, url, [self = shared_from_this(), found = std::move(found), done](bool is_kept) mutable {
      if (!is_kept && !self->is_last()) {
        return done(
            {.kind = reconciliation_kind::try_again, .reason = "What was found of the thread could not be recorded."});
      }
      self->name_whole(found.external_id, found.external_url);
      found.goes_on = !self->is_last();
      found.reason = self->words() + ": " + found.reason;
      done(std::move(found));
    });
  }

  /// What is known when no part is left.
  outcome whole_outcome() {
    outcome made{.kind = outcome_kind::published, .reason = "All parts of the thread are out.", .was_called = false};
    name_whole(made.external_id, made.external_url);
    return made;
  }

 private:
  bool is_last() const { return next_ == texts_.size(); }
  std::string prefix() const { return next_ == 1 ? std::string{} : std::to_string(next_) + "."; }
  std::string words() const { return "Part " + std::to_string(next_) + " of " + std::to_string(texts_.size()); }

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
    publication::kept_handles made{{id_name(next_), id}};
    if (url) made.emplace(url_name(next_), *url);
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
      return done(std::move(reply));
    }
    name_whole(result.external_id, result.external_url);
    result.goes_on = !is_last();
    result.reason =
        is_last() ? "All " + std::to_string(texts_.size()) + " parts of the thread are out." : words() + " is out.";
    done(std::move(reply));
  }

  void name_whole(std::optional<std::string>& id, std::optional<std::string>& url) const {
    id = handle(id_name(1));
    const auto address = handle(url_name(1));
    url = address.empty() ? std::nullopt : std::optional{address};
  }

  publication whole_;
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

#include "actors/engagement/comment_writer.hpp"

#include <utility>

#include <fmt/core.h>

#include "domain/text/language.hpp"

namespace pulse::actors {

namespace ai = connectors::ai;
namespace engagement = domain::engagement;

namespace {

constexpr int most_tokens = 700;
/// The review must be deterministic: temperature 0.
constexpr double reviewing_temperature = 0;
constexpr std::int64_t max_answer_characters = 4'000;

boost::json::object text_schema() { return {{"type", "string"}, {"maxLength", max_answer_characters}}; }

ai::request question(const engagement::comment_prompt& from) {
  ai::request made;
  made.system = from.system;
  made.task = from.task;
  for (const auto& each : from.materials) made.materials.push_back({each.name, each.text});
  made.most_tokens = most_tokens;
  return made;
}

ai::request to_write(const engagement::comment_prompt& from) {
  auto made = question(from);
  made.schema = {{"type", "object"}, {"properties", {{"comment", text_schema()}}}, {"required", {"comment"}}};
  return made;
}

ai::request to_review(const engagement::comment_prompt& from) {
  auto made = question(from);
  made.schema = {
      {"type", "object"},
      {"properties",
       {{"verdict", {{"type", "string"}, {"enum", {"accept", "correct", "refuse"}}}}, {"corrected", text_schema()}}},
      {"required", {"verdict", "corrected"}}};
  made.temperature = reviewing_temperature;
  return made;
}

std::string text_of(const boost::json::object& value, std::string_view name) {
  const auto* found = value.if_contains(name);
  return found != nullptr && found->is_string() ? std::string{found->get_string()} : std::string{};
}

comment_refused refused(const ai::failure& why) { return {why.reason, why.kind, why.retry_at}; }

}  // namespace

struct comment_writer::round {
  comment_wanted wanted;
  std::function<void(comment_answer)> done;
  engagement::comment_check check;
  std::vector<engagement::comment_fault> faults;
  int number = 0;

  round(comment_wanted what, std::function<void(comment_answer)> then)
      : wanted(std::move(what)), done(std::move(then)), check(wanted.from, wanted.others) {}
};

void comment_writer::write(comment_wanted wanted, std::function<void(comment_answer)> done) {
  begin_round(std::make_shared<round>(std::move(wanted), std::move(done)));
}

void comment_writer::begin_round(std::shared_ptr<round> one) {
  ++one->number;
  auto asked = to_write(engagement::prompt_to_write(one->wanted.from, one->faults));
  ai_.ask({one->wanted.tenant_id, one->wanted.purpose, std::move(asked)}, [this, one](const ai::answer& got) {
    if (got.has_error()) return one->done(refused(got.error()));
    auto comment = engagement::trimmed(text_of(got->value, "comment"));
    if (const auto fault = one->check.find_fault(comment)) return go_on(one, fault);
    review(one, std::move(comment));
  });
}

void comment_writer::review(std::shared_ptr<round> one, std::string comment) {
  auto asked = to_review(engagement::prompt_to_review(one->wanted.from, comment));
  ai_.ask({one->wanted.tenant_id, ai_purpose::review, std::move(asked)},
          [this, one, comment = std::move(comment)](const ai::answer& got) {
            if (got.has_error()) return one->done(refused(got.error()));
            judge(one, comment, got->value);
          });
}

void comment_writer::judge(std::shared_ptr<round> one, std::string comment, const boost::json::object& verdict) {
  const auto word = text_of(verdict, "verdict");
  const bool is_corrected = word == "correct";
  if (word != "accept" && !is_corrected) return go_on(std::move(one), std::nullopt);
  if (is_corrected) {
    comment = engagement::trimmed(text_of(verdict, "corrected"));
    if (const auto fault = one->check.find_fault(comment)) return go_on(std::move(one), fault);
  }
  comment_made made{std::move(comment), {}, is_corrected, one->number};
  made.language = domain::language_of(made.text);
  one->done(std::move(made));
}

/// Another round, or the end of it. Without a fault it was the review that refused.
void comment_writer::go_on(std::shared_ptr<round> one, std::optional<engagement::comment_fault> fault) {
  if (fault) one->faults.push_back(*fault);
  if (one->number < max_rounds) return begin_round(std::move(one));
  const auto why =
      fault ? std::string{engagement::sentence(*fault)} : std::string{"The review did not let the comment pass."};
  one->done(
      comment_refused{fmt::format("No comment could be used after {} tries. {} Write one yourself.", max_rounds, why)});
}

}  // namespace pulse::actors

#include "connectors/shared/after_publishing.hpp"

#include <charconv>
#include <utility>

#include "base/json.hpp"

namespace pulse::connectors {

namespace {

enum class standing { auth_expired, refused, later };

standing standing_of(const domain::outcome& problem) {
  using domain::outcome_kind;
  switch (problem.kind) {
    case outcome_kind::auth_expired: return standing::auth_expired;
    case outcome_kind::permission:
    case outcome_kind::invalid:
    case outcome_kind::duplicate: return standing::refused;
    case outcome_kind::published:
    case outcome_kind::rate_limited:
    case outcome_kind::transient:
    case outcome_kind::unknown: break;
  }
  return standing::later;
}

}  // namespace

removal_reply removal_of(const domain::outcome& problem) {
  switch (standing_of(problem)) {
    case standing::auth_expired: return {removal_kind::auth_expired, std::nullopt, problem.reason};
    case standing::refused: return {removal_kind::refused, std::nullopt, problem.reason};
    case standing::later: break;
  }
  return {removal_kind::later, problem.retry_at, problem.reason};
}

measure_reply measure_of(const domain::outcome& problem) {
  switch (standing_of(problem)) {
    case standing::auth_expired: return {measure_kind::auth_expired, {}, std::nullopt, problem.reason};
    case standing::refused: return {measure_kind::refused, {}, std::nullopt, problem.reason};
    case standing::later: break;
  }
  return {measure_kind::later, {}, problem.retry_at, problem.reason};
}

measure_reply measure_of(std::optional<post_figures> read) {
  const bool is_told = read && (read->likes || read->comments || read->shares || read->views);
  if (!is_told) return {measure_kind::later, {}, std::nullopt, "The platform's figures could not be read."};
  return {measure_kind::counted, *read, std::nullopt, {}};
}

std::optional<std::int64_t> count_at(const boost::json::value& document, std::string_view pointer) {
  boost::system::error_code missing;
  const auto* const found = document.find_pointer(pointer, missing);
  if (found == nullptr) return std::nullopt;
  std::int64_t count = -1;
  if (found->is_int64()) count = found->get_int64();
  if (const auto* const text = found->if_string()) {
    const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), count);
    if (failed != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  }
  if (count < 0) return std::nullopt;
  return count;
}

std::optional<std::int64_t> sum_of(std::optional<std::int64_t> one, std::optional<std::int64_t> other) {
  if (!one && !other) return std::nullopt;
  const auto first = one.value_or(0);
  const auto second = other.value_or(0);
  if (first > std::numeric_limits<std::int64_t>::max() - second) return std::nullopt;
  return first + second;
}

void ask_figures(egress& client, egress_request request,
                 std::function<std::optional<post_figures>(const boost::json::value&)> read,
                 std::function<measure_reply(const egress_reply&)> judge, std::function<void(measure_reply)> done) {
  client.send(std::move(request),
              [read = std::move(read), judge = std::move(judge), done = std::move(done)](const egress_reply& reply) {
                if (reply.how_far != progress::complete || reply.status != 200) return done(judge(reply));
                base::json::cursor ignored;
                const auto document = base::json::parse(reply.body, ignored);
                done(measure_of(document ? read(*document) : std::nullopt));
              });
}

}  // namespace pulse::connectors

#include "http/routes/campaigns/content_answers.hpp"

#include "http/routes/campaigns/content_input.hpp"

namespace pulse::http::routes {

namespace {

problem not_pending(const persistence::content::item& of) {
  return problems::conflict("content_is_" + std::string{base::to_name(of.state)},
                            "It does not wait for approval. Only what was handed in is approved or rejected.");
}

}  // namespace

outcome<persistence::content::item> to_outcome(persistence::reviews::decided from) {
  using persistence::reviews::outcome;
  switch (from.outcome) {
    case outcome::done: break;
    case outcome::not_found: return problems::not_found("content");
    case outcome::not_pending: return not_pending(*from.item);
    case outcome::changed: return content_changed(*from.item);
    case outcome::refused: return problems::forbidden("not_yours_to_decide", from.sentence);
  }
  if (!from.item) return problems::not_found("content");
  return std::move(*from.item);
}

}  // namespace pulse::http::routes

#include "http/routes/campaigns/content_answers.hpp"

#include "http/routes/campaigns/content_input.hpp"

namespace pulse::http::routes {

namespace {

problem not_pending(const persistence::content::item& of) {
  return problems::conflict("content_is_" + std::string{base::to_name(of.state)},
                            "It does not wait for approval. Only content that was handed in can be decided.");
}

}  // namespace

result<persistence::content::item> to_outcome(persistence::reviews::decided from) {
  using persistence::reviews::review_result;
  switch (from.outcome) {
    case review_result::done: break;
    case review_result::not_found: return problems::not_found("content");
    case review_result::not_pending: return not_pending(*from.item);
    case review_result::changed: return content_changed(*from.item);
    case review_result::refused: return problems::forbidden("not_yours_to_decide", from.sentence);
  }
  if (!from.item) return problems::not_found("content");
  return std::move(*from.item);
}

}  // namespace pulse::http::routes

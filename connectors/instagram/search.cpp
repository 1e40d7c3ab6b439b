#include "connectors/instagram/search.hpp"

#include <utility>
#include <vector>

#include "connectors/instagram/classify.hpp"
#include "connectors/instagram/handles.hpp"
#include "connectors/shared/list_search.hpp"

namespace pulse::connectors::instagram {

namespace {

constexpr int max_pages = 10;  // of 100 media: ten days' worth of what Instagram lets an account publish
constexpr std::chrono::hours container_life{24};

/// Keeps itself alive until it has called back.
class search : public std::enable_shared_from_this<search> {
 public:
  search(const instagram_options& options, egress& client, const base::clock& clock, const publication& what,
         base::timestamp earliest, std::chrono::milliseconds request_timeout, std::function<void(search_result)> done)
      : options_(options),
        client_(client),
        clock_(clock),
        account_(what.account),
        caption_(comparable_text(what.text)),
        earliest_(earliest),
        request_timeout_(request_timeout),
        done_(std::move(done)) {}

  void ask_page(const std::string& after) {
    form_fields query{{"fields", "id,caption,permalink,timestamp"}, {"limit", "100"}};
    if (!after.empty()) query.emplace_back("after", after);
    auto request = get_request(options_, account_, account_.external_user_id + "/media", query);
    request.timeout = request_timeout_;
    client_.send(std::move(request), [self = shared_from_this()](const egress_reply& reply) { self->read(reply); });
  }

 private:
  using kind = search_result::kind;

  void read(const egress_reply& reply) {
    const bool is_whole = reply.how_far == progress::complete && reply.status == 200;
    auto page = is_whole ? read_media_page(reply.body) : std::nullopt;
    if (!page) return done_({kind::failed, {}, problem_of(reply, meta::step::harmless, clock_.now())});
    bool is_old = !page->items.empty();
    for (auto& one : page->items) {
      if (one.published_at < earliest_) continue;
      is_old = false;
      if (comparable_text(one.text) == caption_) fitting_.push_back(std::move(one));
    }
    if (page->next.empty() || is_old) return end();
    if (++pages_ >= max_pages) return done_({fitting_.empty() ? kind::too_many : kind::several, {}, {}});
    ask_page(page->next);
  }

  void end() {
    if (fitting_.empty()) return done_({kind::none, {}, {}});
    if (fitting_.size() > 1) return done_({kind::several, {}, {}});
    done_({kind::one, std::move(fitting_.front()), {}});
  }

  const instagram_options options_;
  egress& client_;
  const base::clock& clock_;
  const credentials account_;
  const std::string caption_;
  const base::timestamp earliest_;
  const std::chrono::milliseconds request_timeout_;
  const std::function<void(search_result)> done_;
  std::vector<list_item> fitting_;
  int pages_ = 0;
};

}  // namespace

void search_media(const instagram_options& options, egress& client, const base::clock& clock, const publication& what,
                  base::timestamp earliest, std::chrono::milliseconds request_timeout,
                  std::function<void(search_result)> done) {
  std::make_shared<search>(options, client, clock, what, earliest, request_timeout, std::move(done))->ask_page("");
}

base::timestamp earliest_of(const instagram_options& options, const publication& what) {
  const auto made_at = container_made_at(what).value_or(what.started_at - container_life);
  return std::chrono::floor<std::chrono::seconds>(made_at - options.clock_skew);
}

}  // namespace pulse::connectors::instagram

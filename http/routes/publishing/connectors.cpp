#include "http/routes/publishing/connectors.hpp"

#include <algorithm>
#include <memory>
#include <mutex>

#include "base/json.hpp"
#include "domain/publishing/channel.hpp"
#include "http/api/services.hpp"
#include "http/server/conditional.hpp"

namespace pulse::http::routes {

namespace {

/// The facts about a platform that a composer needs.
struct available_connector {
  domain::channel_type type = domain::channel_type::website;
  std::string name;  // for people
  bool account_required = true;
  domain::capabilities capabilities_json;
  domain::text_rules text;
  domain::media_rules media;
  domain::abilities can;
  std::vector<domain::post_option> options;  // choices of a single post
  bool is_sandbox = false;                   // a stand-in serves it: nothing is really published
};
BOOST_DESCRIBE_STRUCT(available_connector, (),
                      (type, name, account_required, capabilities_json, text, media, can, options, is_sandbox))

struct connector_catalogue {
  std::vector<available_connector> items;
};
BOOST_DESCRIBE_STRUCT(connector_catalogue, (), (items))

connector_catalogue catalogue_of(const std::vector<domain::channel_type>& stand_ins) {
  connector_catalogue made;
  for (const auto& each : domain::platforms()) {
    made.items.push_back({.type = each.type,
                          .name = std::string{each.display_name},
                          .account_required = each.needs_account,
                          .capabilities_json = domain::capabilities_of(each.type),
                          .text = each.text,
                          .media = each.media,
                          .can = each.can,
                          .options = each.options,
                          .is_sandbox = std::find(stand_ins.begin(), stand_ins.end(), each.type) != stand_ins.end()});
  }
  return made;
}

/// The answer in its serialized form. It never changes while the program runs, so it is made once. Any thread.
class written_catalogue {
 public:
  reply<connector_catalogue> answer(const request_context& context) {
    std::call_once(is_made_, [this, &context] {
      text_ = std::make_shared<const std::string>(base::json::to_json(catalogue_of(context.services.stand_ins)));
      etag_ = server::make_etag(*text_);
    });
    server::response made;
    made.content_type = "application/json";
    made.headers = {{"etag", etag_}, {"cache-control", "private, no-cache"}};
    made.shared_body = text_;
    return made;
  }

 private:
  std::once_flag is_made_;
  std::shared_ptr<const std::string> text_;
  std::string etag_;
};

}  // namespace

void add_connectors(route_table& routes) {
  const auto list_connectors =
      [written = std::make_shared<written_catalogue>()](request_context& context) -> reply<connector_catalogue> {
    return written->answer(context);
  };
  routes.add(server::verb::get, "/connectors/available", domain::permission::read_channels, list_connectors,
             "List the available platforms, with the capabilities of each",
             {.description = "The same for everybody; it has an ETag."});
}

}  // namespace pulse::http::routes

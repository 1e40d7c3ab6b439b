#include "http/routes/publishing/connectors.hpp"

#include <algorithm>

#include "domain/publishing/channel.hpp"
#include "http/api/services.hpp"

namespace pulse::http::routes {

namespace {

/// All that a composer needs to know of a platform.
struct available_connector {
  domain::channel_type type = domain::channel_type::website;
  std::string name;  // as people know the platform
  bool account_required = true;
  domain::capabilities capabilities_json;
  domain::text_rules text;
  domain::media_rules media;
  domain::abilities can;
  std::vector<domain::post_option> options;  // what is chosen with a post
  bool is_sandbox = false;                   // a stand-in serves it: nothing is published for real
};
BOOST_DESCRIBE_STRUCT(available_connector, (),
                      (type, name, account_required, capabilities_json, text, media, can, options, is_sandbox))

struct connector_catalogue {
  std::vector<available_connector> items;
};
BOOST_DESCRIBE_STRUCT(connector_catalogue, (), (items))

reply<connector_catalogue> list_connectors(call& of) {
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
                          .is_sandbox = std::find(of.with.stand_ins.begin(), of.with.stand_ins.end(), each.type) !=
                                        of.with.stand_ins.end()});
  }
  return made;
}

}  // namespace

void add_connectors(route_table& routes) {
  routes.add(server::verb::get, "/connectors/available", domain::permission::read_channels, &list_connectors,
             "List the platforms that a channel can be of, with what each takes");
}

}  // namespace pulse::http::routes

#include "http/routes/publishing/connectors.hpp"

#include "domain/publishing/channel.hpp"

namespace pulse::http::routes {

namespace {

struct available_connector {
  domain::channel_type type = domain::channel_type::website;
  std::string name;  // as people know the platform
  bool account_required = true;
  domain::capabilities capabilities_json;
};
BOOST_DESCRIBE_STRUCT(available_connector, (), (type, name, account_required, capabilities_json))

struct connector_catalogue {
  std::vector<available_connector> items;
};
BOOST_DESCRIBE_STRUCT(connector_catalogue, (), (items))

reply<connector_catalogue> list_connectors(call&) {
  connector_catalogue made;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<domain::channel_type>>([&made](auto entry) {
    made.items.push_back({.type = entry.value,
                          .name = std::string{domain::display_name(entry.value)},
                          .account_required = domain::needs_account(entry.value),
                          .capabilities_json = domain::capabilities_of(entry.value)});
  });
  return made;
}

}  // namespace

void add_connectors(route_table& routes) {
  routes.add(server::verb::get, "/connectors/available", domain::permission::read_channels, &list_connectors,
             "List the platforms that a channel can be of, with what each takes");
}

}  // namespace pulse::http::routes

#include "domain/events/facts.hpp"

#include <boost/mp11.hpp>

#include "base/json.hpp"

namespace pulse::domain {

event_kind kind_of(const event_facts& facts) {
  return std::visit([](const auto& each) { return each.kind; }, facts);
}

std::string to_json(const event_facts& facts) {
  return std::visit([](const auto& each) { return base::json::to_json(each); }, facts);
}

event_facts read_facts(event_kind kind, const boost::json::object& from) {
  event_facts made;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, event_facts>>([&](auto each) {
    using facts = typename decltype(each)::type;
    if (facts::kind == kind) made = base::json::read_known<facts>(from);
  });
  return made;
}

}  // namespace pulse::domain

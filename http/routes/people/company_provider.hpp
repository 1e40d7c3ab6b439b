// /org/identity-provider: a company's own identity provider, set up by its owners.
#pragma once

#include <string>

#include <boost/asio/awaitable.hpp>

#include "actors/people/identity_providers.hpp"
#include "http/api/problem.hpp"
#include "http/api/route_table.hpp"

namespace pulse::http::routes {

struct found_provider {
  base::uuid tenant_id;
  actors::identity_provider at;
};

/// Finds the provider by the company's sign-in name; 404 where there is none, or it is switched off.
boost::asio::awaitable<result<found_provider>> find_company_provider(request_context& context,
                                                                     std::string sign_in_name);
/// The provider of a company; 404 where there is none, or it is switched off.
boost::asio::awaitable<result<actors::identity_provider>> company_provider_of(request_context& context,
                                                                              base::uuid tenant_id);

void add_company_provider(route_table& table);

}  // namespace pulse::http::routes

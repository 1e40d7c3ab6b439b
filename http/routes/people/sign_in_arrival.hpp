// Who is let in by an identity provider: a known identity, a verified address of a member, or an invited person.
#pragma once

#include <string>

#include "actors/people/identity_providers.hpp"
#include "base/uuid.hpp"
#include "http/api/request_context.hpp"
#include "http/routes/people/sign_in_pass.hpp"

#include <boost/asio/awaitable.hpp>

namespace pulse::http::routes {

struct arrival {
  std::string refused;  // a code for the dashboard; empty: they are in
  base::uuid tenant_id;
  base::uuid member_id;
};

/// Finds or makes the member, links the identity to them, and stores LinkedIn's tokens. An address alone never lets in
/// a platform administrator, and an address that the provider has not verified lets in nobody.
boost::asio::awaitable<arrival> admit_identity(request_context& context, const sign_in_pass& pass,
                                               const actors::identity_found& who);

/// Links it to the member who has begun the linking.
boost::asio::awaitable<arrival> link_identity(request_context& context, const sign_in_pass& pass,
                                              const actors::identity_found& who);

}  // namespace pulse::http::routes

// Whom an identity provider's word lets in: a member who is known by it, one whose address it has verified, or somebody with an invitation.
#pragma once

#include <string>

#include "actors/people/identity_providers.hpp"
#include "base/uuid.hpp"
#include "http/api/request_context.hpp"
#include "http/routes/people/sign_in_pass.hpp"

#include <boost/asio/awaitable.hpp>

namespace pulse::http::routes {

struct arrival {
  std::string refused;  // a word for the dashboard; empty: they are in
  base::uuid tenant_id;
  base::uuid member_id;
};

/// Finds or makes the member, links the identity to them, and keeps what LinkedIn allows in their name. Never a platform administrator by
/// an address alone, and never anybody by an address that the provider has not verified.
boost::asio::awaitable<arrival> let_in(request_context& context, const sign_in_pass& pass,
                                       const actors::identity_found& who);

/// Links it to the member who has begun that.
boost::asio::awaitable<arrival> link_identity(request_context& context, const sign_in_pass& pass,
                                              const actors::identity_found& who);

}  // namespace pulse::http::routes

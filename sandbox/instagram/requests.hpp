// Instagram's requests, read strictly.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "http/server/message.hpp"
#include "sandbox/instagram/media.hpp"

namespace pulse::sandbox::instagram {

/// The parameters of a call, which the Graph API takes from the query and from a form or JSON body alike; or the refusal.
using parameters = std::map<std::string, std::string>;
std::variant<parameters, http::server::response> read_parameters(const http::server::request& asked);

/// What `POST /{ig-user-id}/media` makes, without an id and times; or the refusal.
std::variant<container, http::server::response> read_container(const parameters& given);

/// `fields` as a set, of which each must be one of `known`; `id` is always shown. Or the refusal.
std::variant<std::set<std::string>, http::server::response> read_fields(const parameters& given,
                                                                        const std::set<std::string_view>& known);

/// A parameter that the call does not have, as its refusal; nothing when all are `known`.
std::optional<http::server::response> unknown_parameter(const parameters& given,
                                                        const std::set<std::string_view>& known);

}  // namespace pulse::sandbox::instagram

// Reads Instagram's requests, strictly.
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

/// The parameters of a call, which the Graph API accepts in the query and in a form or JSON body; or the refusal.
using parameters = std::map<std::string, std::string>;
std::variant<parameters, http::server::response> read_parameters(const http::server::request& request);

/// The container of `POST /{ig-user-id}/media`, without id and times; or the refusal.
std::variant<container, http::server::response> read_container(const parameters& given);

/// `fields` as a set; each must be one of `known`, and `id` is always shown. Or the refusal.
std::variant<std::set<std::string>, http::server::response> read_fields(const parameters& given,
                                                                        const std::set<std::string_view>& known);

/// The refusal of a parameter that the call does not have; nothing if all are `known`.
std::optional<http::server::response> unknown_parameter(const parameters& given,
                                                        const std::set<std::string_view>& known);

}  // namespace pulse::sandbox::instagram

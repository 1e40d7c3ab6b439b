#include "http/api/openapi.hpp"

#include <set>

#include <fmt/core.h>

#include "http/api/idempotency.hpp"
#include "http/api/pagination.hpp"

namespace pulse::http {

namespace json = boost::json;

namespace {

constexpr std::string_view bearer_scheme = "access_token";

constexpr domain::role all_roles[] = {domain::role::owner, domain::role::admin, domain::role::team_leader,
                                      domain::role::member, domain::role::analyst};

/// "get_posts_by_id_timeline" for GET /posts/{id}/timeline.
std::string operation_id(const route& of) {
  std::string id;
  for (const char c : server::to_string(of.method)) id += static_cast<char>(c - 'A' + 'a');
  for (const char c : of.path) {
    if (c == '{') {
      id += "by_";
    } else if (c == '/' || c == '-' || c == '.') {
      id += '_';
    } else if (c != '}') {
      id += c;
    }
  }
  while (id.back() == '_') id.pop_back();
  return id;
}

/// The first segment of the path.
std::string tag_of(const route& of) {
  const auto end = of.path.find('/', 1);
  auto tag = of.path.substr(1, end == std::string::npos ? end : end - 1);
  if (of.needs == domain::permission::public_ && end == std::string::npos && of.method == server::verb::get)
    return "system";
  return tag;
}

std::string describe_tag(const std::string& tag) {
  return tag == "system" ? "Liveness, readiness and metrics of the service."
                         : fmt::format("Everything under `/{}`.", tag);
}

std::string describe_needs(const route& of) {
  if (of.needs == domain::permission::public_) return "Needs no token.";
  std::string roles;
  for (const auto role : all_roles) {
    if (!domain::allows(role, of.needs)) continue;
    if (!roles.empty()) roles += ", ";
    roles += base::to_name(role);
  }
  std::string text = "Needs the permission `";
  text += base::to_name(of.needs);
  text += "`: ";
  text += roles;
  text += '.';
  return text;
}

json::object parameter(std::string_view name, std::string_view place, bool required, json::value schema) {
  return {{"name", name}, {"in", place}, {"required", required}, {"schema", std::move(schema)}};
}

json::object reference_to_parameter(std::string_view name) {
  return {{"$ref", "#/components/parameters/" + std::string{name}}};
}

json::array parameters_of(const route& of, const route_description& described) {
  json::array made;
  for (const auto& one : described.path) made.push_back(parameter(one.name, "path", true, one.schema));
  for (const auto& one : described.query) made.push_back(parameter(one.name, "query", one.required, one.schema));
  if (of.needs != domain::permission::public_) made.push_back(reference_to_parameter("tenant"));
  if (of.options.idempotent) made.push_back(reference_to_parameter("idempotency_key"));
  if (of.options.conditional) made.push_back(reference_to_parameter("if_match"));
  return made;
}

json::object success_of(const route& of, const route_description& described, int status) {
  json::object made{{"description", of.summary}};
  json::object headers{{"X-Request-ID", json::object{{"$ref", "#/components/headers/request_id"}}}};
  if (of.options.success == 201) headers["Location"] = json::object{{"$ref", "#/components/headers/location"}};
  made["headers"] = std::move(headers);
  if (status == 204) return made;
  if (!described.answer.is_null()) {
    made["content"] = json::object{{"application/json", json::object{{"schema", described.answer}}}};
  } else if (of.options.success == 200) {
    made["content"] = json::object{{of.options.media_type, json::object{{"schema", json::object{{"type", "string"}}}}}};
  }
  return made;
}

/// Every error status of the framework or the handler.
std::set<int> refusals_of(const route& of, const route_description& described) {
  std::set<int> made{of.options.problems.begin(), of.options.problems.end()};
  if (of.needs != domain::permission::public_) made.insert({401, 403, 503});
  if (!described.path.empty()) made.insert(404);
  made.insert(400);  // at least from the head parser
  if (!of.options.any_query || !described.path.empty() || !described.body.is_null()) made.insert(422);
  if (!described.body.is_null()) made.insert({413, 415});
  if (of.options.idempotent) made.insert(409);
  if (of.options.conditional) made.insert(412);
  return made;
}

json::object responses_of(const route& of, const route_description& described) {
  json::object made;
  made[std::to_string(of.options.success)] = success_of(of, described, of.options.success);
  if (of.options.also != 0) made[std::to_string(of.options.also)] = success_of(of, described, of.options.also);
  for (const int status : refusals_of(of, described)) {
    made[std::to_string(status)] = json::object{{"$ref", "#/components/responses/problem_" + std::to_string(status)}};
  }
  return made;
}

json::object operation_of(const route& of, const route_description& described) {
  json::object made{{"operationId", operation_id(of)}, {"summary", of.summary}, {"tags", json::array{tag_of(of)}}};
  auto description = std::string{of.options.description};
  if (!description.empty()) description += "\n\n";
  made["description"] = description + describe_needs(of);
  made["x-permission"] = base::to_name(of.needs);
  auto parameters = parameters_of(of, described);
  if (!parameters.empty()) made["parameters"] = std::move(parameters);
  if (!described.body.is_null()) {
    json::object content{{"application/json", json::object{{"schema", described.body}}}};
    if (of.method == server::verb::patch) content[merge_patch] = json::object{{"schema", described.body}};
    made["requestBody"] = json::object{{"required", described.body_required}, {"content", std::move(content)}};
  }
  made["responses"] = responses_of(of, described);
  if (of.needs == domain::permission::public_) {
    made["security"] = json::array{};
  } else {
    made["security"] = json::array{json::object{{bearer_scheme, json::array{}}}};
  }
  return made;
}

json::object problem_schema() {
  const json::object text{{"type", "string"}};
  const auto described = [](std::string_view type, std::string_view description) {
    return json::object{{"type", type}, {"description", description}};
  };
  json::object error{
      {"type", "object"},
      {"properties", json::object{{"pointer", described("string", "JSON Pointer into the body.")},
                                  {"parameter", described("string", "Name of a path or query parameter.")},
                                  {"detail", described("string", "What is wrong with it.")}}},
      {"required", json::array{"detail"}}};
  return {{"type", "object"},
          {"description", "A problem document (RFC 9457)."},
          {"properties", json::object{{"type", json::object{{"type", "string"}, {"format", "uri-reference"}}},
                                      {"title", text},
                                      {"status", json::object{{"type", "integer"}}},
                                      {"detail", described("string", "What happened and what to do next.")},
                                      {"instance", json::object{{"type", "string"}, {"format", "uri-reference"}}},
                                      {"request_id", described("string", "Name it when you report the problem.")},
                                      {"code", described("string", "The same for every occurrence, for programs.")},
                                      {"errors", json::object{{"type", "array"}, {"items", std::move(error)}}}}},
          {"required", json::array{"type", "title", "status", "detail", "request_id"}}};
}

json::object problem_response(int status) {
  return {{"description", server::reason(status)},
          {"headers", json::object{{"X-Request-ID", json::object{{"$ref", "#/components/headers/request_id"}}}}},
          {"content", json::object{{"application/problem+json", json::object{{"schema", reference_to("problem")}}}}}};
}

json::object shared_parameters() {
  auto tenant = parameter("X-Tenant-ID", "header", false, json::object{{"type", "string"}, {"format", "uuid"}});
  tenant["description"] = "May repeat the company of the access token; another one is refused.";
  auto key =
      parameter("Idempotency-Key", "header", false,
                json::object{{"type", "string"}, {"minLength", 1}, {"maxLength", idempotency_key_bytes_max + 2}});
  key["description"] =
      "A structured-field string, `\"8e03978e\"`, or the bare token. A repeated request with the same key creates "
      "nothing and gets the first answer again, for 24 hours. 409: the first is still running. 422: the key was used "
      "for another request.";
  auto version = parameter("If-Match", "header", false, json::object{{"type", "string"}});
  version["description"] =
      "The ETag of the version that you read. 412: it has changed since, and this call changes nothing.";
  return {{"tenant", std::move(tenant)}, {"idempotency_key", std::move(key)}, {"if_match", std::move(version)}};
}

json::object shared_headers() {
  return {
      {"request_id",
       json::object{{"description", "The request's id; taken from the request's X-Request-ID when it is well-formed."},
                    {"schema", json::object{{"type", "string"}}}}},
      {"location", json::object{{"description", "The address of the created object."},
                                {"schema", json::object{{"type", "string"}, {"format", "uri-reference"}}}}}};
}

json::array servers_at(std::string_view prefix) {
  const auto url = [prefix](std::string_view path) { return std::string{prefix} + std::string{path}; };
  return {json::object{{"url", prefix.empty() ? "/" : url("")}, {"description", "This server"}},
          json::object{{"url", url(api_prefix)}, {"description", "The same under /api"}}};
}

json::object info_of(std::string_view version) {
  return {{"title", "Pulse"},
          {"version", version},
          {"summary", "Publishes a company's posts to its social channels: once, on time, and explained."},
          {"description",
           "Every path is served as written here and also under `/api`. Errors are problem documents (RFC 9457). Lists "
           "come by page: pass `next_cursor` as `cursor` to get the next one. Times are RFC 3339 in UTC."},
          {"license", json::object{{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}};
}

}  // namespace

openapi_document make_openapi(const route_table& table, std::string_view version, std::string_view prefix) {
  schemas all;
  std::vector<std::pair<const route*, route_description>> described;
  for (const auto& one : table.routes()) {
    if (!one.options.hidden) described.emplace_back(&one, route_description{});
  }
  for (auto& [one, made] : described) one->describe_answer(all, made);
  for (auto& [one, made] : described) {
    made.changes = one->method == server::verb::patch;
    one->describe_input(all, made);
  }

  json::object paths;
  std::set<int> refusals;
  std::set<std::string> tags;
  for (const auto& [one, made] : described) {
    auto verb = std::string{server::to_string(one->method)};
    for (char& c : verb) c = static_cast<char>(c - 'A' + 'a');
    if (!paths.contains(one->path)) paths[one->path] = json::object{};
    paths[one->path].as_object()[verb] = operation_of(*one, made);
    refusals.merge(refusals_of(*one, made));
    tags.insert(tag_of(*one));
  }
  json::object responses;
  for (const int status : refusals) responses["problem_" + std::to_string(status)] = problem_response(status);
  json::array tag_list;
  for (const auto& tag : tags) tag_list.push_back(json::object{{"name", tag}, {"description", describe_tag(tag)}});

  openapi_document document;
  document.clashes = all.clashes();
  auto components = all.take();
  components["problem"] = problem_schema();
  json::object schemes{
      {bearer_scheme, json::object{{"type", "http"},
                                   {"scheme", "bearer"},
                                   {"bearerFormat", "JWT"},
                                   {"description", "From POST /signup, /auth/login or /auth/refresh."}}}};
  document.content = {{"openapi", "3.1.0"},
                      {"info", info_of(version)},
                      {"servers", servers_at(prefix)},
                      {"tags", std::move(tag_list)},
                      {"paths", std::move(paths)},
                      {"components", json::object{{"schemas", std::move(components)},
                                                  {"responses", std::move(responses)},
                                                  {"parameters", shared_parameters()},
                                                  {"headers", shared_headers()},
                                                  {"securitySchemes", std::move(schemes)}}}};
  return document;
}

}  // namespace pulse::http

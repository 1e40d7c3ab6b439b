// /audit: who did what, and whether the record is unchanged.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

/// `table` outlives its routes, which take their sentences from it.
void add_audit(route_table& table);

/// /audit/export.
void add_audit_export(route_table& table);

/// /audit/head and /audit/verify.
void add_audit_chain(route_table& table);

}  // namespace pulse::http::routes

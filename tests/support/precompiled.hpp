// What every test file includes, parsed once for all test programs.
#pragma once

#include <catch2/catch.hpp>

#include "base/precompiled.hpp"
#include "tests/support/catch_result.hpp"

// What kind of file it is, before anything else reads it.
#pragma once

#include <string>

namespace pulse::media_worker {

/// The type by the file's own first bytes ("image/png"), whatever its name says; empty when nobody knows.
/// `prepare_kinds` must have been called, which opens files.
bool prepare_kinds();
std::string kind_of(int file);

/// Why a file of this type is not taken although it is one: it is another kind of file at the same time, or its end is
/// missing. Empty when nothing is wrong.
std::string hidden_problem(int file, const std::string& type);

}  // namespace pulse::media_worker

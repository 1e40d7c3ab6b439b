// The program's memory as a whole.
#pragma once

namespace pulse::base {

/// Gives the pages that hold nothing back to the system: after much was freed at once, which the allocator would otherwise keep for a
/// while. Thread-safe; takes about a millisecond.
void return_free_memory();

}  // namespace pulse::base

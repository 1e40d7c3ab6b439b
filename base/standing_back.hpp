// Lowers the priority of threads that do long work, in favour of those that answer requests.
#pragma once

namespace pulse::base {

/// Lowers the priority of the calling thread by `steps` of niceness (nice(2)) below what it has, to 19 at most: so it
/// stands back behind its own process, and as far behind others as that process does. Where the kernel can (Linux
/// 6.12), its time slices also become so short that a thread that wakes up need not wait for a usual one. Needs no
/// rights and cannot be undone. What the kernel refuses stays unchanged.
void stand_back(int steps);

/// The calling thread works only while no other thread wants its core (SCHED_IDLE), and gives the core up at once to
/// whoever wakes up. It may get nothing at all for long. Needs no rights, but undoing it would.
void work_when_idle();

}  // namespace pulse::base

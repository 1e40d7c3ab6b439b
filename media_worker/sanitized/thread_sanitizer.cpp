// Part of the worker under `make tsan` alone: no reports, because all threads are those of Debian's libvips, which TSAN
// does not see through.

extern "C" const char* __tsan_default_options();  // NOLINT(bugprone-reserved-identifier): TSAN asks for it by this name

extern "C" const char* __tsan_default_options() { return "report_bugs=0"; }  // NOLINT(bugprone-reserved-identifier)

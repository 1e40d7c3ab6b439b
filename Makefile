# The daily verbs, one line each: what they do is in scripts/, the building is CMake's.
.DEFAULT_GOAL := help
comma := ,
.PHONY: dashboard-install dashboard-build dashboard-test dashboard-dev help run stop build test seed seed-remove lint lint-all format bench torture live test-browser lighthouse proofs fuzz planted-bugs clean debug asan tsan

help: ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18
run: ## install, build, start everything on http://localhost:8000; Ctrl-C stops it
	@scripts/run
stop: ## stop what runs from another terminal, or what a killed run left
	@scripts/stop
build: ## build everything (preset release)
	@scripts/build
test: ## build and run every test on private servers
	@scripts/test
seed: ## make sure that the demo company is in the database
	@scripts/seed

seed-remove: ## remove the demo company, with all that it has
	@scripts/seed --remove
lint: ## check format, C++, shell, Python and SQL of what changed
	@scripts/lint
lint-all: ## the same, and clang-tidy reads every file
	@scripts/lint --all
format: ## let clang-format write
	@scripts/format
bench: ## measure, print a table, write JSON; ONLY=peers,lateness measures these only, ROUNDS=3 so often
	@scripts/bench $(if $(ONLY),--only $(ONLY)) $(if $(ROUNDS),--rounds $(ROUNDS))
torture: ## kill, stop and cut off everything while it publishes, then check every promise (ONLY=everywhere, TORTURE_SECONDS, TORTURE_SEED)
	@scripts/torture $(if $(ONLY),--only $(ONLY))
proofs: ## the long form of what tests prove in small: row security alone, refreshes that race, guessing
	@scripts/proofs
fuzz: ## let every fuzzer search (FUZZ_SECONDS=60 each; NAMES=head,json these only)
	@scripts/fuzz $(if $(NAMES),$(subst $(comma), ,$(NAMES)))
live: ## 200 people watch 100,000 events, each cut off at random, while Redis and the processes are killed
	@scripts/build release pulse pulse-sandbox && PULSE_LIVE_WATCHERS=200 PULSE_LIVE_EVENTS=100000 tests/e2e/live_test.py
test-browser: ## the walk in Chromium, and every page in both themes and both sizes
	@scripts/build release pulse pulse-sandbox && PULSE_BROWSER=whole tests/e2e/browser_test.py
lighthouse: ## what Lighthouse says of overview, composer and calendar; and whether long lists drop frames
	@scripts/bench --only lighthouse,frames $(if $(ROUNDS),--rounds $(ROUNDS))
planted-bugs: ## plant bugs, one after the other, and see whether the tests catch them
	@scripts/planted_bugs
dashboard-install: ## fetch the npm packages of the dashboard
	@scripts/dashboard install
dashboard-build: ## build the dashboard into dashboard/dist
	@scripts/dashboard build
dashboard-test: ## lint, unit tests and the size of the dashboard's first load
	@scripts/dashboard test
dashboard-dev: ## serve its sources on http://localhost:5173, beside a running Pulse (VITE_PROXY_TARGET)
	@scripts/dashboard dev
debug: ## build for the debugger
	@scripts/build debug
asan: ## run the tests with the address and undefined behaviour sanitizers
	@scripts/test asan
tsan: ## run the tests with the thread sanitizer
	@scripts/test tsan
clean: ## remove what was built; the data in var stays
	@scripts/clean

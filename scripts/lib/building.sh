# shellcheck shell=bash
# Builds with CMake and Ninja. Needs common.sh and packages.sh.

# The folders with packages from npm: what the running program serves, the dashboard, what drives a browser, and whom a
# test lets sign people in.
npm_folders=(http/docs_assets dashboard browser_worker tests/e2e/identity_provider)

# build_targets PRESET TARGET…: brings the npm assets and the build folder up to date and builds the targets.
build_targets() {
  local preset=$1 folder=$checkout/build/$1
  shift
  install_npm_assets
  configure "$preset" "$folder"
  ninja -C "$folder" "$@"
}

# configure PRESET FOLDER: once; Ninja itself notices when a CMake file changed. With PULSE_UNITY set, several files are
# compiled at a time (cmake/pulse_room.cmake).
configure() {
  local configured_for
  if [[ -f $2/CMakeCache.txt ]]; then
    configured_for=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$2/CMakeCache.txt")
    if [[ $configured_for != "$checkout" ]]; then
      say "The checkout was moved; $(short_path "$2") is made anew."
      rm -rf -- "$2"
    fi
  fi
  [[ -f $2/build.ninja ]] || (cd -- "$checkout" && cmake --preset "$1" ${PULSE_UNITY:+-DPULSE_UNITY=ON})
}

install_npm_assets() {
  local folder
  for folder in "${npm_folders[@]/#/"$checkout/"}"; do
    [[ -f $folder/package-lock.json ]] || continue
    # npm leaves this file when it has finished
    [[ $folder/node_modules/.package-lock.json -nt $folder/package-lock.json ]] && continue
    say "Fetching the npm packages of $(short_path "$folder")."
    (cd -- "$folder" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error) ||
      fail "npm could not fetch them; is there a way to the npm registry?"
  done
}

# build_dashboard: dashboard/dist, when something that it is made of changed; a folder changes when a file in it is
# removed.
build_dashboard() {
  local dist=$checkout/dashboard/dist
  [[ -f $checkout/dashboard/package.json ]] || return 0
  if [[ -f $dist/index.html && -z $(find "$checkout/dashboard" \
    \( -path "$dist" -o -path "$checkout/dashboard/node_modules" -o -path "$checkout/dashboard/e2e" \) -prune -o -mindepth 1 -newer "$dist/index.html" -print -quit) ]]; then
    return 0
  fi
  say "Building the dashboard."
  (cd -- "$checkout/dashboard" && npm run --silent build) || fail "The dashboard could not be built; the lines above say why."
  touch "$dist/index.html"
}

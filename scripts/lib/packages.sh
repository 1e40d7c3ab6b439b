# shellcheck shell=bash
# Installs what scripts/packages.txt asks for and the machine lacks. Needs common.sh.

# install_packages GROUP…: makes sure that the packages of these groups are there; as root or through sudo installs
# those that are missing, otherwise names the command that would and ends the script.
install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  if ((EUID == 0)); then
    say "Installing ${#missing[@]} Debian packages that are missing: ${missing[*]}"
    "$checkout/scripts/lib/apt_install" "${missing[@]}" || fail "apt-get could not install them; its last lines say why."
  elif command -v sudo >/dev/null; then
    say "Installing ${#missing[@]} Debian packages that are missing, through sudo: ${missing[*]}"
    sudo "$checkout/scripts/lib/apt_install" "${missing[@]}" || ask_for_packages "${missing[@]}"
  else
    ask_for_packages "${missing[@]}"
  fi
}

ask_for_packages() {
  fail "These Debian packages are missing. Have them installed as root, then try again:
  apt-get install --no-install-recommends $*"
}

# The packages of the groups that are not installed, one a line.
missing_packages() {
  local wanted=() package status
  declare -A installed=()
  mapfile -t wanted < <(wanted_packages "$@" | sort -u)
  while read -r package status; do
    [[ $status == installed ]] && installed[$package]=yes
  done < <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null)
  for package in "${wanted[@]}"; do
    [[ -n ${installed[$package]:-} ]] || printf '%s\n' "$package"
  done
}

# The packages of the groups, one a line, without those whose command is there anyway.
wanted_packages() {
  local group='' package condition
  while read -r package condition; do
    case $package in
      '' | '#'*) continue ;;
      '['*']') group=${package//[\[\]]/} && continue ;;
    esac
    [[ " $* " == *" $group "* ]] || continue
    [[ -n $condition ]] && command -v "${condition#\?}" >/dev/null && continue
    printf '%s\n' "$package"
  done <"$checkout/scripts/packages.txt"
}

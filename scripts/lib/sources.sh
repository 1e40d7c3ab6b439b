# shellcheck shell=bash
# The files that are ours to check: known to git, or new and not ignored. Needs common.sh.

# our_files PATTERN…: names relative to the checkout, one a line; patterns as git's pathspecs.
our_files() {
  git -c safe.directory="$checkout" -C "$checkout" ls-files --cached --others --exclude-standard -- "$@" | sort -u |
    while IFS= read -r file; do
      [[ ! -f $checkout/$file ]] || printf '%s\n' "$file"
    done
}

our_cpp_files() { our_files '*.cpp' '*.hpp'; }

# our_programs_in LANGUAGE: the files whose first line asks for that interpreter.
our_programs_in() {
  our_files scripts .ci tests bench config | while IFS= read -r file; do
    if [[ $(head -c 80 "$checkout/$file" | head -n 1 | tr -d '\0') =~ ^#!.*[/\ ]$1[0-9]*$ ]]; then printf '%s\n' "$file"; fi
  done
}

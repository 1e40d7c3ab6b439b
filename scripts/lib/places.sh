# shellcheck shell=bash
# Where the private servers of a directory keep their files. Needs common.sh.
#
# Normally everything lies in the directory itself: postgres/ (data), redis/, run/ (sockets), log/. Two things can
# stand against it. PostgreSQL refuses to run as root, so as root it runs as another user, who may not be able to enter
# the directory; its data then lies below /var/lib/pulse, and the file postgres.location remembers where. And a socket's
# path must be short and, to be written into a URL as it is, plain; otherwise the sockets lie below /run or the
# machine's place for temporary files.

postgres_port=5432 # only a part of the socket's name: nothing listens on the network
postgres_role=pulse
socket_path_max=107 # bytes, sockaddr_un(7)

# find_places DIR: sets home, service_user, postgres_data, redis_data, sockets, logs for the others to use.
find_places() {
  home=$(realpath -m -- "$1")
  mkdir -p -- "$home" || fail "The directory $home cannot be made."
  [[ -w $home ]] || fail "The directory $home belongs to $(stat -c %U -- "$home"): run this as that user, or set PULSE_STATE_DIR to another place."
  hash=$(short_hash "$home")
  redis_data=$home/redis
  logs=$home/log
  find_service_user
  find_postgres_data
  find_sockets
}

# As root PostgreSQL runs as the user who owns the data already, or as Debian's user postgres.
find_service_user() {
  service_user=''
  ((EUID == 0)) || return 0
  service_user=postgres
  if [[ -d $home/postgres ]]; then
    service_user=$(stat -c %U -- "$home/postgres")
  fi
  id -u "$service_user" >/dev/null 2>&1 || fail "There is no user $service_user, as which PostgreSQL would run: is the package postgresql-15 installed?"
}

# Runs a command as the user of the private PostgreSQL.
as_service() {
  if [[ -z $service_user ]]; then
    "$@"
  else
    setpriv --reuid "$service_user" --regid "$(id -g "$service_user")" --init-groups -- "$@"
  fi
}

give_to_service() { [[ -z $service_user ]] || chown -R "$service_user": "$@"; }

find_postgres_data() {
  local inside=$home/postgres outside_home=/var/lib/pulse/$hash
  while belongs_to_another "$outside_home"; do outside_home+=x; done
  if [[ -s $home/postgres.location ]]; then
    postgres_data=$(<"$home/postgres.location")
    is_our_data_outside && return 0
  fi
  postgres_data=$inside
  as_service test -x "$home" && return 0
  postgres_data=$outside_home/postgres
  say "The user $service_user cannot enter $home, so PostgreSQL keeps its files in $postgres_data."
  mkdir -p -- "$outside_home"
  printf '%s\n' "$home" >"$outside_home/owner"
  if [[ -d $inside && ! -d $postgres_data ]]; then
    say "What was in $inside moves there."
    mv -- "$inside" "$postgres_data"
  fi
  printf '%s\n' "$postgres_data" >"$home/postgres.location"
}

# The folder of a checkout that was moved away from here.
belongs_to_another() {
  local owner
  owner=$(cat -- "$1/owner" 2>/dev/null) && [[ $owner != "$home" && -d $owner ]]
}

# Data outside belongs to the directory that it was made for. A directory that was moved keeps it; a copy of one that
# is still there begins with data of its own.
is_our_data_outside() {
  local owner_file owner
  owner_file=$(dirname -- "$postgres_data")/owner
  owner=$(cat -- "$owner_file" 2>/dev/null) || fail "PostgreSQL's files were kept in $postgres_data, and that is gone. To begin anew, remove $home/postgres.location."
  [[ $owner == "$home" ]] && return 0
  [[ -d $owner ]] && return 1
  printf '%s\n' "$home" >"$owner_file"
}

find_sockets() {
  sockets=$home/run
  local longest=$sockets/.s.PGSQL.$postgres_port.lock
  if [[ $postgres_data == "$home"/* && $sockets =~ ^[A-Za-z0-9/._-]+$ ]] && ((${#longest} <= socket_path_max)); then
    return 0
  fi
  if ((EUID == 0)); then
    sockets=/run/pulse/$hash
  else
    local short=/tmp
    [[ -d ${XDG_RUNTIME_DIR:-} && -w ${XDG_RUNTIME_DIR:-} ]] && short=$XDG_RUNTIME_DIR
    sockets=$short/pulse-$EUID-$hash
  fi
}

# Makes the folders that find_places named, each reachable only by those who must.
make_places() {
  mkdir -p -- "$logs" "$(dirname -- "$sockets")"
  [[ -d $redis_data ]] || mkdir -m 700 -- "$redis_data"
  [[ -d $sockets ]] || mkdir -m 700 -- "$sockets"
  [[ -O $sockets ]] || ((EUID == 0)) || fail "The folder $sockets belongs to somebody else; the sockets cannot lie there."
  give_to_service "$sockets"
}

database_url() { printf 'postgresql://%s@/pulse?host=%s&port=%s' "$postgres_role" "$sockets" "$postgres_port"; }
redis_url() { printf 'unix://%s/redis.sock' "$sockets"; }

# Removes everything that the servers of this directory kept.
remove_places() {
  rm -rf -- "$postgres_data" "$postgres_data.new" "$redis_data" "$sockets" "$home/postgres.location"
  [[ $postgres_data == "$home"/* ]] || rm -rf -- "$(dirname -- "$postgres_data")"
}

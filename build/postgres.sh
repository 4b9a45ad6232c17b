#!/usr/bin/env bash
# Runs a PostgreSQL of its own, on 127.0.0.1 only, until it gets SIGINT. Makes its data folder and a password the first time.
#   build/postgres.sh FOLDER PORT [ARGUMENT...]     further arguments go to postgres, for example -c fsync=off
# The user is "itwin", the password is in FOLDER/password. PostgreSQL refuses to be run by root: then it runs as the user "postgres".
set -euo pipefail
folder=$(realpath -m "${1:?name a folder}") port=${2:?name a port}
shift 2

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || true)")
if [ ! -x "$bin/initdb" ]; then
  echo "PostgreSQL is not installed (Debian, Ubuntu: apt-get install postgresql)." >&2
  exit 1
fi

as=()
mkdir -p "$folder"
if [ "$(id -u)" = 0 ]; then
  id postgres >/dev/null 2>&1 || { echo "There is no user \"postgres\" to run PostgreSQL as." >&2; exit 1; }
  as=(setpriv --reuid=postgres --regid=postgres --init-groups)
  chown -R postgres: "$folder"
  if ! "${as[@]}" test -w "$folder"; then
    echo "The user \"postgres\" cannot reach $folder: it needs a folder that others may pass through." >&2
    exit 1
  fi
fi
cd "$folder"
if [ ! -f "$folder/data/PG_VERSION" ]; then
  (umask 077 && head -c 24 /dev/urandom | base64 | tr -d '+/=\n' >"$folder/password")
  [ ${#as[@]} = 0 ] || chown postgres: "$folder/password"
  "${as[@]}" "$bin/initdb" -D "$folder/data" -U itwin --auth=scram-sha-256 --pwfile="$folder/password" -E UTF8 --locale=C >"$folder/initdb.log" 2>&1 ||
    { cat "$folder/initdb.log" >&2; exit 1; }
fi
exec "${as[@]}" "$bin/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c logging_collector=off "$@"

#!/usr/bin/env bash
# Runs a whole cluster on loopback until Ctrl+C: PostgreSQL, silos and two Apis, from what is built. Started by run.sh.
#   build/cluster.sh SILOS DATA URL [SETTING VALUE]...       the second Api listens on the next port
# The database is of the iModels in DATA, whose edits it has: it stays in DATA/.cluster, as do the logs.
set -euo pipefail
cd "$(dirname "$0")/.."
silos=$1 data=$2 url=${3%%;*}
shift 3
folder=$data/.cluster
mkdir -p "$folder"

free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# Each in a session of its own: the terminal's Ctrl+C comes to this script alone, which ends them in order.
processes=() database=""
declare -A names
start() {
  local name=$1
  shift
  setsid "$@" >"$folder/$name.log" 2>&1 &
  names[$!]=$name
}

ends() { # ends SECONDS PID...: waits until the processes have ended, and kills what is left.
  local limit=$((SECONDS + $1)) pid
  shift
  for pid in "$@"; do
    while kill -0 "$pid" 2>/dev/null && [ "$SECONDS" -lt "$limit" ]; do sleep 0.1; done
    kill -9 "$pid" 2>/dev/null || true
  done
}

stop() {
  trap '' INT TERM
  trap - EXIT
  echo
  echo "Ending the cluster"
  [ ${#processes[@]} = 0 ] || kill "${processes[@]}" 2>/dev/null || true
  ends 40 ${processes[@]+"${processes[@]}"}
  [ -z "$database" ] || kill -INT "$database" 2>/dev/null || true
  ends 10 ${database:+"$database"}
  exit "${1:-0}"
}
trap 'stop 0' INT TERM
trap 'stop 1' EXIT

port=$(free_port)
start postgres build/postgres.sh "$folder/postgres" "$port"
database=$!
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
for _ in $(seq 300); do
  kill -0 "$database" 2>/dev/null || { tail -n 20 "$folder/postgres.log" >&2; exit 1; }
  "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" && break
  sleep 0.1
done

# In the environment, not on the command line: everybody may read that.
export Cluster__Mode=PostgreSql
Cluster__ConnectionString="Host=127.0.0.1;Port=$port;Database=postgres;Username=itwin;Password=$(cat "$folder/postgres/password")"
export Cluster__ConnectionString
for i in $(seq "$silos"); do
  start "silo-$i" src/Silo/bin/Release/net10.0/ITwinOrleans.Silo --data "$data" --Cluster:SiloName "silo-$i" --Cluster:SiloPort 0 --Cluster:GatewayPort 0 \
    --Durability:LiveFolder "$folder/silo-$i/live" --Files:CacheFolder "$folder/silo-$i/cache" "$@"
  processes+=($!)
done
address=${url%:*} first=${url##*:}
urls=("$url" "$address:$((first + 1))")
for i in 0 1; do
  start "api-$((i + 1))" src/Api/bin/Release/net10.0/ITwinOrleans.Api --data "$data" --urls "${urls[$i]}" --Tiles:Folder "$folder/tiles-$((i + 1))" --Tiles:SigningKeyFile "$folder/tiles.key" "$@"
  processes+=($!)
done

for u in "${urls[@]}"; do
  for _ in $(seq 600); do
    curl -fs "$u/health/ready" >/dev/null 2>&1 && break
    for pid in "${processes[@]}"; do
      kill -0 "$pid" 2>/dev/null || { tail -n 20 "$folder"/silo-*.log "$folder"/api-*.log >&2; exit 1; }
    done
    sleep 0.1
  done
done
echo
for pid in "${processes[@]}"; do echo "  ${names[$pid]} is process $pid"; done
echo "  Open ${urls[0]} or ${urls[1]} in a browser: $silos silos, two Apis. Logs are in $folder. Ctrl+C ends everything."
echo
# One that is killed, to see what happens, is missed by nobody; when all are gone there is nothing to wait for.
while [ ${#processes[@]} -gt 0 ]; do
  wait -n -p ended "${processes[@]}" || true
  echo "The process ${names[$ended]} ($ended) ended; the end of $folder/${names[$ended]}.log says why."
  left=()
  for pid in "${processes[@]}"; do [ "$pid" = "$ended" ] || left+=("$pid"); done
  processes=(${left[@]+"${left[@]}"})
done
exit 1

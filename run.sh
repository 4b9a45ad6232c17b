#!/usr/bin/env bash
# Builds and serves iModels, with the web client at "/".
#   ./run.sh                                makes a sample iModel and serves it at http://127.0.0.1:8080
#   ./run.sh --data FOLDER --urls URL       serves a folder of iModels (.bim files) at a URL
#   ./run.sh --cluster 3                    a PostgreSQL, three silos and two Apis (8080, 8081), all on loopback; Ctrl+C ends them all
# Other settings go to the server as they are: --Owners:IdleClose 00:05:00, --Logging:LogLevel:Default Debug, ...
set -euo pipefail
cd "$(dirname "$0")"
. build/prerequisites.sh
. build/web-client.sh

data="" url="http://127.0.0.1:8080" silos=0 rest=()
while [ $# -gt 0 ]; do
  case "$1" in
    --data) data=$(realpath -m "${2:?--data needs a folder}"); shift 2 ;;
    --urls) url=${2:?--urls needs a URL}; shift 2 ;;
    --cluster) silos=${2:?--cluster needs a number of silos}; shift 2 ;;
    -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) rest+=("$1"); shift ;;
  esac
done
if [ -n "$data" ] && [ ! -d "$data" ]; then
  echo "There is no folder $data. Name one that holds .bim files, or leave --data out for a sample." >&2
  exit 1
fi

if ! [[ "$silos" =~ ^[0-9]$ ]]; then
  echo "--cluster takes a number of silos from 1 to 9." >&2
  exit 1
fi
need_build_tools
need curl curl
[ "$silos" = 0 ] || need_file /usr/lib/postgresql postgresql
install_missing

build_web_client
echo "Building the server"
build() { dotnet build "$1" -c Release -v quiet --nologo >artifacts/build.log 2>&1 || { tail -n 30 artifacts/build.log >&2; exit 1; }; }
mkdir -p artifacts
build src/Api
if [ -z "$data" ]; then
  data=$PWD/data
  if [ ! -f "$data/Plant.bim" ]; then
    build samples/Plant
    echo "Making the sample iModel"
    mkdir -p "$data"
    samples/Plant/bin/Release/net10.0/ITwinOrleans.Samples.Plant "$data/Plant.bim"
  fi
fi

if [ "$silos" -gt 0 ]; then
  build src/Silo
  exec build/cluster.sh "$silos" "$data" "$url" ${rest[@]+"${rest[@]}"}
fi

page=${url%%;*}
(
  for _ in $(seq 600); do
    if curl -fs "$page/health/ready" >/dev/null 2>&1; then
      echo
      echo "  Open $page in a browser. Ctrl+C ends the server."
      echo
      exit 0
    fi
    sleep 0.1
  done
) &
exec src/Api/bin/Release/net10.0/ITwinOrleans.Api --data "$data" --urls "$url" ${rest[@]+"${rest[@]}"}

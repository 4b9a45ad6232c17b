#!/usr/bin/env bash
# Runs every test. Ends with a line "N passed, N failed, N skipped".
#   ./test.sh            everything
#   ./test.sh PATTERN    only the suites whose name contains PATTERN (host, Native, Worker, Parity, ...)
set -uo pipefail
cd "$(dirname "$0")"
. build/prerequisites.sh
. build/web-client.sh
need_build_tools
need chromium chromium
need python3 python3
need pg_ctlcluster postgresql
need_file /usr/include/gtest/gtest.h libgtest-dev
install_missing

pattern=${1:-}
logs=artifacts/test-logs
mkdir -p "$logs"
passed=0 failed=0 skipped=0

wanted() { [ -z "$pattern" ] || [[ "$1" == *"$pattern"* ]]; }

# record NAME STARTED PASSED FAILED SKIPPED: adds a suite's totals and shows them; of a failed one, what it printed last.
record() {
  passed=$((passed + $3)) failed=$((failed + $4)) skipped=$((skipped + $5))
  if [ "$4" -gt 0 ]; then
    echo "--- $1: the end of $logs/$1.log"
    tail -n 80 "$logs/$1.log"
  fi
  printf '%-20s %5d passed %5d failed %5d skipped  (%d s)\n' "$1" "$3" "$4" "$5" "$((SECONDS - $2))"
}

total() { grep -oP "$1" "$2" | awk '{n += $1} END {print n + 0}'; }

# A suite that counts its own tests: GoogleTest, dotnet test or Node's (TAP). One that ends badly without a failed test is one failure.
suite() {
  local name=$1 log="$logs/$1.log" started=$SECONDS status p f
  shift
  wanted "$name" || return 0
  "$@" >"$log" 2>&1
  status=$?
  p=$(total '(Passed: +|\[  PASSED  \] |^# pass )\K[0-9]+' "$log")
  f=$(total '(Failed: +|\[  FAILED  \] |^# fail )\K[0-9]+(?=,| test|$)' "$log")
  [ "$status" -eq 0 ] || [ "$f" -gt 0 ] || f=1
  record "$name" "$started" "$p" "$f" "$(total '(Skipped: +|^# skipped )\K[0-9]+' "$log")"
  grep -E '^\s+Skipped |\[SKIP\]' "$log" | sort -u | head -n 20
}

# A program that checks one thing and says so by its exit code.
check() {
  local name=$1 log="$logs/$1.log" started=$SECONDS
  shift
  wanted "$name" || return 0
  if "$@" >"$log" 2>&1; then record "$name" "$started" 1 0 0; else record "$name" "$started" 0 1 0; fi
}

# The Node.js backend that answers are compared with lies beside the repository; its packages go into a folder of the build.
prepare_peer() {
  [ -d ../shared/peer ] || return 0
  mkdir -p artifacts/peer && cp --no-preserve=mode ../shared/peer/* artifacts/peer/
  [ -d artifacts/peer/node_modules/@itwin/core-backend ] ||
    (cd artifacts/peer && npm install --legacy-peer-deps --ignore-scripts --no-audit --no-fund --loglevel=error)
  ln -sfn "$PWD/src/Native/npm/node_modules/@bentley/imodeljs-linux-x64" artifacts/peer/node_modules/@bentley/imodeljs-native/imodeljs-linux-x64
}

build_web_client >"$logs/web-client.log" 2>&1 || { tail -n 40 "$logs/web-client.log"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
echo "Building"
if ! dotnet build ITwinOrleans.sln -c Release -v quiet --nologo >"$logs/build.log" 2>&1; then
  tail -n 40 "$logs/build.log"
  echo "The build failed."
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi

prepare_peer >"$logs/peer.log" 2>&1

build_host_tests() {
  local directory=$1
  shift
  cmake -S tests/NativeHost -B "$directory" "$@" >"$logs/cmake.log" 2>&1 && cmake --build "$directory" -j"$(nproc)" >>"$logs/cmake.log" 2>&1 ||
    { tail -n 40 "$logs/cmake.log"; return 1; }
}

if wanted host || wanted Parity-sanitized || wanted Native-sanitized; then
  build_host_tests artifacts/native-host-tests -DCMAKE_BUILD_TYPE=Release
  build_host_tests artifacts/native-host-asan -DCMAKE_BUILD_TYPE=RelWithDebInfo -DITWIN_SANITIZE=address,undefined
fi
suite host artifacts/native-host-tests/host_tests
suite host-sanitized artifacts/native-host-asan/host_tests
check host-fuzz artifacts/native-host-tests/value_fuzzer 10000000 "${FUZZ_SEED:-1}"
check host-fuzz-sanitized env ASAN_OPTIONS=detect_leaks=0 artifacts/native-host-asan/value_fuzzer 1000000 "${FUZZ_SEED:-2}"

for project in tests/*/*.Tests.csproj; do
  suite "$(basename "$(dirname "$project")")" dotnet test "$project" -c Release --no-build --nologo
done

# Once more on the host built with sanitizers, which sees the add-on's memory too. .NET handles its own faults; leaks are counted by the tests.
sanitized() {
  suite "$1-sanitized" env \
    ITWIN_NAPI_HOST="$PWD/artifacts/native-host-asan/host/libitwin_napi_host.so" \
    LD_PRELOAD="$(gcc -print-file-name=libasan.so) $(gcc -print-file-name=libubsan.so)" \
    ASAN_OPTIONS=detect_leaks=0,handle_segv=0,allow_user_segv_handler=1,use_sigaltstack=0,alloc_dealloc_mismatch=0 \
    dotnet test "tests/$1/ITwinOrleans.$1.Tests.csproj" -c Release --no-build --nologo "${@:2}"
}
sanitized Parity
sanitized Native --filter 'Category!=Stress'
suite live-client npm --prefix src/WebClient/live-client run --silent test
check web-client-lint npm --prefix src/WebClient run --silent check

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]

#!/usr/bin/env bash
# Runs every test. Ends with a line "N passed, N failed, N skipped".
#   ./test.sh            everything
#   ./test.sh PATTERN    only the suites whose name contains PATTERN (host, Native, Worker, Parity, ...)
set -uo pipefail
cd "$(dirname "$0")"
. build/prerequisites.sh
need_build_tools
need chromium chromium
need_file /usr/include/gtest/gtest.h libgtest-dev
install_missing

pattern=${1:-}
logs=artifacts/test-logs
mkdir -p "$logs"
passed=0 failed=0 skipped=0

wanted() { [ -z "$pattern" ] || [[ "$1" == *"$pattern"* ]]; }

# count NAME LOG STATUS: adds the totals that a runner printed; a runner that failed without saying why counts as one failure.
count() {
  local name=$1 log=$2 status=$3 p f s
  p=$(grep -oP '(?:Passed: +|\[  PASSED  \] |# pass |^)\K[0-9]+(?= tests?\.$|,| operations|$)' "$log.totals" | awk '{n+=$1} END {print n+0}')
  f=$(grep -oP '(?:Failed: +|\[  FAILED  \] |# fail )\K[0-9]+' "$log.totals" | awk '{n+=$1} END {print n+0}')
  s=$(grep -oP '(?:Skipped: +|# skipped )\K[0-9]+' "$log.totals" | awk '{n+=$1} END {print n+0}')
  if [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then f=1; fi
  if [ "$f" -gt 0 ]; then
    echo "--- $name: the end of $log"
    tail -n 60 "$log"
  fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  printf '%-28s %5d passed %5d failed %5d skipped  (%ds)\n' "$name" "$p" "$f" "$s" "$((SECONDS - started))"
}

# suite NAME COMMAND...: runs a command and counts its tests; `TOTALS` says how its totals look.
suite() {
  local name=$1 log="$logs/$1.log" status
  shift
  wanted "$name" || return 0
  started=$SECONDS
  "$@" >"$log" 2>&1
  status=$?
  grep -E '(Passed!|Failed!) +- |\[  (PASSED|FAILED)  \] [0-9]+ tests?|^# (pass|fail|skipped) [0-9]' "$log" >"$log.totals"
  count "$name" "$log" "$status"
}

# A program that checks one thing and says so by its exit code.
check() {
  local name=$1 log="$logs/$1.log"
  shift
  wanted "$name" || return 0
  started=$SECONDS
  if "$@" >"$log" 2>&1; then echo "# pass 1" >"$log.totals"; else echo "# fail 1" >"$log.totals"; fi
  count "$name" "$log" 0
}

echo "Building"
if ! dotnet build ITwinOrleans.sln -c Release -v quiet --nologo >"$logs/build.log" 2>&1; then
  tail -n 40 "$logs/build.log"
  echo "The build failed."
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi

build_host_tests() {
  local directory=$1
  shift
  cmake -S tests/NativeHost -B "$directory" "$@" >"$logs/cmake.log" 2>&1 && cmake --build "$directory" -j"$(nproc)" >>"$logs/cmake.log" 2>&1 ||
    { tail -n 40 "$logs/cmake.log"; return 1; }
}

if wanted host; then
  build_host_tests artifacts/native-host-tests -DCMAKE_BUILD_TYPE=Release
  build_host_tests artifacts/native-host-asan -DCMAKE_BUILD_TYPE=RelWithDebInfo -DITWIN_SANITIZE=address,undefined
fi
suite host artifacts/native-host-tests/host_tests
suite host-sanitized artifacts/native-host-asan/host_tests
check host-fuzz artifacts/native-host-tests/value_fuzzer 10000000 "${FUZZ_SEED:-1}"
check host-fuzz-sanitized env ASAN_OPTIONS=detect_leaks=0 artifacts/native-host-asan/value_fuzzer 1000000 "${FUZZ_SEED:-2}"

for project in tests/*/*.Tests.csproj; do
  name=$(basename "$(dirname "$project")")
  suite "$name" dotnet test "$project" -c Release --no-build --nologo
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]

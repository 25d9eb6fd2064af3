#!/usr/bin/env bash
# Builds everything and runs every test. The last line is "N passed, N failed, N skipped"; exit code 1 if anything failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_UI_LANGUAGE=en # the summary is read below
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-passive}" # waiting threads sleep: tests of several projects share the cores
logs=artifacts/test-logs
mkdir -p "$logs"

bash Tools/setup.sh

# Number behind "  total:" and the like in the last summary of a log; 0 when there is none.
count() { sed -n "s/^ *$1: *\([0-9][0-9]*\).*/\1/p" "$2" | tail -n 1 | grep . || echo 0; }

passed=0 failed=0 skipped=0
for project in Tests/*/*.csproj; do
  name="$(basename "$project" .csproj)"
  log="$logs/$name.log"
  started=$SECONDS code=0
  dotnet test --project "$project" -c Release --no-build > "$log" 2>&1 || code=$?
  p="$(count succeeded "$log")" f="$(count failed "$log")" s="$(count skipped "$log")"
  if [[ $code -ne 0 && $f -eq 0 ]]; then
    # Crashed, did not start, or has no tests: that is a failure even if no test says so.
    f=1
    echo "$name ended with exit code $code"
  fi
  echo "$name: $p passed, $f failed, $s skipped ($((SECONDS - started)) s)"
  if [[ $f -ne 0 ]]; then
    tail -n 200 "$log" | sed 's/^/  | /'
  fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done

result=0
if [[ $failed -ne 0 || $passed -eq 0 ]]; then
  result=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$result"

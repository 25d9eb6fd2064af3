#!/usr/bin/env bash
# Fuzzes one target under afl-fuzz with coverage of our own libraries. Findings and new inputs stay below artifacts/fuzz; an input worth
# keeping goes to Tests/Data/Fuzz/TARGET, from where the normal tests replay it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
  cat <<'HELP'
usage: Tools/fuzz.sh list             lists the targets
       Tools/fuzz.sh TARGET [MINUTES] fuzzes one, 10 minutes unless told otherwise; needs afl-fuzz (Debian package afl++)
       Tools/fuzz.sh keep TARGET      copies inputs that cover the most to Tests/Data/Fuzz/TARGET
HELP
}

sharpfuzz_version=2.3.0 # the same as the package SharpFuzz in Directory.Packages.props
work=artifacts/fuzz
bin="$work/bin" # instrumented: runs only under afl-fuzz
plain=(artifacts/bin/Codecs.Fuzz/release*/Codecs.Fuzz)

build() {
  dotnet build Tools/Codecs.Fuzz -c Release --nologo -v quiet
  [[ -x $work/tools/sharpfuzz ]] || dotnet tool install --tool-path "$work/tools" SharpFuzz.CommandLine --version "$sharpfuzz_version"
  rm -rf "$bin"
  plain=(artifacts/bin/Codecs.Fuzz/release*/Codecs.Fuzz)
  cp -r "$(dirname "${plain[0]}")" "$bin"
  local library
  for library in Abstractions Audio EntropyCoding Formats.Container Formats.Media Formats.Weights Images Models; do
    "$work/tools/sharpfuzz" "$bin/Codecs.$library.dll"
  done
}

# What afl-fuzz must know about a managed program: no fork server of its own, no core patterns, room for the runtime.
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1
export DOTNET_TieredPGO=0

case "${1:-}" in
  "" | -h | --help) usage ;;
  list) dotnet run --project Tools/Codecs.Fuzz -c Release -- list ;;
  keep)
    target="${2:?which target}"
    rm -rf "$work/$target.min"
    afl-cmin -i "$work/$target/default/queue" -o "$work/$target.min" -m none -t 5000 -- "$bin/Codecs.Fuzz" afl "$target"
    # 64 of them, the same ones every time: enough for a test, few enough to live in the repository. Findings (finding-*) stay in any case.
    kept="Tests/Data/Fuzz/$target"
    mkdir -p "$kept"
    find "$kept" -type f ! -name 'finding-*' -delete
    sha256sum "$work/$target.min"/* | sort | sed -n 1,64p | while read -r hash input; do cp "$input" "$kept/${hash:0:16}"; done
    echo "fuzz: $(find "$kept" -type f | wc -l) inputs in $kept"
    ;;
  *)
    target="$1" minutes="${2:-10}"
    command -v afl-fuzz > /dev/null || { echo "fuzz: afl-fuzz is missing; install the package afl++" >&2; exit 1; }
    build
    "${plain[0]}" seeds "$target" "$work/$target.seeds"
    [[ -d Tests/Data/Fuzz/$target ]] && cp "Tests/Data/Fuzz/$target"/* "$work/$target.seeds/"
    code=0
    echo "fuzz: $target for $minutes minutes; log in $work/$target.log"
    afl-fuzz -i "$work/$target.seeds" -o "$work/$target" -m none -t 5000 -V "$((minutes * 60))" -- "$bin/Codecs.Fuzz" afl "$target" > "$work/$target.log" 2>&1 || code=$?
    crashes=("$work/$target"/default/crashes/id*)
    if [[ -e ${crashes[0]} ]]; then
      echo "fuzz: ${#crashes[@]} findings in $work/$target/default/crashes; see each with: ${plain[0]} replay $target FILE"
      exit 1
    fi
    if [[ $code -eq 0 ]]; then echo "fuzz: no findings in $minutes minutes"; else tail -n 20 "$work/$target.log"; fi
    exit "$code"
    ;;
esac

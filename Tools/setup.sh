#!/usr/bin/env bash
# Makes this clone ready: checks for the .NET SDK, installs the few system packages that are missing, builds everything.
# Safe to run again at any time; what is there already is left alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

# command:package, each with a reason
packages=(
  ffmpeg:ffmpeg # sound and video, and Tools/get-media.sh; pictures do without
)

check_sdk() {
  local wanted
  wanted="$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' global.json | head -n 1)"
  command -v dotnet > /dev/null || fail "the .NET SDK is missing. Install SDK $wanted or a later patch of it: from your distribution (package dotnet-sdk-${wanted%.*}) or with Microsoft's dotnet-install script, then run this again."
  # In this folder dotnet obeys global.json, so this fails exactly when no fitting SDK is installed.
  dotnet --version > /dev/null 2>&1 || fail "no installed .NET SDK fits global.json (wanted: $wanted or a later patch; 'dotnet --list-sdks' shows what is there). Install it beside the others and run this again."
  say ".NET SDK $(dotnet --version)"
}

install_packages() {
  local missing=() entry
  for entry in "${packages[@]}"; do
    command -v "${entry%%:*}" > /dev/null || missing+=("${entry##*:}")
  done
  [[ ${#missing[@]} -eq 0 ]] && return
  if ! command -v apt-get > /dev/null; then
    say "please install with your package manager when you need sound or video: ${missing[*]}"
    return
  fi
  local root=()
  [[ $(id -u) -eq 0 ]] || root=(sudo)
  say "installing ${missing[*]}"
  if ! { "${root[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"; } > /dev/null; then
    say "could not install ${missing[*]}; pictures work without, going on"
  fi
}

build() {
  local log
  log="$(mktemp)"
  say "building Codecs.sln (Release); the first time this fetches libtorch and takes some minutes"
  if ! { dotnet restore Codecs.sln --nologo -v quiet && dotnet build Codecs.sln -c Release --no-restore --nologo -v quiet; } > "$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail "the build failed; its messages are above."
  fi
  rm -f "$log"
  say "ready"
}

check_sdk
install_packages
build

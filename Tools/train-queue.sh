#!/usr/bin/env bash
# Trains, politely and resumably, what the zoo needs most. Kill it at any time; run it again and it goes on.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

usage() {
  cat <<'HELP'
usage: Tools/train-queue.sh [options]
  --minutes N   training time per model, all runs together (default 1200)
  --threads N   1 (default) leaves the machine to others; 2 and more spin while they wait and want idle processors
  --media DIR   training media (default: codecs-training/media in the user's data folder); fetched when missing
  --work DIR    checkpoints, caches and logs (default: codecs-training in the user's data folder)
HELP
}

home="${XDG_DATA_HOME:-$HOME/.local/share}/codecs-training"
minutes=1200 threads=1 media="" work="$home"
while [[ $# -gt 0 ]]; do
  case $1 in
    --help | -h) usage; exit 0 ;;
    --minutes | --threads | --media | --work)
      [[ $# -ge 2 ]] || { echo "train-queue: $1 needs a value" >&2; exit 2; }
      printf -v "${1#--}" '%s' "$2"
      shift 2 ;;
    *) echo "train-queue: unknown option '$1'" >&2; usage >&2; exit 2 ;;
  esac
done
media="${media:-$home/media}"
[[ $threads =~ ^[1-9][0-9]*$ ]] || { echo "train-queue: --threads takes a number from 1" >&2; exit 2; }

# Waiting threads sleep when there is one per process; with more they spin, which is faster and rude.
if [[ $threads -eq 1 ]]; then
  export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-passive}"
else
  export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-active}"
fi
export OMP_NUM_THREADS="$threads"
# Tensors of a step are kept by malloc for the next one instead of being unmapped and faulted in again: measurably faster.
export MALLOC_MMAP_THRESHOLD_=2000000000 MALLOC_TRIM_THRESHOLD_=4000000000 MALLOC_TOP_PAD_=268435456

# recipe:kinds of media, most needed first
queue=(
  mlicv2:photos
  walloc-image:photos
  walloc-audio:music,musicsynth
  language-codec:speech
  vqgan-extreme:photos
  nirvana:photos,screens,video
  squeeze3d:meshes
)

for entry in "${queue[@]}"; do
  recipe="${entry%%:*}" data=()
  IFS=, read -ra kinds <<< "${entry##*:}"
  for kind in "${kinds[@]}"; do
    if [[ ! -s "$media/$kind.tsv" ]]; then
      bash "$root/Tools/get-media.sh" "$kind" "$media"
    fi
    data+=(--data "$media/$kind")
  done
  mkdir -p "$work/$recipe"
  echo "train-queue: $recipe, $threads thread(s), up to $minutes minutes, in $work/$recipe"
  nice -n 19 "$root/Tools/codecs" train "$recipe" "${data[@]}" --work "$work/$recipe" --minutes "$minutes" --resume
done

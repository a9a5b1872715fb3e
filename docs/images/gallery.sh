#!/usr/bin/env bash
# Makes gallery.jpg, the picture at the top of README.md: the page that the quickstart writes. Needs Chromium and ImageMagick.
set -euo pipefail
cd "$(dirname "$0")/../.."
mvn -q -Pquickstart
page=$(mktemp --suffix=.png)
chromium --headless=new --no-sandbox --hide-scrollbars --window-size=1456,861 --screenshot="$page" \
  "file://$PWD/examples/quickstart/target/pictures/index.html"
convert "$page" -resize 960x -strip -quality 80 docs/images/gallery.jpg
rm "$page"

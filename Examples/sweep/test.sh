#!/usr/bin/env bash
# Runs the small sweep with Snakemake on two cores and compares it with one run of the tool; kills and resumes a shard.
# Says "skipped" and exits with 0 where snakemake is not installed.
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"
tool="${WAVEPROOF_BINARY:-$root/.build/debug/waveproof}"
snakemake="${SNAKEMAKE:-snakemake}"
if ! command -v "$snakemake" > /dev/null; then
  echo "sweep: skipped, snakemake is not installed"
  exit 0
fi
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
here="$root/Examples/sweep"
mapfile -t options < <(python3 -c "import json; print(*json.load(open('$here/small.json'))['options'], sep='\n')")
run() {
  "$snakemake" --quiet all --cores 2 --directory "$work/out" --snakefile "$here/Snakefile" \
    --configfile "$here/small.json" --config waveproof="$tool"
}
for pair in csv:csv markdown:md latex:tex json:json; do
  "$tool" table "${options[@]}" --format "${pair%%:*}" -o "$work/whole.${pair##*:}"
done

# What an interrupted shard left behind, its last line torn, is gone on with.
mkdir -p "$work/out/partial"
"$tool" table "${options[@]}" --json-lines --shard 2/3 -o "$work/shard.jsonl"
head -c "$(($(wc -c < "$work/shard.jsonl") / 2))" "$work/shard.jsonl" > "$work/out/partial/2.jsonl"

run
for suffix in csv md tex json; do cmp "$work/whole.$suffix" "$work/out/table.$suffix"; done
cmp "$work/shard.jsonl" "$work/out/shards/2.jsonl"
echo "sweep: 3 shards on 2 cores, one resumed; csv, md, tex and json are those of one run"

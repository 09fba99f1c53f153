#!/usr/bin/env bash
# The step of action.yml: runs migrate-lint with the inputs, writes the job summary and sets the outputs.
set -euo pipefail

reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
arguments=(--report "json=$reports/report.json" --report "markdown=$reports/summary.md")
[ -z "$INPUT_CONFIG" ] || arguments+=(--config "$INPUT_CONFIG")
[ -z "$INPUT_FAIL_ON" ] || arguments+=(--fail-on "$INPUT_FAIL_ON")
[ -z "$INPUT_FORMAT" ] || arguments+=(--format "$INPUT_FORMAT")
[ -z "$INPUT_SARIF_FILE" ] || arguments+=(--report "sarif=$INPUT_SARIF_FILE")

# Paths are separated by spaces and line breaks. Globs are left for migrate-lint to expand.
paths=()
while read -r -a words; do paths+=(${words[@]+"${words[@]}"}); done <<<"$INPUT_PATHS"

version=${INPUT_VERSION:-$(node -p 'require(process.argv[1]).version' "$GITHUB_ACTION_PATH/package.json")}
set +e
npx --yes "migrate-lint@$version" "${arguments[@]}" -- ${paths[@]+"${paths[@]}"}
code=$?
set -e

findings=
if [ -f "$reports/report.json" ]; then
  findings=$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).findings.length' "$reports/report.json")
fi
[ ! -f "$reports/summary.md" ] || cat "$reports/summary.md" >>"$GITHUB_STEP_SUMMARY"
sarif=
if [ -n "$INPUT_SARIF_FILE" ] && [ -f "$INPUT_SARIF_FILE" ]; then
  sarif=$(node -p 'require("path").relative(process.env.GITHUB_WORKSPACE, require("path").resolve(process.argv[1]))' "$INPUT_SARIF_FILE")
fi
# A line break in a value would start another output.
for output in "findings=$findings" "exit-code=$code" "sarif-file=$sarif"; do
  printf '%s\n' "${output//[$'\r\n']/ }" >>"$GITHUB_OUTPUT"
done
exit "$code"

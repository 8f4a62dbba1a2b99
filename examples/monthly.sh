#!/bin/sh
# The month's round: seals each reporting period that has ended, then makes its papers into a folder
# of its own, OUT/2013-06 and so on.
#
#     monthly.sh OUT [PLAN]
#
# Run it on the day after the report day. It may be run twice, killed at any step and run again, or
# skipped for months: a period whose folder stands is left alone, the others follow in turn. A folder
# appears whole or not at all. Where OUT lies in a git repository its folders, and nothing else, are
# committed. DUBAN names the program where it is not in the PATH; DUBAN_WRITER the writer of the seal.
#
# cron, on the 6th at 7:
#     0 7 6 * * cd /srv/office && sh examples/monthly.sh papers
# Windows, with the sh that comes with Git for Windows (one line):
#     schtasks /Create /SC MONTHLY /D 6 /ST 07:00 /TN duban-monthly /TR "\"C:\Program Files\Git\bin\sh.exe\" -c \"cd /c/office && sh examples/monthly.sh papers\""

set -eu
LC_ALL=C
export LC_ALL

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    echo "usage: monthly.sh OUT [PLAN]" >&2
    exit 2
fi
out=$1
plan=${2-}
program=${DUBAN-duban}

# The program, told of the plan where one was named.
duban() {
    if [ -n "$plan" ]; then
        "$program" -p "$plan" "$@"
    else
        "$program" "$@"
    fi
}

# paper NAME COMMAND…: one paper of the period in every format.
paper() {
    name=$1
    shift
    for format in $formats; do
        duban "$@" --known-at "$period" --as-of "$period" --format "$format" \
            --output "$building/$name.$format" 2>>"$building.log" ||
            fail "$name.$format"
    done
}

fail() {
    echo "monthly.sh: $period: cannot make $1" >&2
    [ ! -f "$building.log" ] || cat "$building.log" >&2
    exit 3
}

# Tells whether git looks after a folder.
in_git() {
    command -v git >/dev/null 2>&1 && git -C "$out" rev-parse --is-inside-work-tree >/dev/null 2>&1
}

# Commits the folder of a period and nothing else; where it is committed already, nothing happens.
commit() {
    [ -n "$(git -C "$out" status --porcelain -- "./$period")" ] || return 0
    git -C "$out" add -- "./$period"
    git -C "$out" commit --quiet --message "papers: $period" -- "./$period"
}

formats="csv json html md"
# What a pipe hides a variable does not: a program that fails ends this script.
help=$(duban list --help)
case $help in
*" xlsx "*) formats="$formats xlsx" ;;
esac
has_bulletin=no
if duban bulletin --help >/dev/null 2>&1; then
    has_bulletin=yes
fi

mkdir -p -- "$out"
# What an earlier run left when it was stopped; a folder that is whole has no dot.
rm -rf -- "$out"/.building-*

# The trend has a line for every period that has ended; the last may be a day inside one.
trend=$(duban trend --format csv)
periods=$(printf '%s\n' "$trend" | sed -n '2,$s/^\([0-9][0-9A-Z-]*\),.*$/\1/p')
for period in $periods; do
    if [ ! -d "$out/$period" ]; then
        building=$out/.building-$period-$$
        duban seal "$period" >"$building.log" 2>&1 || fail seal
        mkdir -- "$building"
        paper ledger ledger
        for by in unit chapter measure item group kind; do
            paper "status-by-$by" status --by "$by"
        done
        paper missing missing "$period"
        paper trend trend
        paper matrix matrix
        if [ "$has_bulletin" = yes ]; then
            for format in md html docx; do
                duban bulletin "$period" --known-at "$period" --as-of "$period" --format "$format" \
                    --output "$building/bulletin.$format" 2>>"$building.log" ||
                    fail "bulletin.$format"
            done
        fi
        # The folder appears here, whole.
        mv -- "$building" "$out/$period"
        rm -f -- "$building.log"
        echo "$period"
    fi
    if in_git; then
        commit
    fi
done

# Shared by the commands in this directory. Sourced, never run.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VENV=$ROOT/.venv

say() { printf '%s\n' "$*"; }

step() { printf '==> %s\n' "$*"; }

# fail "what went wrong" "what to do about it"
fail() {
    printf '\nFAILED: %s\n' "$1" >&2
    [ $# -lt 2 ] || printf 'Remedy: %s\n' "$2" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# absolute PATH: the path itself, or seen from the project's root.
absolute() {
    case $1 in
    /*) printf '%s\n' "$1" ;;
    *) printf '%s\n' "$ROOT/$1" ;;
    esac
}

# free_megabytes PATH
free_megabytes() { df -Pm "$1" | awk 'NR == 2 { print $4 }'; }

# free_port: a TCP port on 127.0.0.1 that nobody listens on.
free_port() {
    "$VENV/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# missing_packages NAME...: those that dpkg does not know as installed.
missing_packages() {
    local name
    for name in "$@"; do
        dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || printf '%s\n' "$name"
    done
}

# as_root COMMAND...: through sudo where needed. install_packages has made sure that it works.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

may_be_root() {
    [ "$(id -u)" -eq 0 ] && return
    have sudo || return
    sudo -n true 2>/dev/null && return
    [ -t 0 ] && sudo -v # asks for the password
}

# install_packages NAME...: through apt, and only what is missing.
install_packages() {
    local missing command
    if ! have dpkg-query || ! have apt-get; then
        say "This is not Debian or Ubuntu; taking for granted that the counterparts of these packages are here: $*"
        return
    fi
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -gt 0 ] || return 0

    command="apt-get install --no-install-recommends ${missing[*]}"
    may_be_root || fail "These Debian packages are missing and I am not root: ${missing[*]}" \
        "run this as root, then start again:  apt-get update && $command"
    step "Installing Debian packages: ${missing[*]}"
    apt_get update >/dev/null || fail "apt-get update did not work (see above)." \
        "check the network and /etc/apt/sources.list; behind a proxy set http_proxy; then start again"
    apt_get install --yes --no-install-recommends "${missing[@]}" >/dev/null || fail "apt-get could not install: ${missing[*]}" \
        "see its message above (network? disk full? another apt at work?), then start again, or run as root:  $command"
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 "$@" \
        </dev/null
}

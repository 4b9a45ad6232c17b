# Sourced by run.sh and test.sh: makes sure of the tools that the build and the tests need, on Debian and Ubuntu.
# need TOOL PACKAGE: installs PACKAGE with the system's package manager where TOOL is missing and that is allowed.

missing_packages=()

need() {
  command -v "$1" >/dev/null 2>&1 || missing_packages+=("$2")
}

need_file() {
  [ -e "$1" ] || missing_packages+=("$2")
}

install_missing() {
  if ! command -v dotnet >/dev/null 2>&1 || ! dotnet --list-sdks | grep -q '^10\.'; then
    echo "The .NET 10 SDK is missing. Install it as https://learn.microsoft.com/dotnet/core/install/linux says, then run this again." >&2
    exit 1
  fi
  if [ ${#missing_packages[@]} -gt 0 ]; then
    local sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    echo "Installing: ${missing_packages[*]}"
    if ! command -v apt-get >/dev/null 2>&1 ||
      ! { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing_packages[@]}"; } >/dev/null 2>&1; then
      echo "These packages are missing and could not be installed: ${missing_packages[*]}" >&2
      echo "Install them with your system's package manager, then run this again." >&2
      exit 1
    fi
  fi
  local node_major
  node_major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
  if [ "$node_major" -lt 20 ]; then
    echo "Node.js 20 or later is needed for the web client's build (found $(node --version))." >&2
    exit 1
  fi
}

need_build_tools() {
  need g++ g++
  need cmake cmake
  need make make
  need node nodejs
  need npm npm
}

# Sourced by run.sh and test.sh: makes sure of the tools that the build and the tests need, on Debian and Ubuntu.
# need TOOL PACKAGE: installs PACKAGE with the system's package manager where TOOL is missing and that is allowed.
# need_file FILE PACKAGE: the same for a file.

missing_packages=() needed=()

need() {
  has_tool "$1" || { missing_packages+=("$2"); needed+=("has_tool $1"); }
}

need_file() {
  has_file "$1" || { missing_packages+=("$2"); needed+=("has_file $1"); }
}

has_tool() { command -v "$1" >/dev/null 2>&1; }
has_file() { [ -e "$1" ]; }

install_missing() {
  # Not "dotnet --list-sdks | grep -q", which a pipe that closes early makes fail now and then.
  local sdks=""
  has_tool dotnet && sdks=$(dotnet --list-sdks 2>&1) || true
  case $'\n'$sdks in
    *$'\n10.'*) ;;
    *)
      echo "The .NET 10 SDK is missing. Install it as https://learn.microsoft.com/dotnet/core/install/linux says, then run this again." >&2
      # What is there instead: another version, or why dotnet does not start (for example without libicu).
      [ -z "$sdks" ] || echo "dotnet --list-sdks says: $sdks" >&2
      exit 1
      ;;
  esac
  [ ${#missing_packages[@]} -eq 0 ] || install_packages
  local node
  node=$(node --version 2>&1) || node="none: $node"
  if [[ ! $node =~ ^v([0-9]+) ]] || [ "${BASH_REMATCH[1]}" -lt 20 ]; then
    echo "Node.js 20 or later is needed for the web client's build (found $node). Install it as https://nodejs.org/en/download says, then run this again." >&2
    exit 1
  fi
}

install_packages() {
  local as_root=() log check left=()
  # Never asks for a password: nobody may be there to type it.
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  log=$(mktemp)
  echo "Installing: ${missing_packages[*]}"
  {
    # A source that cannot be reached does not keep back what the others have.
    "${as_root[@]}" apt-get update -qq || echo "(apt-get update failed)"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing_packages[@]}"
  } >"$log" 2>&1 || true
  for check in "${needed[@]}"; do
    $check || left+=("${check#* }")
  done
  if [ ${#left[@]} -gt 0 ]; then
    tail -n 15 "$log" >&2
    echo "Still missing: ${left[*]}. Install these packages, then run this again:" >&2
    echo "  sudo apt-get install ${missing_packages[*]}" >&2
    rm -f "$log"
    exit 1
  fi
  rm -f "$log"
}

need_build_tools() {
  need g++ g++
  need cmake cmake
  need make make
  need node nodejs
  need npm npm
}

# Sourced by run.sh and test.sh: builds the web client when its sources are newer than what was built.

build_web_client() (
  cd src/WebClient || exit 1
  if [ -f dist/index.html ] && [ -z "$(find src public live-client/src index.html package-lock.json vite.config.ts -newer dist/index.html -print -quit)" ]; then
    exit 0
  fi
  echo "Building the web client"
  npm ci --no-audit --no-fund --loglevel=error && npm run --silent build
)

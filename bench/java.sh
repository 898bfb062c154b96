# Sourced by bench/run and bench/micro with $root set: finds a JDK 25 and builds.

# --- Find a JDK 25: JAVA_HOME, then java on the path, then the usual places. ---
is_jdk25() { [ -x "$1/bin/javac" ] && "$1/bin/java" -version 2>&1 | grep -q 'version "25'; }
find_jdk() {
  local home
  if [ -n "${JAVA_HOME-}" ] && is_jdk25 "$JAVA_HOME"; then return 0; fi
  if home=$(command -v javac); then
    home=$(dirname "$(dirname "$(readlink -f "$home")")")
    if is_jdk25 "$home"; then export JAVA_HOME=$home; return 0; fi
  fi
  for home in /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if is_jdk25 "$home"; then export JAVA_HOME=$home; return 0; fi
  done
  echo "The benchmarks need a JDK 25 and found none: not in JAVA_HOME, on the path, or under /usr/lib/jvm." >&2
  echo "Install one (for example Eclipse Temurin 25: 'apt-get install temurin-25-jdk') or set JAVA_HOME." >&2
  exit 2
}
find_jdk

if [ "${BENCH_SKIP_BUILD-}" != 1 ]; then
  echo "building (the first time this fetches Flink, about 150 MB) ..." >&2
  (cd "$root" && ./mvnw -q -Pbench -pl bench -am package -Dmaven.test.skip=true -Dspotless.check.skip -Djacoco.skip)
fi

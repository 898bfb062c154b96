/** The command that runs the Nexmark queries in memory. */
@NullMarked
package io.velostream.bench.nexmark;

import org.jspecify.annotations.NullMarked;

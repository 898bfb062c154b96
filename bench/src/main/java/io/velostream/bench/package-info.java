/** The command {@code bench/run}. */
@NullMarked
package io.velostream.bench;

import org.jspecify.annotations.NullMarked;

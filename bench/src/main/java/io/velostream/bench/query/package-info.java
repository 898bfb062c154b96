/** The benchmark queries: what they read and write, and their text in each dialect. */
@NullMarked
package io.velostream.bench.query;

import org.jspecify.annotations.NullMarked;

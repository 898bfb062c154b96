/** The shapes of queries for which rates in memory are published elsewhere. */
@NullMarked
package io.velostream.bench.shape;

import org.jspecify.annotations.NullMarked;

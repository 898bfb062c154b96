/** The queries and the independent computation of each. */
@NullMarked
package io.velostream.bench.nexmark.query;

import org.jspecify.annotations.NullMarked;

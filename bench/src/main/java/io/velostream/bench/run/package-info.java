/** One run of one system, and the campaign that interleaves them. */
@NullMarked
package io.velostream.bench.run;

import org.jspecify.annotations.NullMarked;

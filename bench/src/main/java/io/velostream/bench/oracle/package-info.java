/** What a query's output must be, computed from the generator, and the check of what a system wrote. */
@NullMarked
package io.velostream.bench.oracle;

import org.jspecify.annotations.NullMarked;

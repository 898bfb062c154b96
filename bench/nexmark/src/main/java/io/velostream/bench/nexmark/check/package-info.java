/** What a query must give, computed without the engine, and the comparison with what it gave. */
@NullMarked
package io.velostream.bench.nexmark.check;

import org.jspecify.annotations.NullMarked;

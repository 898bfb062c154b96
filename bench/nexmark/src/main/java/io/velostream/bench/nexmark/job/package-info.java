/** Jobs in memory: records in, rows out, without a broker. */
@NullMarked
package io.velostream.bench.nexmark.job;

import org.jspecify.annotations.NullMarked;

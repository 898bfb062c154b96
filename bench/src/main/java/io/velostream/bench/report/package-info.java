/** Statistics, the table on standard output and the result file. */
@NullMarked
package io.velostream.bench.report;

import org.jspecify.annotations.NullMarked;

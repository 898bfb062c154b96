/** Child processes and what the operating system says about them. */
@NullMarked
package io.velostream.bench.process;

import org.jspecify.annotations.NullMarked;
